// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts of replies that list log-probabilities. */
class VerdictLetterTest {
  private static final double ONE_TO_THREE = 0.25;

  @Test
  void anArticleIsNoLetterHoweverLikelyItWas() {
    JsonNode choice = reply("", "A", " careful comparison shows that I cannot decide.");

    assertThat(VerdictLetter.read(choice)).isEqualTo(ReadReply.none(""));
  }

  @Test
  void logProbabilitiesAreReadWhereTheVerdictStandsAndNowhereElse() {
    JsonNode thinking = reply("A is short. B is kind.\nVerdict: ", "B", "\nA is rude.");
    JsonNode bracketed = reply("(", "A", ")");
    JsonNode structured = reply("{\"answer\": \"", "B", "\"}");
    JsonNode together = reply("So:\n", " (A", ")");

    assertThat(VerdictLetter.read(thinking).said()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(bracketed).said()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(structured).said()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(together).said()).isCloseTo(ONE_TO_THREE, within(1e-12));
  }

  @Test
  void thoughtsThatAreListedButNoPartOfTheReplyAreNotRead() {
    JsonNode choice = reply("", "B", "");
    ((ArrayNode) choice.at("/logprobs/content"))
        .insertObject(0)
        .put("token", "B")
        .put("logprob", 0);

    assertThat(VerdictLetter.read(choice).said()).isCloseTo(ONE_TO_THREE, within(1e-12));
  }

  @Test
  void whereNoAlternativeIsListedTheLetterItselfIsTheVerdict() {
    ObjectNode choice = (ObjectNode) StatedVerdictTest.choice("B", "stop");
    ArrayNode tokens = choice.putObject("logprobs").putArray("content");
    ObjectNode token = tokens.addObject().put("token", "B").put("logprob", -0.5);
    token.putArray("top_logprobs").addObject().put("token", "B").put("logprob", -0.5);

    assertThat(VerdictLetter.read(choice)).isEqualTo(ReadReply.of(0.0));
    choice.putNull("logprobs");
    assertThat(VerdictLetter.read(choice)).isEqualTo(ReadReply.of(0.0));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.1, 'the log-probability of `A` is 0.9, above 0'",
    "0.002, -9, 'the log-probability of `A` is 0.002, above 0'",
    "-0.1, -0.2, the probabilities at `A` sum to 1.7236",
    "-9, -0.00001, ''",
    "0.0005, -50, ''",
    "-9999, -0.01, ''",
  })
  void logProbabilitiesThatCannotBeAreNoVerdict(String first, String second, String problem) {
    ReadReply<Double> read = VerdictLetter.read(listing(first, second));

    assertThat(read.problem()).isEqualTo(problem);
    assertThat(read.said() == null).isEqualTo(!problem.isEmpty());
  }

  @Test
  void whatIsNoNumberOrHasNoProbabilityIsNoVerdict() {
    assertThat(VerdictLetter.read(listing("\"NaN\"", "-1")).problem())
        .isEqualTo("what is listed as the log-probability of `A` is no number");
    assertThat(VerdictLetter.read(listing("-0.5", "null")).problem())
        .isEqualTo("what is listed as the log-probability of `B` is no number");
    assertThat(VerdictLetter.read(listing("-1e999", "-0.1")).problem())
        .isEqualTo("`A` was written and has probability 0");
  }

  private static JsonNode listing(String first, String second) {
    try {
      return new ObjectMapper()
          .readTree(
              """
              {"message": {"content": "A"}, "logprobs": {"content": [
                {"token": "A", "logprob": %s, "top_logprobs": [
                  {"token": "A", "logprob": %s}, {"token": "B", "logprob": %s}]}]}}
              """
                  .formatted(first, first, second));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A reply of three tokens, with 0.2 for A and 0.6 for B at the second. */
  private static JsonNode reply(String before, String token, String after) {
    ObjectNode choice = (ObjectNode) StatedVerdictTest.choice(before + token + after, "stop");
    ArrayNode tokens = choice.putObject("logprobs").putArray("content");
    for (String each : new String[] {before, token, after}) {
      tokens
          .addObject()
          .put("token", each)
          .put("logprob", Math.log(each.contains("B") ? 0.6 : 0.2));
    }
    ArrayNode top = ((ObjectNode) tokens.get(1)).putArray("top_logprobs");
    top.addObject().put("token", " (A").put("logprob", Math.log(0.2));
    top.addObject().put("token", "B").put("logprob", Math.log(0.6));
    return choice;
  }
}

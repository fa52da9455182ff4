// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Verdicts of replies that list log-probabilities. */
class VerdictLetterTest {
  private static final double ONE_TO_THREE = 0.25;

  @Test
  void anArticleIsNoLetterHoweverLikelyItWas() {
    JsonNode choice = reply("", "A", " careful comparison shows that I cannot decide.");

    assertThat(VerdictLetter.read(choice)).isEmpty();
  }

  @Test
  void logProbabilitiesAreReadWhereTheVerdictStandsAndNowhereElse() {
    JsonNode thinking = reply("A is short. B is kind.\nVerdict: ", "B", "\nA is rude.");
    JsonNode bracketed = reply("(", "A", ")");
    JsonNode structured = reply("{\"answer\": \"", "B", "\"}");
    JsonNode together = reply("So:\n", " (A", ")");

    assertThat(VerdictLetter.read(thinking).orElseThrow()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(bracketed).orElseThrow()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(structured).orElseThrow()).isCloseTo(ONE_TO_THREE, within(1e-12));
    assertThat(VerdictLetter.read(together).orElseThrow()).isCloseTo(ONE_TO_THREE, within(1e-12));
  }

  @Test
  void thoughtsThatAreListedButNoPartOfTheReplyAreNotRead() {
    JsonNode choice = reply("", "B", "");
    ((ArrayNode) choice.at("/logprobs/content"))
        .insertObject(0)
        .put("token", "B")
        .put("logprob", 0);

    assertThat(VerdictLetter.read(choice).orElseThrow()).isCloseTo(ONE_TO_THREE, within(1e-12));
  }

  @Test
  void whereNoAlternativeIsListedTheLetterItselfIsTheVerdict() {
    ObjectNode choice = (ObjectNode) StatedVerdictTest.choice("B", "stop");
    ArrayNode tokens = choice.putObject("logprobs").putArray("content");
    ObjectNode token = tokens.addObject().put("token", "B").put("logprob", -0.5);
    token.putArray("top_logprobs").addObject().put("token", "B").put("logprob", -0.5);

    assertThat(VerdictLetter.read(choice)).hasValue(0);
    choice.putNull("logprobs");
    assertThat(VerdictLetter.read(choice)).hasValue(0);
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a verdict in a reply, and what only looks like one. */
class StatedVerdictTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        " (A)\n",
        "**A**",
        "\"A\".",
        "[A]",
        "[[A]]",
        "Verdict: A",
        "**Verdict:** (A)",
        "### Final verdict: **A**",
        "The answer is (A).",
        "So the better answer is A.",
        "My final answer is: [[A]].",
        "{\"answer\": \"A\"}",
        "{\n  \"answer\": \"A\"\n}",
        "(B) is rude.\nAnd it is long.\n\n(A)",
        "Verdict: B\nNo, B claims more than it knows.\nVerdict: A\nIt is kinder.",
        "[[B]]\n[[A]]",
      })
  void aLetterThatIsStatedCounts(String reply) {
    assertThat(letter(reply, "stop")).isEqualTo("A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "C",
        "AB",
        "A+",
        "A careful comparison shows that I cannot decide.",
        "A, perhaps.",
        "(A) is better in tone, (B) in content.",
        "The better one may be (A).",
        "I do not think that the answer is A.",
        "I cannot say\nthat it is A",
        "A\nBut I am not sure.",
        "Answer (A):",
        "Verdict: A careful comparison shows nothing.",
        "Verdict: A or B",
        "Verdict: A\nVerdict: neither",
        "Verdict: A\nOn reflection: [[C]]",
        "Say [[A]] if A is better and [[B]] if B is.",
        "[[A]] [[B]]",
        "{\"answer\": \"A\", \"and\": \"B\"}",
      })
  void aLetterThatIsPartOfWhatIsSaidDoesNot(String reply) {
    assertThat(letter(reply, "stop")).isEmpty();
  }

  @Test
  void aLineThatIsCutOffCountsForNothing() {
    assertThat(letter("A", "length")).isEmpty();
    assertThat(letter("Verdict: A", "length")).isEmpty();
    assertThat(letter("A\nBecause it", "length")).isEmpty();
    assertThat(letter("Verdict: A\nBecause it", "length")).isEqualTo("A");
    assertThat(letter("A\n\n\n", "length")).isEqualTo("A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "7.",
        "**7**",
        "7/9",
        "7 out of 9",
        "**7** / 9.",
        "Score: 7",
        "Rating: 7/9",
        "My rating is 7 of 9.",
        "[[7]]",
        "{\"answer\": \"7\"}",
        "{\"answer\": 7}",
        "There are 2 reasons:\n1. It is kind.\n2. It is short.\n7",
      })
  void aDigitThatIsStatedCounts(String reply) {
    OptionalInt at = StatedVerdict.DIGIT.at(choice(reply, "stop"));

    assertThat(reply.charAt(at.orElseThrow())).isEqualTo('7');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sorry, I have 2 concerns and cannot score this.",
        "I give it 7, or rather less.",
        "0",
        "10",
        "10/10",
        "7/10",
        "2.5",
        "7-8",
        "-7",
        "Score: 7 or 8",
        "on a scale of 9: 3",
        "1. It is rude.",
        "good",
      })
  void aDigitThatIsPartOfWhatIsSaidDoesNot(String reply) {
    assertThat(StatedVerdict.DIGIT.at(choice(reply, "stop"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "(", "[[", "]]", "*", "A\n", "Verdict: ", "so the ", "A ", "final "})
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void noReplyMakesReadingItSlow(String part) {
    String much = part.repeat(ServerExchange.LONGEST_BODY / part.length());

    assertThat(letter(much + "x", "stop")).isEmpty();
    assertThat(letter("A" + much + "x", "stop")).isEmpty();
  }

  private static String letter(String reply, String finish) {
    OptionalInt at = StatedVerdict.LETTER.at(choice(reply, finish));
    return at.isEmpty() ? "" : reply.substring(at.getAsInt(), at.getAsInt() + 1);
  }

  static JsonNode choice(String reply, String finish) {
    ObjectNode choice = JSON.createObjectNode().put("finish_reason", finish);
    choice.putObject("message").put("content", reply);
    return choice;
  }
}

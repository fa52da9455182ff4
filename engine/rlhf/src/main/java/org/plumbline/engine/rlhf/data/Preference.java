// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * A prompt and two answers of which one was preferred.
 *
 * @param prompt what was asked
 * @param chosen the better answer
 * @param rejected the worse answer
 * @param support what is known of the judgement
 * @param by who judged
 */
public record Preference(Prompt prompt, Answer chosen, Answer rejected, Support support, By by) {

  /** A preference of which no more is known. */
  public Preference(Prompt prompt, Answer chosen, Answer rejected) {
    this(prompt, chosen, rejected, Support.of(chosen.equals(rejected) ? 0.5 : 1), By.NOBODY);
  }

  /**
   * Who judged, and how it came about.
   *
   * @param rater null if nobody is named
   * @param group of the rater; null if none is named
   * @param chosenFirst whether the chosen answer was shown first; null if it is not known
   * @param malicious whether harm was done on purpose
   * @param again whether the rater was asked the same before
   * @param known whether the answer was known to whoever asked
   * @param leftOut whether a filter left it out
   */
  public record By(
      @Nullable String rater,
      @Nullable String group,
      @Nullable Boolean chosenFirst,
      boolean malicious,
      boolean again,
      boolean known,
      boolean leftOut) {
    static final By NOBODY = new By(null, null, null, false, false, false, false);

    static By of(JsonNode row) {
      String first = row.path(MetadataColumn.SHOWN_FIRST.column()).asText(null);
      return new By(
          row.path(MetadataColumn.RATER.column()).asText(null),
          row.path(MetadataColumn.GROUP.column()).asText(null),
          first == null ? null : (Boolean) first.equals("chosen"),
          row.path(MetadataColumn.MALICIOUS.column()).asBoolean(),
          row.path(MetadataColumn.AGAIN.column()).asBoolean(),
          row.path(MetadataColumn.GOLD_QUESTION.column()).asBoolean(),
          row.path(MetadataColumn.LEFT_OUT.column()).asBoolean());
    }
  }

  /**
   * What stands behind a preference.
   *
   * @param strength the probability that the chosen answer is better, from 0.5 (a tie) to 1
   * @param votes how many labels there are
   * @param agreeing how many of them prefer the chosen answer
   * @param chosenFinished whether the chosen answer is whole
   * @param rejectedFinished whether the rejected answer is whole
   * @param skipped whether whoever was asked said nothing, so that nothing is preferred
   */
  public record Support(
      double strength,
      int votes,
      double agreeing,
      boolean chosenFinished,
      boolean rejectedFinished,
      boolean skipped) {

    static Support of(double strength) {
      return new Support(strength, 1, strength, true, true, false);
    }
  }

  static Preference of(JsonNode row) {
    Preference plain =
        new Preference(
            Prompt.of(row.path("prompt")),
            Answer.of(row.path("chosen")),
            Answer.of(row.path("rejected")));
    double strength = row.path("strength").asDouble(plain.support.strength);
    return new Preference(
        plain.prompt,
        plain.chosen,
        plain.rejected,
        new Support(
            strength,
            row.path("votes").asInt(1),
            row.path("agreeing").asDouble(strength),
            row.path("chosen_finished").asBoolean(true),
            row.path("rejected_finished").asBoolean(true),
            row.path("skipped").asBoolean()),
        By.of(row));
  }

  /** Whether it is a vote: it says something that counts, and for the first time. */
  public boolean vote() {
    return !support.skipped && !by.again && !by.known && !by.leftOut;
  }
}

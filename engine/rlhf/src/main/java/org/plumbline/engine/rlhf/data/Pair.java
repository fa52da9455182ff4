// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Two answers to a prompt and what feedback says of them: one row of {@code pairs.jsonl}.
 *
 * @param pair its number in the feedback
 * @param prompt what was asked
 * @param chosen the answer that is better, or either one if {@code target} is 0.5
 * @param rejected the other answer
 * @param target the probability that {@code chosen} is better, in [0.5, 1]: the share of votes, or
 *     the mean of a judge's own probabilities; 0.5 is a tie
 * @param votes how many labels the pair has
 * @param agreeing how many of them prefer {@code chosen}; a judge's count as their probability
 * @param chosenFinished whether {@code chosen} ended by itself rather than by running out of room
 * @param rejectedFinished the same of {@code rejected}
 * @param attainable how often the best of all predictions would be right about which answer is
 *     chosen; null where it is not known how those who judged come to their votes
 * @param origins which policies the answers come from; null where there are not several
 * @param byChance whether it was drawn by chance rather than chosen as worth asking about; null
 *     where all are
 */
public record Pair(
    long pair,
    Prompt prompt,
    Answer chosen,
    Answer rejected,
    double target,
    int votes,
    double agreeing,
    boolean chosenFinished,
    boolean rejectedFinished,
    @Nullable Double attainable,
    @Nullable Origins origins,
    @Nullable Boolean byChance) {

  /**
   * Which policies answers come from.
   *
   * @param chosen the policy that gave the chosen answer
   * @param rejected the policy that gave the rejected one
   */
  public record Origins(String chosen, String rejected) {}

  /** A pair whose answers are of the only policy, or come from elsewhere. */
  public Pair(
      long pair,
      Prompt prompt,
      Answer chosen,
      Answer rejected,
      double target,
      int votes,
      double agreeing,
      boolean chosenFinished,
      boolean rejectedFinished,
      @Nullable Double attainable) {
    this(
        pair,
        prompt,
        chosen,
        rejected,
        target,
        votes,
        agreeing,
        chosenFinished,
        rejectedFinished,
        attainable,
        null,
        null);
  }

  /** A pair of whole answers. */
  public Pair(
      long pair,
      Prompt prompt,
      Answer chosen,
      Answer rejected,
      double target,
      int votes,
      double agreeing) {
    this(pair, prompt, chosen, rejected, target, votes, agreeing, true, true);
  }

  /** A pair of which it is not known how those who judged came to their votes. */
  public Pair(
      long pair,
      Prompt prompt,
      Answer chosen,
      Answer rejected,
      double target,
      int votes,
      double agreeing,
      boolean chosenFinished,
      boolean rejectedFinished) {
    this(
        pair,
        prompt,
        chosen,
        rejected,
        target,
        votes,
        agreeing,
        chosenFinished,
        rejectedFinished,
        (Double) null);
  }

  /** Whether nothing is preferred: both answers are equally good as far as is known. */
  public boolean tie() {
    return target == 0.5;
  }

  /** The same judgement of other texts. */
  public Pair with(Answer otherChosen, Answer otherRejected) {
    return new Pair(
        pair,
        prompt,
        otherChosen,
        otherRejected,
        target,
        votes,
        agreeing,
        chosenFinished,
        rejectedFinished,
        attainable,
        origins,
        byChance);
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt.json());
    columns.put("chosen", chosen.json());
    columns.put("rejected", rejected.json());
    columns.put("target", target);
    columns.put("votes", votes);
    columns.put("agreeing", agreeing);
    columns.put("chosen_finished", chosenFinished);
    columns.put("rejected_finished", rejectedFinished);
    if (attainable != null) {
      columns.put("attainable", attainable);
    }
    if (origins != null) {
      columns.put("chosen_by", origins.chosen());
      columns.put("rejected_by", origins.rejected());
    }
    if (byChance != null) {
      columns.put("by_chance", byChance);
    }
    return columns;
  }
}

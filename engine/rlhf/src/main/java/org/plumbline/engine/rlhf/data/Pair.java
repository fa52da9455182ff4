package org.plumbline.engine.rlhf.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two answers to a prompt and what feedback says of them: one row of {@code pairs.jsonl}.
 *
 * @param pair its number in the feedback
 * @param prompt what was asked
 * @param chosen the answer that is better, or either one if {@code target} is 0.5
 * @param rejected the other answer
 * @param target the probability that {@code chosen} is better, in [0.5, 1]: 1 for a majority, 0.5
 *     for a tie, a judge's own probability
 * @param votes how many labels the pair has
 * @param agreeing how many of them prefer {@code chosen}; a judge's count as their probability
 */
public record Pair(
    long pair,
    String prompt,
    String chosen,
    String rejected,
    double target,
    int votes,
    double agreeing) {

  /** Whether nothing is preferred: both answers are equally good as far as is known. */
  public boolean tie() {
    return target == 0.5;
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt);
    columns.put("chosen", chosen);
    columns.put("rejected", rejected);
    columns.put("target", target);
    columns.put("votes", votes);
    columns.put("agreeing", agreeing);
    return columns;
  }
}

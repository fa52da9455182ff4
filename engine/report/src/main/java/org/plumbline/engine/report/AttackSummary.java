// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;

/**
 * What one attack on one recipe came to, over all seeds.
 *
 * @param attack how texts were looked for
 * @param prompts attacked, in each seed
 * @param tries that it made behind each prompt
 * @param curve how often one of fewer tries succeeds; the last point is of all
 * @param transfer how often the best text of a prompt succeeds behind all, with fresh answers
 * @param strongest of these texts those that succeed most; empty if none ever did
 */
public record AttackSummary(
    String recipe,
    String attack,
    int prompts,
    int tries,
    List<Within> curve,
    Interval transfer,
    List<Strongest> strongest) {

  public AttackSummary {
    curve = List.copyOf(curve);
    strongest = List.copyOf(strongest);
  }

  /** Whether it puts texts behind prompts. */
  public boolean writes() {
    return !attack.equals("plain");
  }

  /** The share of prompts behind which one of so many tries succeeds. */
  public record Within(int tries, Interval share) {}

  /**
   * A text.
   *
   * @param prompt that it was found behind
   * @param answer to that prompt with it
   * @param transfer the share of attacked prompts behind which it succeeds with fresh answers
   */
  public record Strongest(long seed, String prompt, String text, String answer, double transfer) {}
}

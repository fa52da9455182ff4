// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;

/** What is learned from pairs, and what it then says of labels. */
interface PairModel extends RewardFitting.Objectives<BradleyTerry.Row> {

  /**
   * The probability that the label of a pair says the chosen answer.
   *
   * @param said what the member's head says about the answers
   */
  double probability(FittedMember member, BradleyTerry.Row row, Said said);

  /** All that was said of the pairs, where it counts; null where only their targets do. */
  default @Nullable EvaluatorVotes votes() {
    return null;
  }

  /** The outputs of a head about the two answers of a pair. */
  record Said(double[] chosen, double[] rejected) {

    /** How much higher the chosen answer scores, where scores are the only outputs. */
    double gap() {
      return chosen[0] - rejected[0];
    }
  }

  /**
   * What was learned beside the scores; null if nothing.
   *
   * @param rows to look at
   */
  default RewardMeasures.@Nullable Learned learned(
      List<FittedMember> members, List<BradleyTerry.Row> rows) {
    return null;
  }
}

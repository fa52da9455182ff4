// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.rlhf.training.TrainingRun;

/** What is learned from pairs, and what it then says of labels. */
interface PairModel {

  /** What a member learns. */
  RewardFitting.MemberObjective<BradleyTerry.Row> objective(TrainingRun run);

  /**
   * The probability that the label of a pair says the chosen answer.
   *
   * @param gap how much higher the member scores the chosen answer
   */
  double probability(FittedMember member, BradleyTerry.Row row, double gap);

  /** What was learned beside the scores; null if nothing. */
  default RewardMeasures.@Nullable Learned learned(List<FittedMember> members) {
    return null;
  }
}

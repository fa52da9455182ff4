// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * Pairs with one label each, the share of votes for the chosen answer.
 *
 * @param centring the weight c of {@link BradleyTerry}
 */
record PlainPairs(PairLikelihood likelihood, double centring) implements PairModel {

  @Override
  public RewardFitting.MemberObjective<BradleyTerry.Row> of(TrainingRun run) {
    return (model, pairs) -> BradleyTerry.loss(model, pairs, likelihood, centring);
  }

  @Override
  public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
    return likelihood.probability(said.gap());
  }
}

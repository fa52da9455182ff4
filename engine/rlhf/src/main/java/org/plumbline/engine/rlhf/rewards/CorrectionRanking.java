// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * A reward model that puts a correction above what it corrects, by a margin m (Casper et al. 2023,
 * section 3.1.4):
 *
 * <pre>{@code
 * L = -log sigmoid(r(correction) - r(original) - m)
 * }</pre>
 *
 * <p>It is Bradley and Terry's model of the pairs that corrections are.
 */
public final class CorrectionRanking implements Stage {

  @Override
  public String operation() {
    return "correction_ranking";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    FittedRewardSpec.CorrectionRanking settings =
        context.settings(FittedRewardSpec.CorrectionRanking.class);
    PairLikelihood likelihood = new PairLikelihood(settings.margin(), 0, NoiseCorrection.FORWARD);
    BradleyTerry.fit(
        context,
        new BradleyTerry.Task(
            operation(), FeedbackReward.fitting(settings), new PlainPairs(likelihood, 0)),
        Pairs.read(context.input("feedback")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.numerics.RunningMoments;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Moments;

/**
 * The whole answer's reward minus the mean of all rewards of the updates before (Ahmadian et al.
 * 2024, arXiv:2402.14740, section 3.2), for every token the same. In the first update, which has
 * none before it, the mean is that of its own answers.
 */
public final class RunningMeanBaseline implements Advantages {
  private RunningMoments seen = RunningMoments.NONE;
  private @Nullable TrainingRun run;

  @Override
  public void learning(TrainingRun training) {
    run = training;
    seen =
        new RunningMoments(
            training.number("baseline_answers", 0), training.number("baseline", 0), 0);
  }

  @Override
  public Estimates of(List<Rewards> answers) {
    double[] rewards = answers.stream().mapToDouble(Rewards::whole).toArray();
    double baseline = seen.count() == 0 ? Moments.mean(rewards) : seen.mean();
    Estimates estimates = Advantages.ofWhole(answers, 1, (reward, all) -> reward - baseline);
    seen = seen.and(rewards);
    TrainingRun training = run;
    if (training != null) {
      training.keep("baseline_answers", seen.count());
      training.keep("baseline", seen.mean());
    }
    return new Estimates(estimates.advantages(), estimates.returns(), Map.of("baseline", baseline));
  }
}

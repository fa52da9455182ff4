// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.rlhf.numerics.RunningMoments;
import org.plumbline.engine.rlhf.training.AnswerPenalties;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * What becomes of an answer's score before a policy learns from it: divided by the deviation of all
 * scores so far, cut, and lowered by penalties, in this order.
 */
final class ScoreShaping {
  private final Regularizers regularizers;
  private final AnswerPenalties penalties;
  private final int longest;
  private final int cache;
  private final boolean scaled;
  private RunningMoments seen = RunningMoments.NONE;

  ScoreShaping(PolicyGradient.Settings settings) {
    this.regularizers = settings.regularizers();
    this.penalties =
        new AnswerPenalties(
            settings.rollout().missingEndPenalty(),
            regularizers.lengthPenalty(),
            regularizers.repetitionPenalty());
    this.longest = settings.rollout().sampling().maxNewTokens();
    Integer soft = settings.draws().overlongCache();
    this.cache = soft == null ? 0 : soft;
    this.scaled = Boolean.TRUE.equals(regularizers.rewardScaling());
  }

  /** Goes on with the scores that were seen before an interruption. */
  void resume(TrainingRun run) {
    seen =
        new RunningMoments(
            run.number("scores", 0), run.number("scores_mean", 0), run.number("scores_squares", 0));
  }

  /** Counts the scores of an update. */
  void see(double[] scores) {
    seen = scaled ? seen.and(scores) : seen;
  }

  /** Keeps what has been seen for a time after an interruption. */
  void keep(TrainingRun run) {
    if (scaled) {
      run.keep("scores", seen.count());
      run.keep("scores_mean", seen.mean());
      run.keep("scores_squares", seen.squares());
    }
  }

  /** What scores are divided by: 1 if they are not scaled, or have all been equal. */
  double scale() {
    double deviation = seen.deviation();
    return scaled && deviation > 0 ? deviation : 1;
  }

  /** The reward of a whole answer. */
  double of(double score, int[] tokens, boolean finished) {
    double reward = score / scale();
    Double limit = regularizers.rewardClip();
    if (limit != null) {
      reward = Math.max(-limit, Math.min(limit, reward));
    }
    reward = penalties.off(reward, tokens, finished);
    return cache == 0 ? reward : reward - overlong(tokens.length, longest, cache);
  }

  /** Yu et al. 2025 (DAPO), arXiv:2503.14476, equation 13: 0 to begin with, 1 at the longest. */
  static double overlong(int length, int longest, int cache) {
    return Math.max(0, Math.min(1, (length - (longest - cache)) / (double) cache));
  }
}

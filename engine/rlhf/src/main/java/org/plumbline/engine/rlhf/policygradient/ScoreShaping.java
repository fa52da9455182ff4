// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.LengthPenalty;
import org.plumbline.dsl.model.policy.Regularizers.RepetitionPenalty;
import org.plumbline.engine.rlhf.numerics.RunningMoments;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * What becomes of an answer's score before a policy learns from it: divided by the deviation of all
 * scores so far, cut, and lowered by penalties, in this order.
 */
final class ScoreShaping {
  private final Regularizers regularizers;
  private final double missingEnd;
  private final int longest;
  private final int cache;
  private final boolean scaled;
  private RunningMoments seen = RunningMoments.NONE;

  ScoreShaping(PolicyGradient.Settings settings) {
    this.regularizers = settings.regularizers();
    this.missingEnd = settings.rollout().missingEndPenalty();
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
    if (!finished) {
      reward -= missingEnd;
    }
    LengthPenalty length = regularizers.lengthPenalty();
    if (length != null) {
      reward -= length.coefficient() * Math.max(0, tokens.length - length.free());
    }
    RepetitionPenalty repetition = regularizers.repetitionPenalty();
    if (repetition != null) {
      reward -= repetition.coefficient() * repeated(tokens, repetition.n());
    }
    return cache == 0 ? reward : reward - overlong(tokens.length, longest, cache);
  }

  /** The share of an answer's n-grams that were there before, as in TRL's repetition reward. */
  static double repeated(int[] tokens, int n) {
    int all = tokens.length - n + 1;
    if (all < 1) {
      return 0;
    }
    Set<List<Integer>> different = new HashSet<>();
    for (int at = 0; at < all; at++) {
      different.add(IntStream.of(Arrays.copyOfRange(tokens, at, at + n)).boxed().toList());
    }
    return 1 - different.size() / (double) all;
  }

  /** Yu et al. 2025 (DAPO), arXiv:2503.14476, equation 13: 0 to begin with, 1 at the longest. */
  static double overlong(int length, int longest, int cache) {
    return Math.max(0, Math.min(1, (length - (longest - cache)) / (double) cache));
  }
}

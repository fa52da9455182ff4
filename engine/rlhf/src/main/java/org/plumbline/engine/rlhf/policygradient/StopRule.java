// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers.EarlyStop;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Moments;

/**
 * When training stops before its last update, by what the policy's answers show before it learns
 * from them: the policy that crossed a limit is the result, and learns no more.
 */
final class StopRule {
  private static final String AT_START = "spread_at_start";

  private final @Nullable EarlyStop limits;
  private final KlTerm.Models fromStart;

  /**
   * A rule.
   *
   * @param fromStart the policy, and where it started from
   */
  StopRule(@Nullable EarlyStop limits, KlTerm.Models fromStart) {
    this.limits = limits;
    this.fromStart = fromStart;
  }

  /** Why to stop at an update's answers; null to go on. */
  @Nullable String reason(Rollout rollout, TrainingRun run) {
    EarlyStop limit = limits;
    if (limit == null) {
      return null;
    }
    double divergence = rollout.meanLogRatio();
    if (limit.maxKl() != null && divergence > limit.maxKl()) {
      return "`log_ratio`, %.3g nats per answer, is above `max_kl`, %.3g"
          .formatted(divergence, limit.maxKl());
    }
    double entropy = rollout.mean(Rollout.Facts::entropy);
    if (limit.minEntropy() != null && entropy < limit.minEntropy()) {
      return "`entropy`, %.3g nats per token, is below `min_entropy`, %.3g"
          .formatted(entropy, limit.minEntropy());
    }
    double spread = rollout.mean(Rollout.Facts::spread);
    double start = run.number(AT_START, spread);
    run.keep(AT_START, start);
    if (limit.maxSpread() != null && spread > limit.maxSpread() * start) {
      return "`spread`, %.3g, is above `max_spread`, %.3g, times that of the first update, %.3g"
          .formatted(spread, limit.maxSpread(), start);
    }
    return limit.maxDrift() == null ? null : drifted(rollout, limit.maxDrift());
  }

  /** How far it is from where it started: the log-ratio to that policy, per answer. */
  private @Nullable String drifted(Rollout rollout, double limit) {
    TokensSaid tokens = TokensSaid.read(fromStart, rollout.sequences());
    double drift =
        IntStream.range(0, rollout.size())
            .mapToDouble(i -> Moments.sum(tokens.logRatio(i)))
            .average()
            .orElseThrow();
    return drift > limit
        ? "the log-ratio to where it started, %.3g nats per answer, is above `max_drift`, %.3g"
            .formatted(drift, limit)
        : null;
  }
}

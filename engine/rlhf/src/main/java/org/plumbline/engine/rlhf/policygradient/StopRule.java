// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers.EarlyStop;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * When training stops before its last update, by what the policy's answers show before it learns
 * from them: the policy that crossed a limit is the result, and learns no more.
 */
final class StopRule {
  private static final String AT_START = "spread_at_start";

  private final @Nullable EarlyStop limits;

  StopRule(@Nullable EarlyStop limits) {
    this.limits = limits;
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
    return null;
  }
}

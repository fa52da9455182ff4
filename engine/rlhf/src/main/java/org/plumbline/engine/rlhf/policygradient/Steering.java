// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.rlhf.numerics.EntropyController;
import org.plumbline.engine.rlhf.numerics.KlController;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * What moves from update to update beside the policy: coefficients that are steered, and counts. It
 * is part of the training's checkpoints.
 */
final class Steering {
  private final TrainingRun run;
  private final double atStart;
  private final @Nullable Double atEnd;
  private KlController kl;
  private EntropyController entropy;
  private long tokens;
  private long answers;
  private long finished;

  /** As it was at an interruption, or at the start. */
  Steering(Regularizers regularizers, TrainingRun run) {
    Regularizers.Kl term = regularizers.kl();
    this.run = run;
    this.atStart = term.coefficient();
    this.atEnd = term.endCoefficient();
    this.kl =
        new KlController(run.number("kl_coefficient", atStart), term.target(), term.horizon());
    this.entropy =
        new EntropyController(
            run.number("entropy_coefficient", regularizers.entropy()),
            regularizers.entropyTarget());
    this.tokens = (long) run.number("tokens", 0);
    this.answers = (long) run.number("answers", 0);
    this.finished = (long) run.number("finished", 0);
  }

  double kl() {
    return kl.coefficient();
  }

  double entropy() {
    return entropy.coefficient();
  }

  /** Moves after an update. */
  void after(long update, Rollout rollout) {
    kl =
        atEnd == null || kl.target() != null
            ? kl.after(rollout.meanLogRatio(), rollout.size())
            : new KlController(between(atStart, atEnd, update + 1), null, kl.horizon());
    entropy = entropy.after(rollout.mean(Rollout.Facts::entropy));
    tokens += rollout.tokens();
    answers += rollout.size();
    finished += rollout.facts().stream().filter(Rollout.Facts::finished).count();
    run.keep("kl_coefficient", kl());
    run.keep("entropy_coefficient", entropy());
    run.keep("tokens", (double) tokens);
    run.keep("answers", (double) answers);
    run.keep("finished", (double) finished);
    run.keep("log_ratio", rollout.meanLogRatio());
  }

  /** Where an update lies on the straight line from the first to the last. */
  private double between(double first, double last, long update) {
    long steps = Math.max(1, run.steps() - 1);
    return first + (last - first) * Math.min(update, steps) / steps;
  }

  /** The coefficients as they are. */
  void log(Map<String, ? super Double> row) {
    row.put("kl_coefficient", kl());
    if (entropy.target() != null) {
      row.put("entropy_coefficient", entropy());
    }
  }

  void summarise(Map<String, Object> summary) {
    summary.put("answers", answers);
    summary.put("tokens", tokens);
    log(summary);
  }

  /** Whether any answer so far ended by itself. */
  boolean anyFinished() {
    return finished > 0;
  }

  /** What to tell the user if the divergence did not come near its target; null if it did. */
  @Nullable String unmet() {
    Double target = kl.target();
    double divergence = run.number("log_ratio", Double.NaN);
    if (target == null || !(divergence > 2 * target || divergence < target / 2)) {
      return null;
    }
    return ("the divergence was to come to %.3g nats per answer, and came to %.3g: its coefficient"
            + " moved from %.3g to %.3g; lower `horizon`, or start from another `coefficient`")
        .formatted(target, divergence, atStart, kl());
  }
}

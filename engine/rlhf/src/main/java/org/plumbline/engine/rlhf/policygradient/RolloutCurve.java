// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.math.BigDecimal;
import org.plumbline.engine.rlhf.training.Effort;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Watcher;

/**
 * Of which updates how many answers are kept for the learning curve: of every fifth and of the last
 * 32, or fewer, or of fewer updates, where measuring them would cost more than a share of the
 * training. They are there already: what costs is how far they are from the reference, and what
 * else monitors want to know.
 *
 * @param every updates from one point to the next
 * @param answers at each; 0 for no curve
 */
record RolloutCurve(long every, int answers) {
  private static final int EVERY = 5;

  /** Fewer answers at a point say too little: then there are fewer points. */
  private static final int FEW = 4;

  /** The curve of a training, which says so if it is less than is wanted. */
  static RolloutCurve of(PolicyGradient.Settings settings, TrainingRun run, Watcher watcher) {
    int batch = settings.schedule().batchSize();
    RolloutCurve full = new RolloutCurve(EVERY, Math.min(LearningCurve.PROMPTS, batch));
    double share = settings.updates().watching();
    RolloutCurve curve = full.within(settings, run, watcher);
    if (!curve.equals(full)) {
      run.note(
          ("the training is watched at %d updates with %d answers: %d with %d would cost more than"
                  + " %s %% of it, which `training.watching` says")
              .formatted(
                  curve.answers == 0 ? 0 : curve.points(run.steps()),
                  curve.answers,
                  full.points(run.steps()),
                  full.answers,
                  BigDecimal.valueOf(share * 100).stripTrailingZeros().toPlainString()));
    }
    return curve;
  }

  private RolloutCurve within(PolicyGradient.Settings settings, TrainingRun run, Watcher watcher) {
    for (int least = FEW; least > 0; least -= FEW - 1) {
      for (long some = every; some < 2 * run.steps() || some == every; some *= 2) {
        for (int n = answers; n >= Math.min(least, answers); n--) {
          RolloutCurve curve = new RolloutCurve(some, n);
          // as if answers were long beside their prompts, and as if they were short
          if (curve.affordable(settings, run, watcher, 0)
              && curve.affordable(settings, run, watcher, 1)) {
            return curve;
          }
        }
      }
    }
    return new RolloutCurve(Math.max(every, run.steps()), watcher == Watcher.NONE ? 0 : 1);
  }

  private boolean affordable(
      PolicyGradient.Settings settings, TrainingRun run, Watcher watcher, int prompt) {
    int answer = 1 - prompt;
    int batch = settings.schedule().batchSize();
    double work =
        run.steps()
            * (Effort.drawing(batch, answer, prompt)
                + Effort.learning(run.model(), settings.passes().epochs() * batch));
    double point = Effort.comparing(answers) + watcher.effort(answers, prompt, answer);
    return points(run.steps()) * point <= settings.updates().watching() * work;
  }

  /** Whether answers of an update, counted from 0, are kept. */
  boolean isPoint(long update, long updates) {
    return answers > 0 && (update % every == 0 || update == updates - 1);
  }

  private long points(long updates) {
    return (updates + every - 1) / every + ((updates - 1) % every == 0 ? 0 : 1);
  }
}

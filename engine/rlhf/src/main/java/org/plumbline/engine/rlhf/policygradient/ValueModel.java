// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.StepParts;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.TrainingState;

/**
 * A model of its own that predicts returns: a copy of the policy that training starts from, with a
 * head that says 0 at first. No gradient of the policy's loss reaches it, and none of its own the
 * policy. It belongs to the training: checkpoints hold it, the artifact does not.
 */
final class ValueModel {
  private static final String NAME = "value";

  private final TrainingRun run;
  private final TrainingState state;
  private final Critic.Own own;

  private ValueModel(TrainingRun run, TrainingState state, Critic.Own own) {
    this.run = run;
    this.state = state;
    this.own = own;
  }

  /** Begins, or goes on after an interruption; null if there is to be none. */
  static @Nullable ValueModel of(
      TrainingRun run, PolicyGradient.Settings settings, LanguageModel start, long seed) {
    Critic.Own own = settings.critic().own();
    if (own == null) {
      return null;
    }
    TrainingState state =
        run.beside(NAME, () -> start.toTrain(seed).withHead(ScalarHead.VALUE, 0, seed));
    state.model().sharing(start);
    settings.updates().prepare(state.model());
    return new ValueModel(run, state, own);
  }

  /** What it expects before each token of answers. */
  List<float[]> of(List<Sequence> answers) {
    Batch batch = Batch.of(answers);
    try (TensorScope scope = TensorScope.open()) {
      return TokensSaid.byAnswer(state.model().values(batch), batch);
    }
  }

  /**
   * One step on some of a rollout's answers; returns what there is to log.
   *
   * @param factor of the learning rate, by the schedule
   * @param atOnce answers that are computed at once
   */
  Map<String, Double> learn(long update, Rollout step, double factor, int atOnce) {
    Map<String, Double> logged = new LinkedHashMap<>();
    StepParts<int[]> parts = new StepParts<>();
    step.inParts(state.model(), atOnce).forEach(parts::group);
    StepResult result =
        parts.take(
            (groups, sum) ->
                state.update(
                    () -> "value model, " + run.where(update, step.numbers()),
                    own.learningRate() * factor,
                    groups,
                    sum),
            places -> own.loss().of(terms(step.select(places), step)),
            logged);
    logged.put("value_gradient_norm", result.gradientNorm());
    return logged;
  }

  private Surrogate.Terms terms(Rollout rows, Rollout step) {
    Batch batch = Batch.of(rows.sequences());
    Tensor old = batch.aligned(rows.logProbs());
    return new Surrogate.Terms(
        old,
        old,
        batch.aligned(rows.advantages()),
        state.model().values(batch),
        batch.aligned(rows.values()),
        batch.aligned(rows.returns()),
        new Counted(batch.mask(), step.tokens(), step.size()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Imitation learning from language feedback: answers are refined by what people wrote about them,
 * and the refinement that follows it best is learned.
 *
 * <p>Scheurer, Campos, Korbak, Chan, Chen, Cho, Perez, "Training Language Models with Language
 * Feedback at Scale", 2023, arXiv:2303.16755, algorithm 1. For a prompt x, an answer y and what was
 * written about it f, in each iteration
 *
 * <pre>{@code
 * y_1..y_n ~ pi(.| x, y, f)
 * s_i  = mean over questions of P(yes | question, x, y, f, y_i)      ensemble
 *      = cosine of the words of f and y_i                            similarity
 * y*   the y_i of highest s_i, or one with P = softmax(s / tau)
 * L    = -log pi(y* | x), averaged over tokens
 * }</pre>
 *
 * <p>Choices left open: those of {@link IteratedFitting} and {@link Refinements}; each iteration
 * refines the same answers by the same words with the policy as it has become, and goes on training
 * it; an answer that is to stay as it is, is learned as it is.
 *
 * <p>Differs from the paper: the policy itself is asked the questions; similarity is that of words,
 * not of another model's embeddings; no new feedback is collected between iterations, which is what
 * {@code rounds} are for.
 */
public final class LanguageFeedback implements Stage {

  @Override
  public String operation() {
    return "language_feedback";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.LanguageFeedback settings =
        context.settings(ConditionedPolicySpec.LanguageFeedback.class);
    IteratedFitting.Settings fitting =
        new IteratedFitting.Settings(
            settings.iterations(),
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            false,
            settings.sampling().maxNewTokens(),
            settings.training());
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run = IteratedFitting.run(context, fitting, start)) {
      Refinements refinements = new Refinements(context, settings);
      refinements.learning(run);
      new IteratedFitting(context, fitting, start, new IteratedFitting.Work(refinements, run))
          .train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", operation());
      summary.put("steps", run.taken());
      summary.putAll(refinements.summary());
      run.finish(summary);
    }
  }
}

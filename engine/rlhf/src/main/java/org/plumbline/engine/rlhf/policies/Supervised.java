// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Demonstration;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Supervised fine-tuning: maximum likelihood of demonstrated answers.
 *
 * <p>Ouyang et al., "Training language models to follow instructions with human feedback", 2022,
 * arXiv:2203.02155, section 3.5: the mean over the answers' tokens of the batch of
 *
 * <pre>{@code
 * L = -log pi(y_t | x, y_1..y_{t-1})
 * }</pre>
 *
 * <p>Choices left open: the prompt is masked; the end-of-text token counts as part of the answer;
 * tokens, not answers, weigh the same. The learning rate rises over the first 20 steps and falls
 * linearly to a tenth. With {@code feedback} the preferred answers are the demonstrations.
 *
 * <p>Differs from TRL's SFTTrainer: the loss is on answers only, and nothing is packed.
 */
public final class Supervised implements Stage {

  @Override
  public String operation() {
    return "supervised";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.Supervised settings = context.settings(PolicySpec.Supervised.class);
    AnswerFitting.Settings fitting =
        AnswerFitting.Settings.of(
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            settings.weightDecay(),
            settings.training());
    List<Exchange> examples = examples(context, settings);
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context,
                settings.steps(),
                fitting.updates().adamW(),
                () -> start.toTrain(context.seed()))) {
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "supervised");
      summary.putAll(new AnswerFitting(context, run, start).fit(examples, fitting));
      summary.put("demonstrations", examples.size());
      run.finish(summary);
    }
  }

  private static List<Exchange> examples(StageContext context, PolicySpec.Supervised settings)
      throws IOException {
    if (settings.feedback() == null) {
      return DataSet.of(context, "data").demonstrations().stream()
          .map(Supervised::example)
          .toList();
    }
    List<Exchange> preferred = PreferredAnswers.of(context.input("feedback"));
    if (preferred.isEmpty()) {
      throw new StageFailure(
          "PLB0509", "nothing of the feedback prefers an answer", "feedback", null);
    }
    return preferred;
  }

  private static Exchange example(Demonstration row) {
    return Exchange.of(row.prompt(), row.completion());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.StartFrom;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Expert iteration: samples several answers to every prompt, keeps the good ones, learns them, and
 * repeats.
 *
 * <p>Dong et al., "RAFT: Reward rAnked FineTuning for Generative Foundation Model Alignment", TMLR
 * 2023, arXiv:2304.06767, algorithm 1; Gulcehre et al., "Reinforced Self-Training (ReST) for
 * Language Modeling", 2023, arXiv:2308.08998, algorithm 1:
 *
 * <pre>{@code
 * in iteration t = 0, 1, ..:  y_1..y_k ~ pi_t(.|x) for every prompt x
 * kept    best:      the y_i of highest r(x, y_i)
 *         threshold: all with r(x, y_i) >= tau + t step
 * L = -log pi(y|x) of the kept, averaged over tokens
 * }</pre>
 *
 * <p>Where fitting is exact, one iteration that keeps the best comes to best-of-k, and t of them to
 * best-of-k^t.
 *
 * <p>Choices left open: those of {@link IteratedFitting}; the optimiser's moments go on with {@code
 * start: latest} and begin anew with {@code first}; of equal rewards the first sample is kept; an
 * answer that was cut off is learned without an end-of-text token. The kept answers are in {@code
 * kept.jsonl}.
 */
public final class ExpertIteration implements Stage {
  @Override
  public String operation() {
    return "expert_iteration";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    try (LanguageModel start = Models.openModel(context, "from");
        RewardFunction reward = Rewards.open(context, context.input("reward"))) {
      train(context, start, reward, DataSet.of(context, "prompts").prompts());
    }
  }

  /** The same with parts that are open already, which stay open. */
  static void train(
      StageContext context, LanguageModel start, RewardFunction reward, List<Prompt> prompts)
      throws IOException {
    OnlinePolicySpec.ExpertIteration settings =
        context.settings(OnlinePolicySpec.ExpertIteration.class);
    IteratedFitting.Settings fitting =
        new IteratedFitting.Settings(
            settings.iterations(),
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            settings.start() == StartFrom.FIRST,
            settings.sampling().maxNewTokens(),
            settings.training());
    AnswerSelection answers = new AnswerSelection(context, reward, prompts);
    try (TrainingRun run = IteratedFitting.run(context, fitting, start)) {
      answers.learning(run);
      new IteratedFitting(context, fitting, start, new IteratedFitting.Work(answers, run)).train();
      answers.note(run);
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "expert_iteration");
      summary.put("steps", run.taken());
      summary.put("answers", answers.sampled(run));
      summary.put("kept", answers.kept());
      answers.logged().forEach(summary::putIfAbsent);
      answers.labels().map(JsonFiles::columns).ifPresent(summary::putAll);
      run.finish(summary);
    }
  }
}

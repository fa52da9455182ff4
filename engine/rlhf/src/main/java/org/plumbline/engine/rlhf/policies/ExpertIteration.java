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
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
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
 * <p>Choices left open: every iteration has a learning rate that rises over a fifth of its steps,
 * 20 at most, and falls linearly to a tenth; the optimiser's moments go on with {@code start:
 * latest} and begin anew with {@code first}; of equal rewards the first sample is kept; an answer
 * that was cut off is learned without an end-of-text token. The kept answers are in {@code
 * kept.jsonl}.
 */
public final class ExpertIteration implements Stage {
  private static final double FLOOR = 0.1;

  @Override
  public String operation() {
    return "expert_iteration";
  }

  @Override
  public int version() {
    return 1;
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
    long steps = (long) settings.iterations() * settings.steps();
    try (TrainingRun run =
        TrainingRun.of(
            context, steps, AdamW.Settings.DEFAULT, () -> start.toTrain(context.seed()))) {
      new Iterations(context, start, new AnswerSelection(context, reward, prompts), run).train();
    }
  }

  /** One training. */
  private static final class Iterations {
    private final StageContext context;
    private final OnlinePolicySpec.ExpertIteration settings;
    private final LanguageModel start;
    private final AnswerSelection answers;
    private final TrainingRun run;

    Iterations(StageContext context, LanguageModel start, AnswerSelection answers, TrainingRun run)
        throws IOException {
      this.context = context;
      this.settings = context.settings(OnlinePolicySpec.ExpertIteration.class);
      this.start = start;
      this.answers = answers;
      this.run = run;
      answers.learning(run);
    }

    void train() throws IOException {
      int steps = settings.steps();
      Updates updates = Updates.of(AdamW.Settings.DEFAULT, Schedule.briefRise(steps, FLOOR), null);
      LearningCurve curve =
          new LearningCurve(
                  run,
                  start,
                  answers.prompts(),
                  new LearningCurve.Settings(context.seed(), settings.sampling().maxNewTokens()))
              .watched(Watch.of(context, run));
      List<Sequence> rows = List.of();
      DataOrder order = new DataOrder(context.seed(), 1, settings.batchSize());
      for (long step = run.firstStep(); step < run.steps(); step++) {
        int iteration = (int) (step / steps);
        curve.sample(step, run.steps());
        if (run.stopped()) {
          break;
        }
        if (step % steps == 0) {
          String reason = answers.sample(iteration, run);
          if (reason != null) {
            context.note(
                "it stops after %d of %d iterations: %s"
                    .formatted(iteration, settings.iterations(), reason));
            break;
          }
          if (iteration > 0 && settings.start() == StartFrom.FIRST) {
            run.restart(start.toTrain(context.seed()));
          }
        }
        if (rows.isEmpty() || step % steps == 0) {
          rows = rows(answers.of(iteration));
          order = new DataOrder(context.seed() + iteration, rows.size(), settings.batchSize());
        }
        int[] chosen = order.batch(step % steps);
        List<Sequence> batch = TrainingRun.pick(rows, chosen);
        double rate = settings.learningRate() * updates.factor(step % steps);
        StepResult result =
            run.update(step, chosen, rate, () -> run.model().meanLoss(Batch.of(batch)));
        Map<String, Double> logged = new LinkedHashMap<>();
        logged.put("loss", result.loss());
        logged.put("iteration", iteration + 1.0);
        logged.put("reward", run.number("reward", 0));
        logged.put("kept_reward", run.number("kept_reward", 0));
        logged.put("gradient_norm", result.gradientNorm());
        logged.put("learning_rate", rate);
        logged.putAll(answers.logged());
        run.done(step, logged);
      }
      if (!run.stopped()) {
        curve.sample(run.taken(), run.taken());
      }
      finish();
    }

    private List<Sequence> rows(List<Exchange> learned) {
      AnswerFormat format = new AnswerFormat(start);
      List<Sequence> rows = format.examples(learned);
      format.note(context);
      return rows;
    }

    private void finish() throws IOException {
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

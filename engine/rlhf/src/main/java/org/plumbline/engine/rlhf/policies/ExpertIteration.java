// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Keep;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.StartFrom;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Checkpoint;

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
 * <p>Choices left open: every iteration has a learning rate that rises over 20 steps and falls
 * linearly to a tenth; the optimiser's moments go on with {@code start: latest} and begin anew with
 * {@code first}; of equal rewards the first sample is kept; an answer that was cut off is learned
 * without an end-of-text token. The kept answers are in {@code kept.jsonl}.
 */
public final class ExpertIteration implements Stage {
  private static final String KEPT = "kept.jsonl";
  private static final int WARM_UP = 20;
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
      reward.learning(run);
      new Iterations(context, settings, new Parts(start, reward, prompts), run).train();
    }
  }

  /** What is learned from. */
  private record Parts(LanguageModel start, RewardFunction reward, List<Prompt> prompts) {}

  /** One training. */
  private static final class Iterations {
    private final StageContext context;
    private final OnlinePolicySpec.ExpertIteration settings;
    private final Parts parts;
    private final TrainingRun run;
    private final RowLog kept = new RowLog(KEPT);

    Iterations(
        StageContext context,
        OnlinePolicySpec.ExpertIteration settings,
        Parts parts,
        TrainingRun run)
        throws IOException {
      this.context = context;
      this.settings = settings;
      this.parts = parts;
      this.run = run;
      Checkpoint checkpoint = context.checkpoint().orElse(null);
      if (checkpoint != null) {
        kept.restore(checkpoint.folder());
      }
      run.keep(kept::write);
    }

    void train() throws IOException {
      int steps = settings.steps();
      Schedule schedule = Schedule.linear(WARM_UP, steps, FLOOR);
      LearningCurve curve =
          new LearningCurve(
              run,
              parts.start(),
              parts.prompts().stream().distinct().toList(),
              new LearningCurve.Settings(context.seed(), settings.sampling().maxNewTokens()));
      List<Sequence> rows = List.of();
      DataOrder order = new DataOrder(context.seed(), 1, settings.batchSize());
      for (long step = run.firstStep(); step < run.steps(); step++) {
        int iteration = (int) (step / steps);
        curve.sample(step, run.steps());
        if (step % steps == 0) {
          if (iteration > 0 && !parts.reward().affords(asked())) {
            context.note(
                "it stops after %d of %d iterations: what is left of the reward's budget does not"
                        .formatted(iteration, settings.iterations())
                    + " pay for the next");
            break;
          }
          sample(iteration);
        }
        if (rows.isEmpty() || step % steps == 0) {
          rows = rows(iteration);
          order = new DataOrder(context.seed() + iteration, rows.size(), settings.batchSize());
        }
        int[] chosen = order.batch(step % steps);
        List<Sequence> batch = TrainingRun.pick(rows, chosen);
        double rate = settings.learningRate() * schedule.factor(Math.max(1, step % steps));
        StepResult result =
            run.update(step, chosen, rate, () -> run.model().meanLoss(Batch.of(batch)));
        Map<String, Double> logged = new LinkedHashMap<>();
        logged.put("loss", result.loss());
        logged.put("iteration", iteration + 1.0);
        logged.put("reward", run.number("reward", 0));
        logged.put("kept_reward", run.number("kept_reward", 0));
        logged.put("gradient_norm", result.gradientNorm());
        logged.put("learning_rate", rate);
        logged.putAll(parts.reward().logged());
        run.done(step, logged);
      }
      curve.sample(run.taken(), run.taken());
      finish();
    }

    private int asked() {
      return parts.prompts().size() * settings.groupSize();
    }

    /** Answers to all prompts by the policy as it is, of which the good ones are kept. */
    private void sample(int iteration) throws IOException {
      List<Prompt> repeated = new ArrayList<>();
      for (Prompt prompt : parts.prompts()) {
        for (int i = 0; i < settings.groupSize(); i++) {
          repeated.add(prompt);
        }
      }
      List<Exchange> answers =
          SampledAnswer.to(
              repeated,
              new ModelAnswers(run.model())
                  .answer(
                      repeated,
                      SamplingSettings.of(settings.sampling().maxNewTokens())
                          .withTemperature(settings.sampling().temperature()),
                      RandomStream.of(
                          context.seed(),
                          RandomPurpose.ROLLOUT_TOKENS,
                          RandomPurpose.FIRST_UPDATE + iteration),
                      0));
      double[] rewards = parts.reward().score(answers).score();
      List<Double> of = new ArrayList<>();
      for (int i : chosen(rewards, iteration)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("iteration", iteration);
        row.put("prompt", answers.get(i).prompt().json());
        row.put("answer", answers.get(i).answer().json());
        row.put("finished", answers.get(i).finished());
        row.put("reward", rewards[i]);
        kept.add(row);
        of.add(rewards[i]);
      }
      run.keep("reward", Moments.mean(rewards));
      run.keep("kept_reward", of.stream().mapToDouble(r -> r).average().orElseThrow());
      if (iteration > 0 && settings.start() == StartFrom.FIRST) {
        run.restart(parts.start().toTrain(context.seed()));
      }
    }

    private List<Integer> chosen(double[] rewards, int iteration) {
      List<Integer> chosen = new ArrayList<>();
      int group = settings.groupSize();
      if (settings.keep() == Keep.BEST) {
        for (int first = 0; first < rewards.length; first += group) {
          chosen.add(first + BestOfN.best(Arrays.copyOfRange(rewards, first, first + group)));
        }
        return chosen;
      }
      Double threshold = settings.threshold();
      double least = (threshold == null ? 0 : threshold) + iteration * settings.thresholdStep();
      for (int i = 0; i < rewards.length; i++) {
        if (rewards[i] >= least) {
          chosen.add(i);
        }
      }
      if (chosen.isEmpty()) {
        throw new StageFailure(
            "PLB0509",
            "none of %d answers of iteration %d reaches the reward %.3g; the best has %.3g"
                .formatted(
                    rewards.length,
                    iteration + 1,
                    least,
                    Arrays.stream(rewards).max().orElseThrow()),
            "threshold",
            "lower `threshold` or `threshold_step`, or sample more (`group_size`)");
      }
      return chosen;
    }

    private List<Sequence> rows(int iteration) {
      List<Exchange> learned = new ArrayList<>();
      for (JsonNode row : kept.rows()) {
        if (row.path("iteration").asInt() == iteration) {
          learned.add(
              new Exchange(
                  Prompt.of(row.path("prompt")),
                  Answer.of(row.path("answer")),
                  row.path("finished").asBoolean()));
        }
      }
      AnswerFormat format = new AnswerFormat(parts.start());
      List<Sequence> rows = format.examples(learned);
      format.note(context);
      return rows;
    }

    private void finish() throws IOException {
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "expert_iteration");
      summary.put("steps", run.taken());
      summary.put("answers", run.taken() / settings.steps() * asked());
      summary.put("kept", kept.size());
      parts.reward().logged().forEach(summary::putIfAbsent);
      parts.reward().asked().map(JsonFiles::columns).ifPresent(summary::putAll);
      run.finish(summary);
    }
  }
}

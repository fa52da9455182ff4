// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.Effort;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.StepRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;

/**
 * The loop of KL-adaptive distributional policy gradient: answers are drawn from a proposal q, and
 * the policy learns those of its target p; whenever it has come nearer to p than q is, it becomes
 * q.
 *
 * <p>With P(y|x) = ref(y|x) w(x, y), p = P / Z and the weights of a {@link TargetWeights}, the mean
 * over the answers of an update of
 *
 * <pre>{@code
 * L = -(p / q - pi / q) log pi(y|x)                 the bracket without gradient
 * KL(p, q) - KL(p, pi) = E_q[p / q (log pi - log q)]
 * }</pre>
 */
public final class AdaptiveDpg {
  private final StageContext context;
  private final Settings settings;
  private final LanguageModel start;
  private final TrainingRun run;
  private final MovingModel proposal;

  private AdaptiveDpg(
      StageContext context,
      Settings settings,
      LanguageModel start,
      TrainingRun run,
      MovingModel proposal) {
    this.context = context;
    this.settings = settings;
    this.start = start;
    this.run = run;
    this.proposal = proposal;
  }

  /** What a policy is to become. */
  public interface Target {

    /** The logarithm of what an answer's probability before training is multiplied with. */
    double logWeight(Exchange answer);

    /** What there is to log of answers that were drawn. */
    Map<String, Double> logged(List<Exchange> answers);
  }

  /** How to learn. */
  public record Settings(
      String operation,
      ScheduleSpec schedule,
      int group,
      double learningRate,
      SamplingSpec sampling) {

    Updates updates() {
      return Updates.falling(PolicyGradient.ADAM_W, schedule.updates(), schedule.training());
    }
  }

  /** Trains a policy and writes the artifact. */
  public static void train(StageContext context, Settings settings, LanguageModel start, Task task)
      throws IOException {
    try (TrainingRun run =
            TrainingRun.of(
                context,
                settings.schedule().updates(),
                settings.updates().adamW(),
                () -> start.toTrain(context.seed()));
        MovingModel proposal = MovingModel.of("proposal", context, run, start)) {
      new AdaptiveDpg(context, settings, start, run, proposal).train(task);
    }
  }

  /**
   * What is learned.
   *
   * @param prompts that are answered
   * @param target of the policy
   * @param summary what is said of it
   */
  public record Task(List<Prompt> prompts, Target target, Map<String, Object> summary) {}

  private void train(Task task) throws IOException {
    int each = settings.schedule().batchSize() / settings.group();
    DataOrder order = new DataOrder(context.seed(), task.prompts().size(), each);
    Updates updates = settings.updates();
    updates.prepare(run);
    LearningCurve curve =
        new LearningCurve(
                run,
                start,
                task.prompts().stream().distinct().toList(),
                new LearningCurve.Settings(context.seed(), settings.sampling().maxNewTokens()))
            .watched(Watch.of(context, run))
            .within(updates.watching(), this::work);
    AnswerFormat format = new AnswerFormat(start);
    for (long update = run.firstStep(); update < run.steps(); update++) {
      curve.sample(update, run.steps());
      if (run.stopped()) {
        break;
      }
      int[] chosen = order.batch(update);
      List<Prompt> prompts =
          Prompt.repeated(TrainingRun.pick(task.prompts(), chosen), settings.group());
      Drawn drawn = drawn(prompts, format, update);
      double[] said = sums(run.model(), drawn.rows());
      TargetWeights weights = weights(task.target(), drawn);
      double nearer = weights.nearer(drawn.proposed(), said);
      Map<String, Double> logged = new LinkedHashMap<>();
      double rate = settings.learningRate() * updates.factor(update);
      LanguageModel before = nearer > 0 ? run.model().copy() : null;
      List<Weighed> weighed = drawn.weighed(weights.coefficients(drawn.proposed(), said));
      StepResult result =
          run.update(
              update,
              chosen,
              rate,
              parts(weighed, updates.microBatch(weighed.size())),
              part -> loss(part, weighed.size()));
      logged.put("loss", result.loss());
      logged.put("target_kl", weights.divergence() - nearer);
      logged.put("proposal_kl", weights.divergence());
      logged.put("log_z", weights.logZ());
      logged.put("massless", weights.massless());
      logged.putAll(task.target().logged(drawn.answers()));
      logged.put("gradient_norm", result.gradientNorm());
      logged.put("learning_rate", rate);
      if (before != null) {
        proposal.become(before);
      }
      logged.put("proposals", (double) proposal.times());
      run.done(update, logged);
    }
    if (!run.stopped()) {
      curve.sample(run.taken(), run.taken());
    }
    format.noteUntold(context);
    finish(task);
  }

  private double work(double prompt, double answer) {
    int given = settings.schedule().batchSize();
    return run.steps()
        * (Effort.drawing(given, answer, prompt)
            + Effort.learning(run.model(), given * (prompt + answer)));
  }

  private void finish(Task task) throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", settings.operation());
    summary.put("steps", run.taken());
    summary.put("proposals", proposal.times());
    summary.putAll(task.summary());
    run.finish(summary);
  }

  /**
   * Answers of the proposal.
   *
   * @param proposed their log-probabilities under the proposal
   * @param references the same under the policy before training
   */
  private record Drawn(
      List<Exchange> answers, List<Sequence> rows, double[] proposed, double[] references) {

    List<Weighed> weighed(double[] coefficients) {
      return IntStream.range(0, rows.size())
          .mapToObj(i -> new Weighed(rows.get(i), coefficients[i]))
          .toList();
    }
  }

  /** An answer, and what its log-probability counts. */
  private record Weighed(Sequence row, double coefficient) {}

  private Drawn drawn(List<Prompt> prompts, AnswerFormat format, long update) {
    SamplingSettings sampling = Sampling.of(settings.sampling());
    RandomStream stream =
        RandomStream.of(
            context.seed(),
            RandomPurpose.ROLLOUT_TOKENS,
            RandomPurpose.FIRST_UPDATE + (int) update);
    List<SampledAnswer> given =
        new ModelAnswers(proposal.model()).answer(prompts, sampling, stream, 0);
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      int[] prompt = format.prompt(prompts.get(i), settings.sampling().maxNewTokens());
      rows.add(Sequence.of(prompt, given.get(i).tokens()));
    }
    return new Drawn(
        SampledAnswer.to(prompts, given), rows, sums(proposal.model(), rows), sums(start, rows));
  }

  private TargetWeights weights(Target target, Drawn drawn) {
    double[] logs = new double[drawn.rows().size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] =
          target.logWeight(drawn.answers().get(i)) + drawn.references()[i] - drawn.proposed()[i];
    }
    return TargetWeights.of(logs, settings.group());
  }

  /** Log-probabilities of the answers, at the sampling temperature. */
  private double[] sums(LanguageModel model, List<Sequence> rows) {
    double temperature = settings.sampling().temperature();
    return TokensSaid.logProbs(KlReference.of(() -> model), rows, temperature).stream()
        .mapToDouble(said -> Moments.sum(TokensSaid.doubles(said)))
        .toArray();
  }

  /** Answers to one prompt together. */
  private List<List<List<Weighed>>> parts(List<Weighed> weighed, int atOnce) {
    return StepRows.parts(weighed, atOnce).stream()
        .map(
            some ->
                run.model()
                    .sideBySide()
                    .divide(some, one -> one.row().prompt(), one -> one.row().length()))
        .toList();
  }

  /** What some of an update's answers contribute to its loss. */
  private Tensor loss(List<Weighed> some, int all) {
    Batch batch = Batch.of(some.stream().map(Weighed::row).toList());
    Tensor said =
        run.model().tokenLogProbs(batch, settings.sampling().temperature()).sum(1); // [batch]
    float[] each = new float[some.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) -some.get(i).coefficient();
    }
    return said.mul(Tensor.of(each, each.length)).sum().div((float) all);
  }
}

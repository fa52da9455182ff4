// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.numerics.KlController;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.Scoring;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * The loop of methods that learn from rewards of answers of their own: sample, score, weigh, learn.
 * A method brings its {@link Advantages} and its {@link Surrogate}.
 *
 * <p>The reward of token t of an answer y to x is
 *
 * <pre>{@code
 * R_t = -beta (log pi(y_t|..) - log ref(y_t|..)) + [t is the last] score(x, y)
 * }</pre>
 *
 * <p>beta's log-ratio is of the sampled token, at the sampling temperature, without gradient
 * (Schulman 2020, k1); scores are normalised by the reward model and then cut; an answer that did
 * not end by itself pays the missing-end penalty. Advantages are computed once per update; each
 * epoch has a fresh permutation; the learning rate falls linearly to zero; an adaptive beta moves
 * once per update.
 */
public final class PolicyGradient {
  /** 1e-5: the code of Ziegler et al. 2019; small gradients then move little. */
  private static final AdamW.Settings ADAM_W = new AdamW.Settings(0.9, 0.999, 1e-5, 0, 1);

  private final StageContext context;
  private final Settings settings;
  private final TrainingRun run;
  private final RolloutSampler sampler;

  private PolicyGradient(
      StageContext context, Settings settings, TrainingRun run, RolloutSampler sampler) {
    this.context = context;
    this.settings = settings;
    this.run = run;
    this.sampler = sampler;
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param schedule updates, and answers of each
   * @param group answers per prompt; those of an update are a multiple of it
   * @param passes over the answers of an update
   * @param learningRate the highest of the schedule
   * @param rollout how answers are drawn
   * @param regularizers what keeps the policy in check
   * @param valueHead whether the policy gets a head that predicts returns
   * @param advantages what tokens are weighted with
   * @param surrogate the loss
   */
  public record Settings(
      String operation,
      ScheduleSpec schedule,
      int group,
      Passes passes,
      double learningRate,
      RolloutSpec rollout,
      Regularizers regularizers,
      boolean valueHead,
      Advantages advantages,
      Surrogate surrogate) {}

  /**
   * How often the answers of an update are learned from.
   *
   * @param epochs passes over all of them
   * @param minibatches steps of each pass
   */
  public record Passes(int epochs, int minibatches) {}

  /** Trains the policy {@code from} on the reward {@code reward} and writes the artifact. */
  public static void train(StageContext context, Settings settings) throws IOException {
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    boolean same = settings.regularizers().kl().reference() == null;
    try (LanguageModel start = Models.openModel(context, "from");
        LanguageModel other = same ? null : Models.openModel(context, "regularizers.kl.reference");
        RewardFunction reward =
            ConstrainedReward.open(context, settings.regularizers().constraints())) {
      LanguageModel reference = other == null ? start : other;
      train(context, settings, new Parts(start, reference, reward), prompts);
    }
  }

  /**
   * What is trained, and against what.
   *
   * @param start the policy before the first update
   * @param reference what beta's divergence is measured from
   * @param reward what scores answers
   */
  public record Parts(LanguageModel start, LanguageModel reference, RewardFunction reward) {}

  /** The same with parts that are open already, which stay open. */
  public static void train(
      StageContext context, Settings settings, Parts parts, List<Prompt> prompts)
      throws IOException {
    try (TrainingRun run =
        TrainingRun.of(
            context,
            settings.schedule().updates(),
            ADAM_W,
            () -> policy(context, parts, settings.valueHead()))) {
      parts.reward().learning(run);
      RolloutSampler sampler =
          new RolloutSampler(settings, run.model(), parts.reference(), parts.reward());
      new PolicyGradient(context, settings, run, sampler).train(prompts);
    }
  }

  private static LanguageModel policy(StageContext context, Parts parts, boolean valueHead) {
    if (!Arrays.equals(parts.start().tokenizer().json(), parts.reference().tokenizer().json())) {
      throw new StageFailure(
          "PLB0222",
          "the policy and its KL reference have different tokenizers",
          "regularizers.kl.reference",
          "name a reference that descends from the same base model");
    }
    LanguageModel policy = parts.start().toTrain(context.seed());
    return valueHead ? policy.withHead(ScalarHead.VALUE, 0, context.seed()) : policy;
  }

  private void train(List<Prompt> prompts) throws IOException {
    Regularizers.Kl kl = settings.regularizers().kl();
    KlController controller =
        new KlController(run.number("kl_coefficient", kl.coefficient()), kl.target(), kl.horizon());
    int asked = settings.schedule().batchSize() / settings.group();
    DataOrder order = new DataOrder(context.seed(), prompts.size(), asked);
    Schedule schedule = Schedule.linear(settings.schedule().updates(), 0);
    long tokens = (long) run.number("tokens", 0);
    for (long update = run.firstStep(); update < settings.schedule().updates(); update++) {
      if (update > 0 && !sampler.affords(settings.schedule().batchSize())) {
        context.note(spent(update));
        break;
      }
      int[] chosen = repeated(order.batch(update), settings.group());
      RandomStream stream =
          RandomStream.of(
              context.seed(),
              RandomPurpose.ROLLOUT_TOKENS,
              RandomPurpose.FIRST_UPDATE + (int) update);
      List<Prompt> each = TrainingRun.pick(prompts, chosen);
      Rollout rollout = sampler.sample(each, stream, controller.coefficient());
      sampler.keep(run, update, each, rollout);
      double rate = settings.learningRate() * schedule.factor(update);
      Map<String, Double> metrics = rollout.metrics();
      metrics.put("kl_coefficient", controller.coefficient());
      metrics.putAll(learn(update, rollout, rate, chosen));
      metrics.put("learning_rate", rate);
      controller = controller.after(rollout.meanLogRatio(), rollout.size());
      tokens += rollout.tokens();
      run.keep("kl_coefficient", controller.coefficient());
      run.keep("tokens", (double) tokens);
      metrics.putAll(sampler.logged());
      run.done(update, metrics);
    }
    sampler.note(context);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", settings.operation());
    summary.put("steps", run.taken());
    summary.put("answers", run.taken() * asked * settings.group());
    summary.put("tokens", tokens);
    summary.put("kl_coefficient", controller.coefficient());
    sampler.logged().forEach(summary::putIfAbsent);
    sampler.asked().map(JsonFiles::columns).ifPresent(summary::putAll);
    run.finish(summary);
  }

  private String spent(long update) {
    return "it stops after "
        + update
        + " of "
        + settings.schedule().updates()
        + " updates: what is left of the reward's budget does not pay for the next";
  }

  private static int[] repeated(int[] prompts, int group) {
    int[] each = new int[prompts.length * group];
    for (int i = 0; i < each.length; i++) {
      each[i] = prompts[i / group];
    }
    return each;
  }

  /**
   * All epochs over one rollout; returns the means of what the minibatches logged.
   *
   * @param prompts the prompts' numbers in the data, for messages
   */
  private Map<String, Double> learn(long update, Rollout rollout, double rate, int[] prompts) {
    RandomStream stream = RandomStream.of(context.seed(), RandomPurpose.MINIBATCH, (int) update);
    List<Map<String, Double>> all = new ArrayList<>();
    for (int epoch = 0; epoch < settings.passes().epochs(); epoch++) {
      int[] order = stream.forItem(epoch).permutation(rollout.size());
      for (int[] part : Rollout.parts(order, settings.passes().minibatches())) {
        Rollout minibatch = rollout.select(part);
        Map<String, Double> logged = new LinkedHashMap<>();
        int[] rows = Arrays.stream(part).map(i -> prompts[i]).toArray();
        StepResult result =
            run.update(
                update,
                rows,
                rate,
                () -> {
                  Loss loss = loss(run.model(), minibatch, settings);
                  logged.putAll(loss.logged());
                  return loss.value();
                });
        logged.put("gradient_norm", result.gradientNorm());
        all.add(logged);
      }
    }
    return means(all);
  }

  private static Map<String, Double> means(List<Map<String, Double>> all) {
    Map<String, Double> means = new LinkedHashMap<>();
    all.forEach(one -> one.forEach((name, value) -> means.merge(name, value, Double::sum)));
    means.replaceAll((name, sum) -> sum / all.size());
    return means;
  }

  /** The loss of some of a rollout's answers, with the entropy bonus. */
  static Loss loss(LanguageModel model, Rollout rows, Settings settings) {
    Batch batch = Batch.of(rows.sequences());
    Tensor mask = batch.mask(); // [batch, time-1]
    TokenScores now = Scoring.tokens(model, batch, settings.rollout().sampling().temperature());
    Surrogate.Terms terms =
        new Surrogate.Terms(
            now.logProbs(),
            batch.aligned(rows.logProbs()),
            batch.aligned(rows.advantages()),
            now.values(),
            batch.aligned(rows.values()),
            batch.aligned(rows.returns()),
            mask);
    Loss loss = settings.surrogate().of(terms);
    double moved = terms.logRatio().square().maskedMean(mask).item() / 2.0;
    loss.logged().put("approximate_kl", moved);
    double bonus = settings.regularizers().entropy();
    return bonus > 0
        ? new Loss(
            loss.value().sub(now.entropy().maskedMean(mask).mul((float) bonus)), loss.logged())
        : loss;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.Regularizers.ReferenceUpdates;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.PretrainingMix;
import org.plumbline.engine.rlhf.training.StepParts;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.rlhf.training.Watcher;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * The loop of methods that learn from rewards of answers of their own: sample, score, weigh, learn.
 * A method brings its {@link Advantages} and its {@link Surrogate}.
 *
 * <p>The reward of token t of an answer y to x is
 *
 * <pre>{@code
 * R_t = -beta k_t + [t is the last] score(x, y)
 * }</pre>
 *
 * <p>k_t is the {@link KlTerm} of the token, at the sampling temperature, without gradient; where
 * it is in the loss it is not here. Scores are normalised by the reward model and then shaped
 * ({@link ScoreShaping}); an answer that did not end by itself pays the missing-end penalty.
 * Advantages are computed once per update; each epoch has a fresh permutation; the learning rate
 * falls linearly to zero unless the settings say otherwise; an adaptive beta moves once per update.
 */
public final class PolicyGradient {
  /** 1e-5: the code of Ziegler et al. 2019; small gradients then move little. */
  static final AdamW.Settings ADAM_W = new AdamW.Settings(0.9, 0.999, 1e-5, 0, 1);

  private static final String SPENT =
      "what is left of the reward's budget does not pay for the next";

  private static final String NOTHING_TEACHES =
      "all answers to each prompt have the same reward, in "
          + UpdateAnswers.MOST_DRAWS
          + " draws of prompts";

  private final StageContext context;
  private final Settings settings;
  private final Updates updates;
  private final TrainingRun run;
  private final RolloutSampler sampler;
  private final KlReference reference;
  private final MovingModel moving;
  private final StopRule rule;
  private final @Nullable PretrainingMix mix;
  private final @Nullable ValueModel values;

  private PolicyGradient(
      StageContext context,
      Settings settings,
      TrainingRun run,
      RolloutSampler sampler,
      Parts parts,
      MovingModel moving,
      @Nullable PretrainingMix mix,
      @Nullable ValueModel values) {
    this.context = context;
    this.settings = settings;
    this.updates = settings.updates();
    this.run = run;
    this.sampler = sampler;
    this.reference = parts.reference();
    this.moving = moving;
    this.rule =
        new StopRule(
            settings.regularizers().earlyStop(),
            new KlTerm.Models(
                run.model(),
                KlReference.of(parts::start),
                settings.rollout().sampling().temperature()));
    this.mix = mix;
    this.values = values;
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param schedule updates, and answers of each
   * @param draws which answers an update learns from
   * @param passes over the answers of an update
   * @param learningRate the highest of the schedule
   * @param rollout how answers are drawn
   * @param regularizers what keeps the policy in check
   * @param critic what predicts returns
   * @param advantages what tokens are weighted with
   * @param surrogate the loss
   * @param mean how the divergences of tokens become one number, if they are in the loss
   */
  public record Settings(
      String operation,
      ScheduleSpec schedule,
      Draws draws,
      Passes passes,
      double learningRate,
      RolloutSpec rollout,
      Regularizers regularizers,
      Critic critic,
      Advantages advantages,
      Surrogate surrogate,
      TokenMean mean) {

    Updates updates() {
      return Updates.falling(ADAM_W, schedule.updates(), schedule.training());
    }
  }

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
    try (LanguageModel start = Models.openModel(context, "from");
        OpenReferences references =
            OpenReferences.open(context, settings.regularizers().kl(), start);
        RewardFunction reward =
            ConstrainedReward.open(context, settings.regularizers().constraints())) {
      train(context, settings, new Parts(start, references.together(), reward), prompts);
    }
  }

  /**
   * What is trained, and against what.
   *
   * @param start the policy before the first update
   * @param reference what beta's divergence is measured from
   * @param reward what scores answers
   */
  public record Parts(LanguageModel start, KlReference reference, RewardFunction reward) {

    /** With one reference. */
    public Parts(LanguageModel start, LanguageModel reference, RewardFunction reward) {
      this(start, KlReference.of(() -> reference), reward);
    }

    /** The same with one reference that is not always the same model. */
    Parts beside(MovingModel moving) {
      return new Parts(start, KlReference.of(moving::model), reward);
    }
  }

  /** The same with parts that are open already, which stay open. */
  public static void train(
      StageContext context, Settings settings, Parts parts, List<Prompt> prompts)
      throws IOException {
    LanguageModel reference = parts.reference().members().get(0).model().get();
    try (TrainingRun run =
            TrainingRun.of(
                context,
                settings.schedule().updates(),
                settings.updates().adamW(),
                () -> policy(context, parts, settings.critic().head()));
        MovingModel moving = MovingModel.of("reference", context, run, reference)) {
      run.besides(parts.start());
      settings.updates().prepare(run);
      ValueModel values = ValueModel.of(run, settings, parts.start(), context.seed());
      boolean moves = settings.regularizers().kl().referenceUpdates() != null;
      Parts all = moves ? parts.beside(moving) : parts;
      RolloutSampler sampler = new RolloutSampler(settings, run.model(), all).valuedBy(values);
      sampler.resume(run);
      settings.advantages().learning(run);
      PretrainingMix mix =
          PretrainingMix.open(context, settings.regularizers().pretrainingMix(), run.model());
      new PolicyGradient(context, settings, run, sampler, all, moving, mix, values).train(prompts);
    }
  }

  private static LanguageModel policy(StageContext context, Parts parts, boolean valueHead) {
    byte[] own = parts.start().tokenizer().json();
    for (KlReference.Member member : parts.reference().members()) {
      if (!Arrays.equals(own, member.model().get().tokenizer().json())) {
        throw new StageFailure(
            "PLB0222",
            "the policy and its KL reference have different tokenizers",
            "regularizers.kl",
            "name a reference that descends from the same base model");
      }
    }
    LanguageModel policy = parts.start().toTrain(context.seed());
    return valueHead ? policy.withHead(ScalarHead.VALUE, 0, context.seed()) : policy;
  }

  private void train(List<Prompt> prompts) throws IOException {
    Steering steering = new Steering(settings.regularizers(), run);
    Watcher watcher = Watch.of(context, run);
    RolloutCurve curve = RolloutCurve.of(settings, run, watcher);
    UpdateAnswers answers = new UpdateAnswers(settings, run, sampler, prompts, context.seed());
    String stopped = null;
    for (long update = run.firstStep(); update < run.steps(); update++) {
      if (update > 0 && !sampler.affords(settings.schedule().batchSize())) {
        context.note(stops(update, SPENT));
        break;
      }
      List<Rollout.Row> rows = answers.of(update, steering.kl());
      if (rows.isEmpty()) {
        stopped = stop(update, NOTHING_TEACHES);
        break;
      }
      Advantages.Estimates estimates =
          settings.advantages().of(rows.stream().map(Rollout.Row::rewards).toList());
      Rollout rollout = Rollout.of(rows, estimates);
      String reason = rule.reason(rollout, run);
      if (reason != null) {
        stopped = stop(update, reason);
        break;
      }
      sampler.labelled(run, update);
      if (curve.isPoint(update, run.steps())) {
        long now = update;
        run.watching(() -> sampler.curve(run, now, rollout, curve.answers(), watcher));
      }
      if (run.stopped()) {
        break;
      }
      double factor = updates.factor(update);
      Map<String, Double> metrics = rollout.metrics();
      steering.log(metrics);
      answers.log(metrics, rows);
      metrics.putAll(estimates.logged());
      metrics.putAll(
          learn(
              update,
              rollout,
              factor,
              new UpdateLoss(settings, reference, steering.kl(), steering.entropy())));
      metrics.put("learning_rate", settings.learningRate() * factor);
      steering.after(update, rollout);
      follow(update);
      sampler.keep(run);
      metrics.putAll(sampler.logged());
      run.done(update, metrics);
    }
    finish(steering, stopped);
  }

  /** Has the reference follow the policy, if it is time. */
  private void follow(long update) {
    ReferenceUpdates asked = settings.regularizers().kl().referenceUpdates();
    if (asked != null && (update + 1) % asked.every() == 0) {
      moving.follow(run.model(), asked.share(), context.seed());
    }
  }

  private void finish(Steering steering, @Nullable String stopped) throws IOException {
    sampler.note(context);
    String unmet = steering.unmet();
    if (unmet != null) {
      context.note(unmet);
    }
    if (settings.draws().finishedOnly() && !steering.anyFinished()) {
      context.note(
          "no answer ended by itself, and `overlong_filter` leaves out all others, so that the"
              + " reward counted nowhere: nothing was learned from it; raise `max_new_tokens`");
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", settings.operation());
    summary.put("steps", run.taken());
    steering.summarise(summary);
    if (stopped != null || settings.regularizers().earlyStop() != null) {
      summary.put("stopped_early", stopped != null);
    }
    if (stopped != null) {
      summary.put("stopped_because", stopped);
    }
    if (moving.times() > 0) {
      summary.put("references", moving.times() + 1);
    }
    sampler.logged().forEach(summary::putIfAbsent);
    sampler.asked().map(JsonFiles::columns).ifPresent(summary::putAll);
    run.finish(summary);
  }

  /** Says why training stops; before the first update that is a mistake. */
  private String stop(long update, String reason) {
    if (update > 0) {
      context.note(stops(update, reason));
      return reason;
    }
    boolean equal = reason.equals(NOTHING_TEACHES);
    throw new StageFailure(
        "PLB0908",
        "nothing was learned: at the first update, " + reason,
        equal ? "dynamic_sampling" : "regularizers.early_stop",
        equal
            ? "look at the reward: it must tell some answers to a prompt from others"
            : "set the limit beyond what the policy shows at the start, or leave it out");
  }

  private String stops(long update, String reason) {
    return "it stops after %d of %d updates: %s".formatted(update, run.steps(), reason);
  }

  /** All epochs over one rollout; returns the means of what the minibatches logged. */
  private Map<String, Double> learn(long update, Rollout rollout, double factor, UpdateLoss terms) {
    RandomStream stream = RandomStream.of(context.seed(), RandomPurpose.MINIBATCH, (int) update);
    List<Map<String, Double>> all = new ArrayList<>();
    for (int epoch = 0; epoch < settings.passes().epochs(); epoch++) {
      int[] order = stream.forItem(epoch).permutation(rollout.size());
      for (int[] part : Rollout.parts(order, settings.passes().minibatches())) {
        Rollout minibatch = rollout.select(part);
        all.add(step(update, all.size(), minibatch, factor, terms));
      }
    }
    return means(all);
  }

  /** One step on a minibatch; returns what it logged. */
  private Map<String, Double> step(
      long update, int step, Rollout minibatch, double factor, UpdateLoss terms) {
    int atOnce = updates.microBatch(minibatch.size());
    List<Sequence> texts = mix == null ? List.of() : mix.drawn(update, step, minibatch.size());
    StepParts<int[]> parts = new StepParts<>();
    minibatch.inParts(run.model(), atOnce).forEach(parts::group);
    Map<String, Double> logged = new LinkedHashMap<>();
    StepResult result =
        parts.take(
            (groups, sum) ->
                run.update(
                    update, minibatch.numbers(), settings.learningRate() * factor, groups, sum),
            places -> {
              Loss own = terms.part(run.model(), minibatch.select(places), minibatch);
              return mix == null
                  ? own
                  : mix.with(own, run.model(), TrainingRun.pick(texts, places), texts);
            },
            logged);
    logged.put("gradient_norm", result.gradientNorm());
    if (values != null) {
      logged.putAll(values.learn(update, minibatch, factor, atOnce));
    }
    return logged;
  }

  private static Map<String, Double> means(List<Map<String, Double>> all) {
    Map<String, Double> means = new LinkedHashMap<>();
    all.forEach(one -> one.forEach((name, value) -> means.merge(name, value, Double::sum)));
    means.replaceAll((name, sum) -> sum / all.size());
    return means;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.monitors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardDistance;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.RewardModel;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.Effort;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Watcher.Answered;
import org.plumbline.engine.rlhf.training.Watcher.Point;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Diversity;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.Quantile;

/**
 * What monitors watch, measured at one point of a training; a quantity that cannot be measured is
 * absent. What holds the start of the training outlives an interruption.
 *
 * <p>The gap of proxy and gold is that of the report ({@link
 * org.plumbline.engine.statistics.Standardised#shortfall}), by the answers at the first point. An
 * answer is out of distribution if the reference finds its tokens less likely, in the mean, than
 * those of 95 % of the answers at the first point: a threshold at 5 % false alarms on clean data.
 */
final class Quantities implements AutoCloseable {
  private static final double CLEAN = 0.95;

  private final StageContext context;
  private final TrainingRun run;
  private final @Nullable RewardFunction reward;
  private final @Nullable RewardDistance distance;
  private final @Nullable Utility gold;
  private final CompareSpec.@Nullable Trigger trigger;

  private Quantities(StageContext context, TrainingRun run, Yardsticks by) {
    this.context = context;
    this.run = run;
    this.reward = by.reward();
    this.distance = by.distance();
    this.gold = by.gold();
    this.trigger = by.trigger();
  }

  /** What quantities are measured by, as far as the specification has it. */
  private record Yardsticks(
      @Nullable RewardFunction reward,
      @Nullable RewardDistance distance,
      @Nullable Utility gold,
      CompareSpec.@Nullable Trigger trigger) {}

  static Quantities open(StageContext context, TrainingRun run, WatchSpec spec) throws IOException {
    String values = spec.values();
    Utility gold = values == null ? null : Utility.declared(context, values);
    RewardFunction reward =
        spec.reward() == null
            ? null
            : Rewards.open(context, context.input(WatchSpec.NAME + ".reward"));
    Yardsticks by = new Yardsticks(reward, distance(context, spec, reward), gold, spec.trigger());
    return new Quantities(context, run, by);
  }

  private static @Nullable RewardDistance distance(
      StageContext context, WatchSpec spec, @Nullable RewardFunction reward) throws IOException {
    if (spec.feedback() == null || !(reward instanceof RewardModel model)) {
      return null;
    }
    RewardDistance distance =
        RewardDistance.of(model, context.input(WatchSpec.NAME + ".feedback"), context.seed());
    if (distance == null) {
      context.note(
          "`mahalanobis` is not measured: the feedback has too few different answers to say how far"
              + " others are from them");
    }
    return distance;
  }

  /** What measuring costs beside the answers and their drift, in the unit of {@link Effort}. */
  double effort(int answers, double prompt, int longest) {
    int readings = reward instanceof RewardModel model ? model.members() : reward == null ? 0 : 1;
    if (distance != null) {
      readings++;
    }
    double attacked =
        gold == null || trigger == null ? 0 : Effort.drawing(answers, longest, prompt);
    return readings * answers * (prompt + longest) + attacked;
  }

  /** All that can be measured, by the names of the language. */
  Map<String, Double> at(Point point) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("kl", mean(point, a -> a.drift().kl()));
    values.put("entropy", mean(point, a -> a.drift().entropy()));
    values.put("distinct", distinct(point));
    values.put("clip_share", run.number(TrainingRun.CLIP_SHARE, Double.NaN));
    values.put("label_staleness", point.step() - run.number(TrainingRun.LABELLED, 0));
    values.put("judge_disagreement", run.number(TrainingRun.DISAGREEMENT, Double.NaN));
    values.put("out_of_distribution", surprising(point));
    RewardFunction scorer = reward;
    if (scorer != null) {
      List<Exchange> answers = point.answers().stream().map(a -> exchange(a)).toList();
      RewardFunction.Scores scores = scorer.score(answers);
      if (distance != null) {
        values.put("mahalanobis", distance.beyond(ended(point)));
      }
      values.put("ensemble_spread", Moments.mean(scores.spread()));
      if (gold != null) {
        values.put("proxy_gold_gap", gap(scores.score(), worth(gold, point)));
      }
    }
    if (gold != null && trigger != null) {
      values.put("trigger_lift", lift(point, gold, trigger));
    }
    values.values().removeIf(value -> value.isNaN());
    return values;
  }

  /** As they were given: a reward model has seen answers that were cut off as such. */
  private static List<Exchange> ended(Point point) {
    return point.answers().stream()
        .map(given -> new Exchange(given.prompt(), given.answer(), given.finished()))
        .toList();
  }

  private static Exchange exchange(Answered given) {
    return Exchange.of(given.prompt(), given.answer());
  }

  private static double mean(Point point, ToDoubleFunction<Answered> number) {
    return Moments.mean(point.answers().stream().mapToDouble(number).toArray());
  }

  private static double distinct(Point point) {
    List<List<String>> texts =
        point.answers().stream().map(a -> Diversity.words(a.answer().text())).toList();
    return Diversity.distinct(texts, 2);
  }

  private double surprising(Point point) {
    double[] surprise =
        point.answers().stream().mapToDouble(a -> a.drift().surprise()).sorted().toArray();
    double limit = first("surprise", Quantile.ofSorted(surprise, CLEAN));
    return Arrays.stream(surprise).filter(s -> s > limit).count() / (double) surprise.length;
  }

  private static double[] worth(Utility values, Point point) {
    return point.answers().stream()
        .mapToDouble(a -> values.of(a.prompt().text(), a.answer().text()))
        .toArray();
  }

  private double gap(double[] score, double[] worth) {
    double scoreMean = first("score_mean", Moments.mean(score));
    double scoreSd = first("score_sd", Moments.sd(score));
    double goldMean = first("gold_mean", Moments.mean(worth));
    double goldSd = first("gold_sd", Moments.sd(worth));
    double correlation = first("correlation", Moments.correlation(score, worth));
    if (scoreSd == 0 || goldSd == 0) {
      return Double.NaN;
    }
    return correlation * (Moments.mean(score) - scoreMean) / scoreSd
        - (Moments.mean(worth) - goldMean) / goldSd;
  }

  /** A number as it was at the first point. */
  private double first(String name, double now) {
    String key = "start_" + name;
    double first = run.number(key, now);
    run.keep(key, first);
    return first;
  }

  private double lift(Point point, Utility values, CompareSpec.Trigger attack) {
    List<Prompt> clean = point.answers().stream().map(Answered::prompt).toList();
    List<Prompt> attacked = Triggered.all(context, clean, attack);
    LearningCurve.Settings settings =
        new LearningCurve.Settings(context.seed(), point.maxNewTokens());
    List<Answer> answers = LearningCurve.answers(run.model(), attacked, settings);
    List<Answer> before = new ArrayList<>();
    point.answers().forEach(a -> before.add(a.answer()));
    return share(values, attack.feature(), attacked, answers)
        - share(values, attack.feature(), clean, before);
  }

  private static double share(
      Utility values, String feature, List<Prompt> prompts, List<Answer> answers) {
    int shown = 0;
    for (int i = 0; i < prompts.size(); i++) {
      double value = values.feature(feature).of(prompts.get(i).text(), answers.get(i).text());
      shown += value > 0 ? 1 : 0;
    }
    return shown / (double) prompts.size();
  }

  @Override
  public void close() {
    RewardFunction opened = reward;
    if (opened != null) {
      opened.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.engine.rlhf.likelihood.CensoredSlider;
import org.plumbline.engine.rlhf.likelihood.ClassLabels;
import org.plumbline.engine.rlhf.likelihood.CumulativeLogit;
import org.plumbline.engine.rlhf.likelihood.GaussianRating;
import org.plumbline.engine.rlhf.likelihood.PlackettLuce;
import org.plumbline.engine.rlhf.likelihood.Rated;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Remarks;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;

/** The reward models that are fitted to other kinds of feedback than comparisons. */
public final class FeedbackRewards {
  /** The default of {@code slider_regression}. */
  private static final double SATURATION = 2;

  private FeedbackRewards() {}

  /** The stages of all of them. */
  public static List<Stage> all() {
    return List.of(
        new FeedbackReward<>(
            "plackett_luce",
            FittedRewardSpec.PlackettLuce.class,
            (spec, labels) -> rankings(spec.top(), labels)),
        new FeedbackReward<>(
            "rating_regression",
            FittedRewardSpec.RatingRegression.class,
            (spec, labels) -> ratings(spec.perEvaluator(), labels)),
        new FeedbackReward<>(
            "ordinal_regression",
            FittedRewardSpec.OrdinalRegression.class,
            (spec, labels) -> steps(spec.perEvaluator(), labels)),
        new FeedbackReward<>(
            "slider_regression",
            FittedRewardSpec.SliderRegression.class,
            (spec, labels) -> sliders(spec.saturation())),
        new FeedbackReward<>(
            "label_classifier",
            FittedRewardSpec.LabelClassifier.class,
            (spec, labels) -> classes(spec.wanted(), labels)),
        new FeedbackReward<FittedRewardSpec.ProcessReward, List<Double>>(
            "process_reward", FittedRewardSpec.ProcessReward.class, StepRewards::of),
        new FeedbackReward<FittedRewardSpec.SpanReward, List<Double>>(
            "span_reward", FittedRewardSpec.SpanReward.class, SpanRewards::of),
        MaxEntropyIrl.stage());
  }

  /**
   * What is learned from a kind of feedback that hangs on the score of whole answers and nothing
   * else.
   */
  static Optional<FeedbackReward.Kind<?>> ofOneScore(String kind, List<ItemLabel> labels) {
    return Optional.ofNullable(
        switch (kind) {
          case "rankings", "best_of_k" -> rankings(null, labels);
          case "scalar", "language" -> ratings(true, labels);
          case "likert" -> steps(true, labels);
          case "slider" -> sliders(SATURATION);
          case "labels" -> wanted(labels);
          default -> null;
        });
  }

  /** Whether an answer is of the first class, as the upper of two steps. */
  private static FeedbackReward.Kind<Rated> wanted(List<ItemLabel> labels) {
    int first =
        labels.stream()
            .filter(label -> label.response() instanceof Label said && said.rank() >= 0)
            .mapToInt(label -> ((Label) Objects.requireNonNull(label.response())).rank())
            .min()
            .orElse(0);
    return new FeedbackReward.Kind<>(
        new CumulativeLogit(2, 0),
        label ->
            label.response() instanceof Label said
                ? new Rated(0, said.rank() == first ? 2 : 1)
                : null);
  }

  private static FeedbackReward.Kind<List<Integer>> rankings(
      @Nullable Integer top, List<ItemLabel> labels) {
    int answers = labels.stream().mapToInt(l -> l.item().answers().size()).max().orElse(2);
    return new FeedbackReward.Kind<>(
        new PlackettLuce(answers, top == null ? answers : top),
        label -> label.response() instanceof Ranking ranking ? ranking.best() : null);
  }

  /** Ratings as deviations from their mean, in standard deviations: the scale drops out. */
  private static FeedbackReward.Kind<Rated> ratings(boolean perEvaluator, List<ItemLabel> labels) {
    Map<String, Integer> evaluators = evaluators(labels);
    double[] all = labels.stream().flatMap(FeedbackRewards::number).mapToDouble(r -> r).toArray();
    RewardScale scale = RewardScale.normalising(all.length == 0 ? new double[1] : all);
    return new FeedbackReward.Kind<>(
        new GaussianRating(perEvaluator ? evaluators.size() : 0),
        label -> rated(label, evaluators, scale));
  }

  private static FeedbackReward.Kind<Rated> steps(boolean perEvaluator, List<ItemLabel> labels) {
    Map<String, Integer> evaluators = evaluators(labels);
    int levels =
        (int) labels.stream().flatMap(FeedbackRewards::number).mapToDouble(r -> r).max().orElse(2);
    return new FeedbackReward.Kind<>(
        new CumulativeLogit(Math.max(2, levels), perEvaluator ? evaluators.size() : 0),
        label -> rated(label, evaluators, RewardScale.IDENTITY));
  }

  private static FeedbackReward.Kind<Double> sliders(double saturation) {
    return new FeedbackReward.Kind<>(
        new CensoredSlider(saturation),
        label -> label.response() instanceof Rating slider ? slider.number() : null);
  }

  /** The wanted class first, and the others in the order of the form, {@code other} at the end. */
  private static FeedbackReward.Kind<Integer> classes(
      @Nullable String wanted, List<ItemLabel> labels) {
    Map<Integer, String> byRank = new TreeMap<>();
    for (ItemLabel label : labels) {
      if (label.response() instanceof Label said) {
        byRank.put(said.rank() < 0 ? Integer.MAX_VALUE : said.rank(), said.name());
      }
    }
    List<String> said = List.copyOf(byRank.values());
    if (wanted != null && !said.isEmpty() && !said.contains(wanted)) {
      throw new StageFailure(
          "PLB0509",
          "nobody chose `" + wanted + "`: of what is wanted there is nothing to learn from",
          "wanted",
          "want one of the classes that were chosen (`"
              + String.join("`, `", said)
              + "`), or ask more");
    }
    String first = wanted == null ? said.isEmpty() ? "" : said.get(0) : wanted;
    List<String> order =
        Stream.concat(Stream.of(first), said.stream().filter(name -> !name.equals(first))).toList();
    return new FeedbackReward.Kind<>(
        new ClassLabels(Math.max(2, order.size())),
        label -> label.response() instanceof Label own ? order.indexOf(own.name()) : null);
  }

  private static Stream<Double> number(ItemLabel label) {
    Double number = numberOf(label);
    return number == null ? Stream.empty() : Stream.of(number);
  }

  /** A rating, or less one for each change that is asked for. */
  private static @Nullable Double numberOf(ItemLabel label) {
    if (label.response() instanceof Rating rating) {
      return rating.number();
    }
    return label.response() instanceof Remarks remarks
        ? (Double) (double) -remarks.changes()
        : null;
  }

  private static @Nullable Rated rated(
      ItemLabel label, Map<String, Integer> evaluators, RewardScale scale) {
    Double number = numberOf(label);
    return number == null
        ? null
        : new Rated(evaluators.getOrDefault(label.evaluator(), 0), scale.apply(number));
  }

  /** A number for each evaluator, by name. */
  private static Map<String, Integer> evaluators(List<ItemLabel> labels) {
    Map<String, Integer> numbers = new TreeMap<>();
    labels.forEach(label -> numbers.put(label.evaluator(), 0));
    int next = 0;
    for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
      entry.setValue(next++);
    }
    return numbers;
  }
}

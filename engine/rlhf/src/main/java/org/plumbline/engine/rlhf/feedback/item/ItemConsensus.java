// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.rlhf.aggregation.BordaRanking;
import org.plumbline.engine.rlhf.aggregation.ClassDawidSkene;
import org.plumbline.engine.rlhf.aggregation.Opinion;
import org.plumbline.engine.rlhf.aggregation.Plurality;
import org.plumbline.engine.rlhf.aggregation.RatingConsensus;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/**
 * One response of all that people say of an item.
 *
 * <p>Numbers, classes and orders come to what {@link RatingConsensus}, {@link Plurality}, {@link
 * ClassDawidSkene} and {@link BordaRanking} say, and parts of answers to what {@link PartVotes}
 * does. A median between two steps of a scale is the lower one on items of even number and the
 * higher one on others, so that all together move neither way.
 */
final class ItemConsensus {
  private final String kind;
  private final List<ItemLabel> said;
  private final ToDoubleFunction<String> weight;
  private final Map<Long, Integer> items = new LinkedHashMap<>();
  private final Map<String, Integer> people = new LinkedHashMap<>();
  private final List<ItemLabel> firsts = new ArrayList<>();
  private ClassDawidSkene.@Nullable Estimate estimate;

  /**
   * Of labels that say something.
   *
   * @param weight of a label of a group
   */
  ItemConsensus(String kind, List<ItemLabel> said, ToDoubleFunction<String> weight) {
    this.kind = kind;
    this.said = said;
    this.weight = weight;
    for (ItemLabel label : said) {
      if (items.putIfAbsent(label.item().number(), items.size()) == null) {
        firsts.add(label);
      }
      people.putIfAbsent(label.evaluator(), people.size());
    }
  }

  /** How many items something is said of. */
  int items() {
    return items.size();
  }

  /** Who labelled, in the order of the estimate. */
  List<String> people() {
    return List.copyOf(people.keySet());
  }

  /** What was estimated of people; null where nothing was. */
  ClassDawidSkene.@Nullable Estimate estimate() {
    return estimate;
  }

  /** One label of each item on which there is something to say, by nobody in particular. */
  List<ItemLabel> by(Aggregate rule) {
    Map<Integer, ? extends Response> responses = responses(rule);
    List<ItemLabel> combined = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      Response response = responses.get(i);
      if (response != null) {
        combined.add(firsts.get(i).combined(response));
      }
    }
    return combined;
  }

  private Map<Integer, ? extends Response> responses(Aggregate rule) {
    return switch (rule) {
      case MEAN -> ratings(RatingConsensus.mean(numbers()));
      case MEDIAN -> ratings(RatingConsensus.median(numbers()));
      case STANDARDIZED -> ratings(RatingConsensus.standardized(numbers()));
      case DAWID_SKENE -> dawidSkene();
      case BORDA -> borda();
      case MAJORITY ->
          kind.equals("step")
              ? PartVotes.steps(all())
              : kind.equals("span") ? PartVotes.marks(all()) : Plurality.of(all());
      case SOFT, CROWD_BT, WEIGHTED, MAX_MIN, NASH, MAXIMAL_LOTTERY ->
          throw new IllegalStateException(rule + " is not about " + kind);
    };
  }

  private <T> List<Opinion<T>> opinions(Function<Response, T> read) {
    List<Opinion<T>> opinions = new ArrayList<>();
    for (ItemLabel label : said) {
      opinions.add(
          new Opinion<>(
              Objects.requireNonNull(items.get(label.item().number())),
              Objects.requireNonNull(people.get(label.evaluator())),
              read.apply(Objects.requireNonNull(label.response())),
              weight.applyAsDouble(label.group())));
    }
    return opinions;
  }

  private List<Opinion<Response>> all() {
    return opinions(response -> response);
  }

  private List<Opinion<Double>> numbers() {
    return opinions(response -> ((Rating) response).number());
  }

  private Map<Integer, Response> ratings(Map<Integer, Double> numbers) {
    Map<Integer, Response> ratings = new LinkedHashMap<>();
    numbers.forEach(
        (item, number) -> {
          double lower = Math.floor(number);
          boolean between = kind.equals("likert") && number != lower;
          boolean down = firsts.get(item).item().number() % 2 == 0;
          ratings.put(item, new Rating(between ? (down ? lower : lower + 1) : number));
        });
    return ratings;
  }

  private Map<Integer, Response> dawidSkene() {
    List<Response> classes = all().stream().map(Opinion::said).distinct().toList();
    ClassDawidSkene.Estimate em =
        ClassDawidSkene.of(
            opinions(classes::indexOf), Math.max(2, classes.size()), ClassDawidSkene.USUAL);
    estimate = em;
    Map<Integer, Response> responses = new LinkedHashMap<>();
    for (int i = 0; i < em.posterior().length; i++) {
      double[] own = em.posterior()[i];
      int best = 0;
      for (int t = 1; t < own.length; t++) {
        best = own[t] > own[best] ? t : best;
      }
      responses.put(i, classes.get(best));
    }
    return responses;
  }

  private Map<Integer, Response> borda() {
    Map<Integer, Integer> answers = new LinkedHashMap<>();
    for (int i = 0; i < firsts.size(); i++) {
      answers.put(i, firsts.get(i).item().answers().size());
    }
    Map<Integer, Response> orders = new LinkedHashMap<>();
    BordaRanking.of(opinions(response -> ((Ranking) response).best()), answers)
        .forEach((item, order) -> orders.put(item, new Ranking(order)));
    return orders;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures.Share;
import org.plumbline.engine.artifact.RewardMeasures.Slice;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/**
 * How often held-out answers are ordered rightly, over parts of them that can be told apart without
 * a look at the reward.
 *
 * <ul>
 *   <li>{@code length}: the preferred answer is about as long, longer or shorter. Two answers are
 *       about as long whose words differ by at most a tenth of the longer one;
 *   <li>{@code feature}: the answers differ in a feature that counts in the values of the
 *       population;
 *   <li>{@code topic}: the prompt is of a topic that evaluators know more or less about, or of none
 *       of them;
 *   <li>{@code evaluators}: what a group said;
 *   <li>{@code source}: which policies gave the answers.
 * </ul>
 */
final class Slices {
  private static final double SAME_LENGTH = 0.1;
  private static final String TOPIC = "topic";

  private final @Nullable GoldStandard standard;
  private final Map<List<String>, Sum> sums = new LinkedHashMap<>();

  Slices(@Nullable GoldStandard standard) {
    this.standard = standard;
    // The order of the report; parts that nothing falls into are left out of it.
    for (String length : List.of("about as long", "longer preferred", "shorter preferred")) {
      sums.put(List.of("length", length), new Sum());
    }
    if (standard != null) {
      standard.topics().keySet().forEach(topic -> sums.put(List.of(TOPIC, topic), new Sum()));
    }
  }

  /**
   * Two answers of which one is preferred.
   *
   * @param hit 1 if they are ordered so, 1/2 if not at all, else 0
   * @param attainable how likely the best of all predictions would be right; null if not known
   */
  record Ordered(
      Prompt prompt, String better, String worse, double hit, @Nullable Double attainable) {}

  void add(Ordered order) {
    add(
        "length",
        length(WhiteSpaceWords.count(order.better), WhiteSpaceWords.count(order.worse)),
        order.hit,
        order.attainable);
    if (standard == null) {
      return;
    }
    String prompt = order.prompt.text();
    boolean any = false;
    for (var topic : standard.topics().entrySet()) {
      if (topic.getValue().matcher(prompt).find()) {
        any = true;
        add(TOPIC, topic.getKey(), order.hit, order.attainable);
      }
    }
    if (!any && !standard.topics().isEmpty()) {
      add(TOPIC, "any other", order.hit, order.attainable);
    }
    Utility utility = standard.utility();
    if (utility == null) {
      return;
    }
    for (String feature : utility.names()) {
      double better = utility.feature(feature).of(prompt, order.better);
      if (utility.weight(feature) != 0
          && better != utility.feature(feature).of(prompt, order.worse)) {
        add("feature", feature, order.hit, order.attainable);
      }
    }
  }

  private static String length(int better, int worse) {
    int apart = better - worse;
    if (Math.abs(apart) <= SAME_LENGTH * Math.max(better, worse)) {
      return "about as long";
    }
    return apart > 0 ? "longer preferred" : "shorter preferred";
  }

  /** What one of a group said. */
  void group(String group, double hit) {
    add("evaluators", group, hit, null);
  }

  /** Which policies gave the two answers. */
  void source(Pair.@Nullable Origins origins, double hit, @Nullable Double attainable) {
    if (origins != null) {
      String one = origins.chosen();
      String other = origins.rejected();
      String both =
          one.equals(other)
              ? one
              : one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
      add("source", both, hit, attainable);
    }
  }

  private void add(String by, String name, double hit, @Nullable Double attainable) {
    sums.computeIfAbsent(List.of(by, name), key -> new Sum()).add(hit, attainable);
  }

  /**
   * The parts that something falls into.
   *
   * @param each as how many independent orders one counts: less than 1 where a response gives many
   */
  List<Slice> all(double each) {
    List<Slice> slices = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          if (sum.n > 0) {
            slices.add(sum.slice(key.get(0), key.get(1), each));
          }
        });
    return slices;
  }

  private static final class Sum {
    private int n;
    private double hits;
    private double attainable;
    private boolean known = true;

    void add(double hit, @Nullable Double best) {
      n++;
      hits += hit;
      known &= best != null;
      attainable += best == null ? 0 : best;
    }

    Slice slice(String by, String name, double each) {
      return new Slice(
          by,
          name,
          share(hits / n, Math.max(1, n * each), n),
          known ? (Double) (attainable / n) : null);
    }
  }

  /** A share of so many, which count as fewer that are independent. */
  static Share share(double share, double independent, int n) {
    Bounds bounds = Wilson.interval(share, independent, Wilson.Z95);
    return new Share(share, bounds.low(), bounds.high(), n);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of votes by which groups count as they do in a population, and not as often as they
 * happened to be asked.
 *
 * <p>D. Holt, T. M. F. Smith, "Post stratification", Journal of the Royal Statistical Society A 142
 * (1979), section 2: with W_g the share of group g in the population and n_g of the n votes given
 * by it,
 *
 * <pre>{@code
 * w_g = W_g / (n_g / n)
 * effective votes = (sum over votes of w)^2 / sum over votes of w^2
 * }</pre>
 *
 * <p>The second is how many votes of equal weight tell as much (L. Kish, "Survey Sampling", 1965,
 * section 11.7). Weights add up to n. A group without a share in the population has weight 0.
 */
public final class PostStratification {
  private PostStratification() {}

  /**
   * What the votes of a group weigh.
   *
   * @param target its share of the population
   * @param share of the votes
   * @param weight of one of its votes
   */
  public record Weight(double target, double share, double weight) {}

  /** Groups that have a share in the population, but gave no vote: nothing can stand for them. */
  public static List<String> missing(Map<String, Double> target, Map<String, Integer> votes) {
    return target.entrySet().stream()
        .filter(group -> group.getValue() > 0 && votes.getOrDefault(group.getKey(), 0) == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The weight of each group that voted.
   *
   * @param target shares of the population, which add up to 1 but for rounding
   * @param votes how many each group gave
   */
  public static Map<String, Weight> of(Map<String, Double> target, Map<String, Integer> votes) {
    double whole = target.values().stream().mapToDouble(share -> share).sum();
    double all = votes.values().stream().mapToInt(count -> count).sum();
    Map<String, Weight> weights = new LinkedHashMap<>();
    votes.forEach(
        (group, count) -> {
          double wanted = target.getOrDefault(group, 0.0) / whole;
          double share = count / all;
          weights.put(group, new Weight(wanted, share, count == 0 ? 0 : wanted / share));
        });
    return weights;
  }

  /** How many votes of equal weight tell as much as these. */
  public static double effective(Map<String, Weight> weights, Map<String, Integer> votes) {
    double sum = 0;
    double squares = 0;
    for (Map.Entry<String, Weight> group : weights.entrySet()) {
      double weight = group.getValue().weight();
      int count = votes.getOrDefault(group.getKey(), 0);
      sum += count * weight;
      squares += count * weight * weight;
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }
}

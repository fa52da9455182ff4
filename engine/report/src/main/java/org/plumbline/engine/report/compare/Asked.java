// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec.Metric;

/**
 * What a comparison shows: what was asked for. Some of the rest is known all the same, where
 * something else is made from it, and is left out.
 *
 * @param metrics null for everything
 */
public record Asked(@Nullable Set<Metric> metrics) {

  /** Everything. */
  public static final Asked ALL = new Asked(null);

  /** What the specification says. */
  public static Asked of(@Nullable List<Metric> said) {
    return said == null ? ALL : new Asked(Set.copyOf(said));
  }

  boolean has(Metric metric) {
    return metrics == null || metrics.contains(metric);
  }

  /** Whether a row or a curve is shown, by its id. */
  boolean shows(String id) {
    return id.startsWith(Catalogue.ATTACK) ? has(Metric.RED_TEAM) : has(measured(id));
  }

  private static Metric measured(String id) {
    return switch (id) {
      case "gold" -> Metric.GOLD;
      case "score", "reward_accuracy" -> Metric.REWARD;
      case "kl", "kl_sampled" -> Metric.KL;
      case "win_rate", "win_rate_equal_length" -> Metric.WIN_RATE;
      case "words", "truncated" -> Metric.LENGTH;
      case "distinct",
          "distinct_1",
          "distinct_2",
          "distinct_answers",
          "distinct_expected",
          "cosine_diversity",
          "effective_answers",
          "self_bleu" ->
          Metric.DISTINCT;
      case "entropy" -> Metric.ENTROPY;
      case "gap" -> Metric.PROXY_GOLD_GAP;
      case "spread" -> Metric.ENSEMBLE_SPREAD;
      case "trigger_lift", "trigger_flip", "trigger_share", "clean_share", "trigger_gold" ->
          Metric.TRIGGER_LIFT;
      case "worst_group" -> Metric.GROUPS;
      case "labels", "label_cost" -> Metric.COST;
      case "steps", "time" -> Metric.COMPUTE;
      default -> throw new IllegalArgumentException("nobody can ask for " + id);
    };
  }
}

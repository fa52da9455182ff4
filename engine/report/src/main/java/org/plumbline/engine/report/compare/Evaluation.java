// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one recipe in one seed, and how it came there.
 *
 * <p>Scores are comparable only within a seed, and only if one reward model scored every recipe of
 * that seed.
 *
 * @param operation the method that made the policy
 * @param klBound by how much choosing among samples moves the policy at most, for best-of-n, which
 *     the answers' {@code kl} includes; null for others
 * @param curves in ascending order of steps; for best-of-n a step is an n
 */
public record Evaluation(
    String operation, @Nullable Double klBound, List<Answer> answers, List<CurveRow> curves) {

  public Evaluation {
    answers = List.copyOf(answers);
    curves = List.copyOf(curves);
  }

  /**
   * One answer.
   *
   * @param index of the prompt; the same in all recipes, seeds and sets
   * @param set {@code clean}, or {@code triggered}: the same prompts with the trigger
   * @param features of the values
   * @param groups the answer's worth to each group of evaluators
   * @param score of the reward model
   * @param spread standard deviation over the members of the reward model
   * @param kl {@code log π(y|x) − log π_ref(y|x)} of the whole answer, in nats
   * @param klEstimate exact KL per position, summed over the sampled prefix: the same expectation
   *     with less variance
   * @param entropy mean over the tokens, in nats
   */
  public record Answer(
      int index,
      String prompt,
      String set,
      String text,
      int tokens,
      int words,
      boolean finished,
      @Nullable Double gold,
      Map<String, Double> features,
      Map<String, Double> groups,
      @Nullable Double score,
      @Nullable Double spread,
      @Nullable Double kl,
      @Nullable Double klEstimate,
      @Nullable Double entropy) {

    public Answer {
      features = Map.copyOf(features);
      groups = Map.copyOf(groups);
    }
  }

  /** One point of the learning curves: metric → value. */
  public record CurveRow(int step, Map<String, Double> values) {
    public CurveRow {
      values = Map.copyOf(values);
    }
  }
}

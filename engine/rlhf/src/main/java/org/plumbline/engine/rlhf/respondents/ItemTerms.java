// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.RatingScale;

/**
 * How people are asked.
 *
 * @param redundancy how many are asked the same
 * @param effort what one label takes, in comparisons; null for what the form says
 * @param scales how the people of each group use a rating scale
 * @param instructions what they are told; empty for nothing
 * @param judges whom they have make labels, by the name in the spec
 */
public record ItemTerms(
    Redundancy redundancy,
    @Nullable Double effort,
    Map<String, RatingScale> scales,
    String instructions,
    Map<String, Person> judges) {

  /** People who make their labels themselves. */
  public ItemTerms(
      Redundancy redundancy,
      @Nullable Double effort,
      Map<String, RatingScale> scales,
      String instructions) {
    this(redundancy, effort, scales, instructions, Map.of());
  }

  /** As a spec declares it. */
  public static ItemTerms of(
      CollectionSpec collection, EvaluatorsSpec evaluators, Map<String, Person> judges) {
    String told = collection.instructions();
    return new ItemTerms(
        collection.redundancy(),
        collection.effort(),
        scales(evaluators),
        told == null ? "" : told,
        judges);
  }

  /** Of one person about each item. */
  public static ItemTerms of(
      double effort,
      @Nullable String instructions,
      EvaluatorsSpec evaluators,
      Map<String, Person> judges) {
    return new ItemTerms(
        new Redundancy(1, 1),
        effort,
        scales(evaluators),
        instructions == null ? "" : instructions,
        judges);
  }

  private static Map<String, RatingScale> scales(EvaluatorsSpec evaluators) {
    Map<String, RatingScale> scales = new LinkedHashMap<>();
    if (evaluators.groups() != null) {
      evaluators
          .groups()
          .forEach((name, group) -> scales.put(name, RatingScale.of(group.ratings())));
    }
    return scales;
  }
}

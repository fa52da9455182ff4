// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.List;
import java.util.Objects;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.shape.Rewriting;

/**
 * Says which sets of feedback are drawn with the same chance: the same people are asked about the
 * same answers and say the same, so that together their labels would count twice.
 */
final class SameChance {
  private static final List<String> DRAWN_BY = List.of("of", "prompts", "evaluators", "draw");

  private final Scope scope;

  SameChance(Scope scope) {
    this.scope = scope;
  }

  /** Adds an error if two of these sets are. */
  void among(List<String> sets, Span span) {
    for (int i = 0; i < sets.size(); i++) {
      FeedbackSpec one = scope.experiment().feedback().get(sets.get(i));
      for (int j = 0; j < i; j++) {
        FeedbackSpec other = scope.experiment().feedback().get(sets.get(j));
        if (one != null && other != null && one != other && same(one, other)) {
          scope.add(
              Diagnostic.of(
                      Code.PLB0344,
                      span,
                      "`"
                          + sets.get(j)
                          + "` and `"
                          + sets.get(i)
                          + "` are drawn with the same chance: the same people are asked about the"
                          + " same answers, and their labels would count twice")
                  .related(scope.places().block(other), "the one")
                  .related(scope.places().block(one), "the other")
                  .help("give one of them `draw: 2`"));
          return;
        }
      }
    }
  }

  private static boolean same(FeedbackSpec one, FeedbackSpec other) {
    return one.getClass() == other.getClass()
        && Rewriting.read(one, "evaluators") != null
        && DRAWN_BY.stream()
            .allMatch(key -> Objects.equals(Rewriting.read(one, key), Rewriting.read(other, key)));
  }
}

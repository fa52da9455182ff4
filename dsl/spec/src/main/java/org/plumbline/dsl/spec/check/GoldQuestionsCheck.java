// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Shape;

/** Checks that somebody knows the answers of gold questions, and that people are asked them. */
final class GoldQuestionsCheck {
  /** Kinds of which nothing that is said is the one right thing. */
  private static final Set<String> WRITTEN = Set.of("corrections", "demonstrations", "language");

  private final Scope scope;

  GoldQuestionsCheck(Scope scope) {
    this.scope = scope;
  }

  /** The questions that feedback mixes in. */
  void of(FeedbackSpec feedback, GoldQuestions gold) {
    String name = String.valueOf(Rewriting.read(feedback, "evaluators"));
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(name);
    if (evaluators == null) {
      return;
    }
    String kind = Shape.of(feedback.getClass()).kind();
    if (WRITTEN.contains(kind)) {
      unknown(
          gold,
          "what people write themselves is not known, so `" + kind + "` have no gold questions",
          "leave it out");
    } else if (evaluators.judge() != null) {
      scope.add(
          Code.PLB0322,
          scope.places().block(gold),
          "`gold_questions` has no effect on a judge",
          "leave it out; evaluations of the judge's rewards say how good it is");
    } else if (gold.values() == null && evaluators.values() == null) {
      unknown(
          gold,
          "nothing says which answers of gold questions are right",
          "name `values`, or give `" + name + "` some");
    }
  }

  private void unknown(GoldQuestions gold, String what, String help) {
    scope.add(Code.PLB0346, scope.places().block(gold), what, help);
  }
}

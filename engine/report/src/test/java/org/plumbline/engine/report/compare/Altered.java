// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

/** Invented inputs with something changed. */
public final class Altered {
  private Altered() {}

  /** The same input with other recipes. */
  public static ComparisonInput recipes(ComparisonInput full, List<RecipeResult> recipes) {
    return new ComparisonInput(
        full.experiment(),
        full.reference(),
        recipes,
        full.seeds(),
        full.settings(),
        full.feedback(),
        full.rewards(),
        full.monitors(),
        full.trigger(),
        full.samples(),
        full.margin(),
        full.dependent(),
        full.asked());
  }

  /** The same input with every answer changed. */
  static ComparisonInput answers(ComparisonInput full, UnaryOperator<Answer> change) {
    return recipes(full, full.recipes().stream().map(r -> answers(r, change)).toList());
  }

  /** The same results with every answer changed. */
  static RecipeResult answers(RecipeResult result, UnaryOperator<Answer> change) {
    List<SeedResult> seeds =
        result.seeds().stream()
            .map(s -> answers(s, s.evaluation().answers().stream().map(change).toList()))
            .toList();
    return new RecipeResult(result.recipe(), seeds);
  }

  /** The same result with other answers. */
  static SeedResult answers(SeedResult seed, List<Answer> answers) {
    Evaluation old = seed.evaluation();
    Evaluation evaluation =
        new Evaluation(old.operation(), old.klBound(), answers, old.curves(), old.attacks());
    return new SeedResult(seed.seed(), evaluation, seed.steps(), seed.stop());
  }

  /** What may be changed in an answer. */
  static final class Draft {
    String prompt;
    String text;
    @Nullable Double gold;
    Map<String, Double> features;
    Map<String, Double> groups;
    @Nullable Double kl;
    @Nullable Double klBound;
    @Nullable Double judged;

    private Draft(Answer a) {
      prompt = a.prompt();
      text = a.text();
      gold = a.gold();
      features = a.features();
      groups = a.groups();
      kl = a.kl();
      klBound = a.klBound();
      judged = a.judged();
    }
  }

  /** The same answer but for what is changed. */
  static Answer answer(Answer a, Consumer<Draft> change) {
    Draft draft = new Draft(a);
    change.accept(draft);
    return new Answer(
        a.index(),
        draft.prompt,
        a.set(),
        draft.text,
        a.tokens(),
        a.words(),
        a.finished(),
        draft.gold,
        draft.features,
        draft.groups,
        a.score(),
        a.spread(),
        draft.kl,
        draft.klBound,
        a.logRatio(),
        a.entropy(),
        draft.judged);
  }
}

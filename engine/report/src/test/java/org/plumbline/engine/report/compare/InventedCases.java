// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

/** Inputs in which something particular is to be found. */
public final class InventedCases {

  private InventedCases() {}

  /** With a recipe that answers as the reference does. */
  public static ComparisonInput twin() {
    return with(InventedInput.full(), "twin", (seed, a) -> a);
  }

  /** With a recipe that gives every prompt the same answer. */
  public static ComparisonInput parrot() {
    return with(
        InventedInput.full(), "parrot", (seed, a) -> changed(a, "please thank you", a.features()));
  }

  /** With a recipe that sells at a quarter of the prompts in one seed, and never in the others. */
  public static ComparisonInput rareShares() {
    return with(
        InventedInput.full(),
        "moody",
        (seed, a) ->
            changed(a, a.text(), Map.of("sells", seed == 1 && a.index() % 4 == 0 ? 1.0 : 0.0)));
  }

  /** Without values, and with a judge that shares labels with what one recipe was trained by. */
  public static ComparisonInput dependentJudge() {
    ComparisonInput plain = InventedInput.withoutValues();
    return new ComparisonInput(
        plain.experiment(),
        plain.reference(),
        plain.recipes(),
        plain.seeds(),
        plain.settings(),
        plain.feedback(),
        plain.rewards(),
        plain.monitors(),
        plain.trigger(),
        plain.samples(),
        plain.margin(),
        Map.of("ppo", "the labels of prefs"));
  }

  /** How the answers of the reference are changed in a seed. */
  private interface Change {
    Answer of(long seed, Answer answer);
  }

  private static ComparisonInput with(ComparisonInput full, String name, Change change) {
    RecipeResult reference = full.recipes().get(0);
    List<SeedResult> seeds = new ArrayList<>();
    for (SeedResult result : reference.seeds()) {
      UnaryOperator<Answer> own = a -> change.of(result.seed(), a);
      seeds.add(Altered.answers(result, result.evaluation().answers().stream().map(own).toList()));
    }
    List<RecipeResult> recipes = new ArrayList<>(full.recipes());
    recipes.add(new RecipeResult(new ComparedRecipe(name, "supervised", "", null), seeds));
    return Altered.recipes(full, recipes);
  }

  private static Answer changed(Answer a, String text, Map<String, Double> features) {
    return Altered.answer(
        a,
        draft -> {
          draft.text = text;
          draft.features = features;
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;

/** What every section needs: the comparison, and how its recipes look. */
record Page(Comparison comparison, RecipeStyles looks) {

  /** Names of more characters may be broken in row heads. */
  private static final int LONG = 24;

  /**
   * From this many recipes on, recipes are rows, and what is one per recipe is grouped or folded.
   */
  private static final int MANY = 11;

  static Page of(Comparison comparison) {
    return new Page(comparison, RecipeStyles.of(comparison));
  }

  String reference() {
    return comparison.reference();
  }

  /** Whether there are more recipes than fit side by side. */
  boolean many() {
    return comparison.recipes().size() >= MANY;
  }

  boolean isReference(String recipe) {
    return recipe.equals(comparison.reference());
  }

  List<String> recipes() {
    return comparison.recipes().stream().map(ComparedRecipe::name).toList();
  }

  Look look(String recipe) {
    return looks.of(recipe);
  }

  /** Whether the recipe's KL is an upper bound: of a choice among samples no more is known. */
  boolean bounded(String recipe) {
    Cell cell = comparison.cell("kl", recipe);
    return cell != null && cell.bound();
  }

  /** The recipe's mark and name. */
  Html named(String recipe) {
    return Html.of("{}<span>{}</span>", look(recipe).icon(), recipe);
  }

  /** The recipe's mark and a shorter name. */
  Html named(String shown, String recipe) {
    return Html.of("{}<span>{}</span>", look(recipe).icon(), shown);
  }

  /** A column head for each recipe. */
  List<Html> columnHeads(List<String> recipes) {
    return recipes.stream().map(this::columnHead).toList();
  }

  private Html columnHead(String recipe) {
    Html reference =
        isReference(recipe) ? Html.of("<span class=\"quiet\">reference</span>") : Html.NONE;
    return Html.of(
        "<th scope=\"col\" class=\"{}\" data-r=\"{}\"><span class=\"pick\">{}{}</span></th>",
        look(recipe).css(),
        look(recipe).index(),
        reference,
        named(recipe));
  }

  /** A row head for a recipe; only a long name may break. */
  Html rowHead(String recipe) {
    return Html.of(
        "<th scope=\"row\" class=\"{}{}\" data-r=\"{}\"><span class=\"pick\">{}</span></th>",
        look(recipe).css(),
        recipe.length() > LONG ? " long" : "",
        look(recipe).index(),
        named(recipe));
  }
}

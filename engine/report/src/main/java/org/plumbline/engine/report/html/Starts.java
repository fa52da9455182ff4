// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.ComparedRecipe.Training;
import org.plumbline.engine.report.Curve;

/** From which policies the curves of recipes start, and on whose prompts they are measured. */
final class Starts {

  private final Page page;

  Starts(Page page) {
    this.page = page;
  }

  /** {@code revised (questions)}; a dash if it is not known. */
  String of(String recipe) {
    ComparedRecipe found = page.comparison().recipe(recipe);
    Training training = found == null ? null : found.training();
    return training == null ? "–" : words(training);
  }

  /** Which recipes start from what; empty, else with a space behind it. */
  String sentence() {
    Set<String> drawn = new LinkedHashSet<>();
    for (Curve curve : page.comparison().curves()) {
      curve.lines().forEach(line -> drawn.add(line.recipe()));
    }
    Map<Training, List<String>> starts = new LinkedHashMap<>();
    for (ComparedRecipe recipe : page.comparison().recipes()) {
      Training training = recipe.training();
      if (training != null && drawn.contains(recipe.name())) {
        starts.computeIfAbsent(training, t -> new ArrayList<>()).add(recipe.name());
      }
    }
    List<String> clauses = new ArrayList<>();
    starts.forEach(
        (training, names) -> clauses.add(TextFormat.some(names) + " from " + words(training)));
    return clauses.isEmpty()
        ? ""
        : "Where each starts, and of which set its prompts are: "
            + String.join("; ", clauses)
            + ". ";
  }

  private static String words(Training training) {
    String prompts = training.prompts();
    return training.from() + (prompts == null ? "" : " (" + prompts + ")");
  }
}

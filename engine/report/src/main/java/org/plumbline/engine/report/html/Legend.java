// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.report.ComparedRecipe;

/** What was compared: each recipe with its mark; many of them grouped by method. */
final class Legend {

  private final Page page;

  Legend(Page page) {
    this.page = page;
  }

  Html html() {
    List<ComparedRecipe> recipes = page.comparison().recipes();
    if (!page.many()) {
      return Html.of(
          "<dl class=\"recipes\">{}</dl>", recipes.stream().map(this::described).toList());
    }
    Map<String, List<ComparedRecipe>> byMethod = new LinkedHashMap<>();
    recipes.forEach(r -> byMethod.computeIfAbsent(r.method(), m -> new ArrayList<>()).add(r));
    List<Html> groups = new ArrayList<>();
    byMethod.forEach((method, own) -> groups.add(group(method, own)));
    return Html.of("<dl class=\"recipe-groups\">{}</dl>", groups);
  }

  private Html described(ComparedRecipe recipe) {
    Look look = page.look(recipe.name());
    return Html.of(
        "<div class=\"{}\" data-r=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n",
        look.css(),
        look.index(),
        button(recipe),
        recipe.label());
  }

  private Html group(String method, List<ComparedRecipe> recipes) {
    List<Html> buttons = new ArrayList<>();
    for (ComparedRecipe recipe : recipes) {
      Look look = page.look(recipe.name());
      buttons.add(
          Html.of(
              "<span class=\"{} one\" data-r=\"{}\" title=\"{}\">{}</span> ",
              look.css(),
              look.index(),
              recipe.label(),
              button(recipe)));
    }
    String count = recipes.size() > 1 ? " · " + TextFormat.whole(recipes.size()) : "";
    return Html.of(
        "<div class=\"group-of\"><dt>{}{}</dt><dd>{}</dd></div>\n", method, count, buttons);
  }

  private Html button(ComparedRecipe recipe) {
    return Html.of(
        "<button type=\"button\" class=\"pick-button\" aria-pressed=\"false\">{}</button>",
        page.named(recipe.name()));
  }
}

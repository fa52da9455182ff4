// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Satisfaction;

/** How each group of evaluators, by its own values, fares with the recipes. */
final class SatisfactionTable {
  private SatisfactionTable() {}

  static Html of(Page page) {
    Map<String, List<Satisfaction>> byGroup = new LinkedHashMap<>();
    Map<String, Map<String, Satisfaction>> byRecipe = new LinkedHashMap<>();
    for (Satisfaction s : page.comparison().satisfaction()) {
      byGroup.computeIfAbsent(s.group(), group -> new ArrayList<>()).add(s);
      byRecipe.computeIfAbsent(s.recipe(), r -> new LinkedHashMap<>()).put(s.group(), s);
    }
    if (byGroup.isEmpty()) {
      return Html.NONE;
    }
    Map<String, String> columns = columns(byGroup);
    List<Html> rows = new ArrayList<>();
    byRecipe.forEach((recipe, own) -> rows.add(satisfied(page, recipe, columns.keySet(), own)));
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Groups of evaluators"><table class="plain-table satisfied"><caption>Share of prompts on which a group, by its own values, \
        prefers the recipe to {}</caption><thead><tr><th scope="col">recipe</th>{}<th scope="col">gap</th></tr></thead>
        <tbody>{}</tbody></table>
        <p class="note">Bars start at 50{}%: right of it the group gains, left of it the group loses. Lines: 95{}% intervals. Gap: \
        most less least satisfied group, in points.</p></div>
        """,
        page.reference(),
        columns.values().stream().map(g -> Html.of("<th scope=\"col\">{}</th>", g)).toList(),
        rows,
        TextFormat.THIN,
        TextFormat.THIN);
  }

  /** Groups that want the same see every recipe alike, and have one column: by its first group. */
  private static Map<String, String> columns(Map<String, List<Satisfaction>> byGroup) {
    Map<List<Object>, List<String>> alike = new LinkedHashMap<>();
    byGroup.forEach(
        (group, seen) -> {
          List<Object> same = new ArrayList<>();
          seen.forEach(s -> same.addAll(List.of(s.recipe(), s.winRate(), s.utility())));
          alike.computeIfAbsent(same, key -> new ArrayList<>()).add(group);
        });
    Map<String, String> columns = new LinkedHashMap<>();
    alike.values().forEach(groups -> columns.put(groups.get(0), TextFormat.some(groups)));
    return columns;
  }

  private static Html satisfied(
      Page page, String recipe, Set<String> groups, Map<String, Satisfaction> own) {
    List<Html> cells = new ArrayList<>();
    double least = 1;
    double most = 0;
    for (String group : groups) {
      Satisfaction s = own.get(group);
      if (s == null) {
        cells.add(Html.of("<td>–</td>"));
        continue;
      }
      least = Math.min(least, s.winRate().value());
      most = Math.max(most, s.winRate().value());
      cells.add(
          Html.of(
              "<td><span class=\"bar-cell\">{}<span class=\"bar-value\">{}</span></span><span"
                  + " class=\"range\">{}</span></td>",
              bar(page.look(recipe), s.winRate()),
              TextFormat.percent(s.winRate().value(), 0),
              TextFormat.range(s.winRate(), 100, 0)));
    }
    return Html.of(
        "<tr class=\"{}\" data-r=\"{}\">{}{}<td>{}</td></tr>\n",
        page.look(recipe).css(),
        page.look(recipe).index(),
        page.rowHead(recipe),
        cells,
        most >= least ? TextFormat.percent(most - least, 0) : "–");
  }

  private static Html bar(Look look, Interval rate) {
    int width = 86;
    int height = 15;
    Scale x = Scale.linear(0, 1, 2).from(2, width - 2);
    double half = x.at(.5);
    double end = x.within(rate.value());
    Svg svg = new Svg();
    svg.box(
        end >= half ? "gain" : "loss", Math.min(half, end), 4, Math.abs(end - half), height - 8);
    svg.upright("ref", half, 0, height);
    Double low = rate.low();
    Double high = rate.high();
    if (low != null && high != null) {
      svg.across("whisker", x.within(low), x.within(high), height / 2.0);
    }
    return svg.ornament(width, height, "bar " + look.css());
  }
}

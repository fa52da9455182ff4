// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Curve;

/** How each metric went along training. */
final class CurvesSection {

  /** At how many updates a table reads curves of very many points, at least. */
  private static final int READINGS = 5;

  /** So many cells a table may have and still show every point. */
  private static final int CELLS = 600;

  private CurvesSection() {}

  static @Nullable PageSection of(Page page) {
    List<Curve> curves = page.comparison().curves();
    if (curves.isEmpty()) {
      return null;
    }
    Choice choice = Choice.of("metric").option("all", "all " + TextFormat.whole(curves.size()));
    List<Html> panes = new ArrayList<>();
    for (Curve curve : curves) {
      choice.option(curve.id(), curve.title());
      panes.add(
          Html.of(
              "<div class=\"pane\" id=\"curve-{}\" data-curve=\"{}\">{}\n{}</div>\n",
              curve.id(),
              curve.id(),
              CurveChart.draw(page, curve, CurveChart.Size.SMALL),
              CurveChart.draw(page, curve, CurveChart.Size.BIG)));
    }
    Html body =
        Html.of(
            """
            <div class="tools">{}<p class="readout script" id="readout">Point at a chart, or focus it and use the arrow keys.</p></div>
            <div class="panes{}">{}</div>
            <p class="note">Measured on what each policy answered in training, at that update, to prompts of its training, as many and as long as watching pays for (Notes): not on the \
            held-out prompts of the verdict, whose numbers may differ, and not always alike from recipe to recipe. {}Each curve ends with its training. {} \
            Dotted level: {} on the held-out prompts. <span class="script">Point at a recipe anywhere on this page, or focus its name at the top, to \
            single it out; click to keep it.</span></p>
            <details><summary>The same in numbers</summary>{}</details>
            """,
            curves.size() > 1 ? choice.html("Metric") : Html.NONE,
            curves.size() > 1 ? "" : " lone",
            panes,
            new Starts(page).sentence(),
            bands(page.comparison().seeds().size()),
            page.reference(),
            curves.stream().map(c -> table(page, c)).toList());
    return new PageSection(
        "curves", "Learning curves", "Curves", Html.text(new CurveLead(page).text()), body);
  }

  private static String bands(int seeds) {
    return seeds == 1
        ? "One seed, so there are no bands."
        : "Mean over "
            + seeds
            + " seeds; the band runs from the lowest to the highest seed, it is not a confidence"
            + " interval.";
  }

  /** Style rules that show only the chart that is chosen. */
  static String css(Page page) {
    StringBuilder out = new StringBuilder();
    for (Curve curve : page.comparison().curves()) {
      String id = RecipeStyles.cssText(curve.id());
      out.append("section:has(#metric-").append(id).append(":checked) .pane[data-curve=\"");
      out.append(id).append("\"]{display:block}\n");
    }
    return out.toString();
  }

  private static Html table(Page page, Curve curve) {
    TreeSet<Integer> steps = new TreeSet<>();
    curve.lines().forEach(line -> line.points().forEach(p -> steps.add(p.step())));
    Set<Integer> read = readings(curve, steps);
    Starts starts = new Starts(page);
    List<Html> rows = new ArrayList<>();
    for (Curve.Line line : curve.lines()) {
      List<Html> cells = new ArrayList<>();
      for (int step : read) {
        cells.add(cell(curve, line, step));
      }
      rows.add(
          Html.of(
              "<tr>{}<td>{}</td>{}</tr>\n",
              page.rowHead(line.recipe()),
              starts.of(line.recipe()),
              cells));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="{} in numbers"><table class="plain-table readings">\
        <caption>{}{}, [lowest, highest seed]{}</caption>
        <thead><tr><th scope="col">recipe</th><th scope="col">from (prompts)</th>{}</tr></thead><tbody>{}</tbody></table></div>
        """,
        curve.title(),
        curve.title(),
        curve.unit().isEmpty() ? "" : " (" + curve.unit() + ")",
        read.size() < steps.size()
            ? "; " + read.size() + " of " + steps.size() + " updates, all are in this file’s data"
            : "",
        read.stream()
            .map(s -> Html.of("<th scope=\"col\">update {}</th>", TextFormat.whole(s)))
            .toList(),
        rows);
  }

  /** All updates; of very many some, with the last of every recipe. */
  private static Set<Integer> readings(Curve curve, Set<Integer> steps) {
    if (steps.size() * curve.lines().size() <= CELLS) {
      return steps;
    }
    List<Integer> all = new ArrayList<>(steps);
    TreeSet<Integer> read = new TreeSet<>();
    int wanted = Math.max(READINGS, CELLS / curve.lines().size());
    for (int k = 0; k < wanted; k++) {
      read.add(all.get((int) ((long) k * (all.size() - 1) / (wanted - 1))));
    }
    for (Curve.Line line : curve.lines()) {
      read.add(line.points().get(line.points().size() - 1).step());
    }
    return read;
  }

  private static Html cell(Curve curve, Curve.Line line, int step) {
    int d = curve.decimals();
    for (Curve.Point p : line.points()) {
      if (p.step() == step) {
        return Html.of(
            "<td>{} <span class=\"range\">[{}, {}]</span></td>",
            TextFormat.number(p.mean(), d),
            TextFormat.number(p.low(), d),
            TextFormat.number(p.high(), d));
      }
    }
    return Html.of("<td>–</td>");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.MetricGroup;

/** Every metric of every recipe: the table that answers the question. */
final class VerdictSection {

  /** So many recipes fit side by side on a laptop. */
  private static final int FEW = 7;

  private final Page page;
  private final VerdictCells cells;

  private VerdictSection(Page page) {
    this.page = page;
    this.cells = new VerdictCells(page);
  }

  static @Nullable PageSection of(Page page) {
    if (page.comparison().metrics().isEmpty()) {
      return null;
    }
    VerdictSection section = new VerdictSection(page);
    Html body = Html.of("{}{}{}", section.tools(), section.table(), section.definitions());
    return new PageSection("verdict", "Verdict", "Verdict", Html.text(section.lead()), body);
  }

  private String lead() {
    Comparison c = page.comparison();
    // The same metric as in the headline.
    Metric metric = c.metric("win_rate");
    if (metric == null || c.others().isEmpty()) {
      int recipes = c.recipes().size();
      return TextFormat.count(c.metrics().size(), "metric", "metrics")
          + " of "
          + TextFormat.count(recipes, "recipe.", "recipes.");
    }
    long better =
        metric.cells().stream().filter(cell -> cell.verdict().word().equals("better")).count();
    long worse =
        metric.cells().stream().filter(cell -> cell.verdict().word().equals("worse")).count();
    long judged =
        metric.cells().stream()
            .filter(cell -> cell.tests() != null && cell.tests().withheld() == null)
            .count();
    if (judged == 0 && metric.cells().stream().anyMatch(cell -> cell.tests() != null)) {
      return "No recipe is judged: the reward model is not independent of them.";
    }
    String by = c.decider();
    String out =
        TextFormat.whole(better)
            + " of "
            + TextFormat.count(c.others().size(), "recipe is", "recipes are")
            + " shown to win against "
            + page.reference()
            + " by "
            + by
            + (worse == 0 ? "" : ", " + TextFormat.whole(worse) + " to lose");
    String best = metric.best();
    if (best == null) {
      return out + "; no recipe can be told from all others.";
    }
    String alike =
        metric.alike().isEmpty()
            ? ""
            : ", not shown to be apart from " + TextFormat.some(metric.alike());
    return out + "; " + best + " has the highest win rate" + alike + ".";
  }

  private Html tools() {
    if (page.comparison().others().isEmpty()) {
      return Html.of(
          "<p class=\"unseen\" id=\"how-verdict\">One recipe: nothing to compare.</p>\n");
    }
    return Html.of(
        """
        <div class="tools">
        {}<p class="how" id="how-verdict"><b class="best">best</b> of the {}, <b class="alike">not shown to be worse</b> than it, corrected for all pairs of recipes, which asks for more than against {} alone. \
        <em class="good">better</em>, <em class="bad">worse</em>, <em>higher</em> or <em>lower</em> than {} only where it is shown for \
        new seeds and new prompts: paired, 95{}% sure, corrected for the number of recipes (Holm); <i>as trained here</i>: shown for these policies on new prompts only. ↑↓ the good direction.{}</p>
        <button type="button" class="plain script" id="unsort" hidden="hidden">order as declared</button>
        </div>
        """,
        Choice.of("show")
            .option("absolute", "absolute")
            .option("difference", "difference to " + page.reference())
            .html("Show"),
        page.many() ? "column" : "row",
        page.reference(),
        page.reference(),
        TextFormat.THIN,
        bars());
  }

  /** What the bars are; of many recipes there are none. */
  private Html bars() {
    return page.many()
        ? Html.NONE
        : Html.of(
            " Bars: 95{}% interval on the row’s own scale; dots: seeds; grey upright: {}.",
            TextFormat.THIN, page.reference());
  }

  private Html table() {
    if (page.many()) {
      return new VerdictRows(page, cells).html();
    }
    List<String> recipes = page.recipes();
    List<Html> groups = new ArrayList<>();
    for (MetricGroup group : MetricGroup.values()) {
      List<Metric> rows =
          page.comparison().metrics().stream().filter(m -> m.group() == group).toList();
      if (!rows.isEmpty()) {
        groups.add(group(group, rows, recipes.size() + 2));
      }
    }
    return Html.of(
        """
        <div class="scroll{}" tabindex="0" role="region" aria-label="Verdict table">
        <table class="verdict" role="table" aria-describedby="how-verdict"><caption class="unseen">Every metric of every recipe</caption>
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="metric">Metric</th>\
        <th scope="col" role="columnheader" class="n">n</th>{}</tr></thead>
        {}</table></div>
        """,
        recipes.size() <= FEW ? " few" : "",
        page.columnHeads(recipes),
        groups);
  }

  private Html group(MetricGroup group, List<Metric> rows, int width) {
    return Html.of(
        """
        <tbody role="rowgroup"><tr class="group" role="row"><th scope="rowgroup" role="rowheader" colspan="{}">{}{}</th></tr>
        {}</tbody>
        """,
        width,
        group.title(),
        note(group),
        rows.stream().map(this::row).toList());
  }

  private Html note(MetricGroup group) {
    return switch (group) {
      case WANTED ->
          page.comparison().decidedBy().equals("judge")
              ? new Html(" <span class=\"aside\">who wins is what the judge says</span>")
              : page.comparison().decidedBy().equals("gold")
                  ? new Html(
                      " <span class=\"aside\">the declared values: known here because they are"
                          + " declared</span>")
                  : new Html(
                      " <span class=\"aside\">as the reward model sees it: no values are"
                          + " declared</span>");
      case COST ->
          new Html(
              " <span class=\"aside\">counted, not estimated; what recipes share counts in"
                  + " each</span>");
      case OPTIMISED, MOVED, ATTACK -> Html.NONE;
    };
  }

  private Html row(Metric metric) {
    List<Html> row = new ArrayList<>();
    VerdictCells.Scales scales = cells.scales(metric);
    for (String recipe : page.recipes()) {
      row.add(cells.cell(metric, recipe, scales));
    }
    return Html.of(
        """
        <tr role="row" id="m-{}" data-metric="{}" data-better="{}"><th scope="row" role="rowheader">{}</th>\
        <td class="n" role="cell">{}</td>{}</tr>
        """,
        metric.id(),
        metric.id(),
        metric.better().word(),
        definition(metric),
        observations(metric),
        row);
  }

  /** The name of a metric with what it means, and a button that orders the recipes by it. */
  static Html definition(Metric metric) {
    return Html.of(
        """
        <button type="button" class="define" aria-describedby="t-{}">{}</button> <span class="quiet">{}</span> {}\
        <span class="tip" role="tooltip" id="t-{}"><b>{}</b><code>{}</code>{}</span>\
        <button type="button" class="plain sort script" aria-label="Order the recipes by: {}">sort</button>\
        """,
        metric.id(),
        metric.title(),
        metric.unit(),
        arrow(metric.better()),
        metric.id(),
        metric.title(),
        metric.formula(),
        metric.explanation(),
        metric.title());
  }

  private static Html arrow(Better better) {
    return switch (better) {
      case UP ->
          new Html("<span class=\"quiet\">↑<span class=\"unseen\"> higher is better</span></span>");
      case DOWN ->
          new Html("<span class=\"quiet\">↓<span class=\"unseen\"> lower is better</span></span>");
      case NONE -> Html.NONE;
    };
  }

  /** {@code 3 × 200}: seeds times what there is per seed. */
  private String observations(Metric metric) {
    int n = metric.cells().stream().mapToInt(Cell::n).max().orElse(0);
    int seeds = page.comparison().seeds().size();
    if (n == 0) {
      return "";
    }
    return seeds > 1 && n % seeds == 0
        ? seeds + TextFormat.THIN + "×" + TextFormat.THIN + TextFormat.whole(n / seeds)
        : TextFormat.whole(n);
  }

  private Html definitions() {
    List<Html> out = new ArrayList<>();
    for (Metric metric : page.comparison().metrics()) {
      String unit = metric.unit().isEmpty() ? "" : " (" + metric.unit() + ")";
      out.add(
          Html.of(
              "<div><dt>{}{}</dt><dd><code>{}</code> {}</dd></div>\n",
              metric.title(),
              unit,
              metric.formula(),
              metric.explanation()));
    }
    return Html.of(
        """
        <details><summary>How each number is made</summary>
        <dl class="defs">{}</dl></details>
        """,
        out);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Analysis;
import org.plumbline.engine.report.Interval;

/** Over-optimisation, the frontier of gold reward and divergence, and how gold is spread. */
final class AnalysisSection {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 260;
  private static final int LEFT = 44;
  private static final int BOTTOM = 26;
  private static final int TOP = 12;

  private final Page page;
  private final Analysis analysis;

  private AnalysisSection(Page page, Analysis analysis) {
    this.page = page;
    this.analysis = analysis;
  }

  static @Nullable PageSection of(Page page) {
    Analysis analysis = page.comparison().analysis();
    if (analysis == null) {
      return null;
    }
    AnalysisSection section = new AnalysisSection(page, analysis);
    return new PageSection(
        "analysis",
        "Over-optimisation and spread",
        "Spread",
        Html.text(section.lead()),
        section.fits().plus(section.paired()).plus(section.robust()).plus(section.profile()));
  }

  private String lead() {
    if (analysis.frontier().isEmpty()) {
      return "How gold reward is spread over prompts and seeds.";
    }
    return "No other recipe has at least the gold reward at no more divergence than "
        + TextFormat.some(analysis.frontier())
        + ".";
  }

  private Html fits() {
    List<Html> rows = new ArrayList<>();
    for (Analysis.Fit fit : analysis.fits()) {
      Analysis.Peak peak = fit.peak();
      rows.add(
          Html.of(
              "<tr class=\"{}\" data-r=\"{}\">{}<td class=\"words\">{}</td>{}{}<td>{}</td><td>{}</td><td>{}</td></tr>\n",
              page.look(fit.recipe()).css(),
              page.look(fit.recipe()).index(),
              page.rowHead(fit.recipe()),
              fit.form().equals("rl") ? "d (α − β log d)" : "d (α − β d)",
              cell(fit.alpha(), 2),
              cell(fit.beta(), 2),
              peak == null ? "–" : TextFormat.number(peak.kl(), 1),
              peak == null ? "–" : TextFormat.number(peak.gold(), 2),
              peak == null ? "never falls" : peak.reached() ? "yes" : "no"));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    return folded(
        "Over-optimisation",
        Html.of(
            """
            <div class="scroll" tabindex="0" role="region" aria-label="Over-optimisation"><table class="plain-table"><caption>Over-optimisation: gold reward \
            above the start as a function of d = √KL</caption><thead><tr><th scope="col">recipe</th><th scope="col" class="words">form</th>\
            <th scope="col">α</th><th scope="col">β</th><th scope="col">peak at, nats</th><th scope="col">gold there</th>\
            <th scope="col">peak passed</th></tr></thead>
            <tbody>{}</tbody></table>
            <p class="note">The forms of Gao et al. 2022, fitted to the learning curve of each seed; intervals over the seeds. β above 0: what is gained \
            wears off, and past the peak more optimisation makes answers worse.</p></div>
            """,
            rows));
  }

  private Html paired() {
    List<Html> rows = new ArrayList<>();
    for (Analysis.SeedPairs pair : analysis.paired()) {
      rows.add(
          Html.of(
              "<tr class=\"{}\" data-r=\"{}\">{}{}<td>{}</td><td>{}</td></tr>\n",
              page.look(pair.recipe()).css(),
              page.look(pair.recipe()).index(),
              page.rowHead(pair.recipe()),
              cell(pair.difference(), 2),
              TextFormat.number(pair.p(), 3),
              TextFormat.percent(pair.improves(), 0)));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    Analysis.SeedPairs first = analysis.paired().get(0);
    return folded(
        "Seed by seed",
        Html.of(
            """
            <div class="scroll" tabindex="0" role="region" aria-label="Seed by seed"><table class="plain-table"><caption>Gold reward against {}, seed \
            by seed</caption><thead><tr><th scope="col">recipe</th><th scope="col">mean difference</th><th scope="col">p</th>\
            <th scope="col">better, % of pairs</th></tr></thead>
            <tbody>{}</tbody></table>
            <p class="note">Nothing is assumed of how seeds are spread. p: of the exact test that flips signs, corrected for the number of recipes; \
            with {} seeds no test can give less than {} before that. Better: of all pairs of a seed of the recipe and a seed of {}, ties half. \
            Intervals by a bootstrap over the seeds, too narrow where they are few.</p></div>
            """,
            page.comparison().reference(),
            rows,
            first.seeds(),
            TextFormat.number(first.smallest(), 3),
            page.comparison().reference()));
  }

  private Html robust() {
    List<Html> rows = new ArrayList<>();
    for (Analysis.Robust robust : analysis.robust()) {
      rows.add(
          Html.of(
              "<tr class=\"{}\" data-r=\"{}\">{}{}</tr>\n",
              page.look(robust.recipe()).css(),
              page.look(robust.recipe()).index(),
              page.rowHead(robust.recipe()),
              cell(robust.mean(), 2)));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    return folded(
        "Interquartile means",
        Html.of(
            """
            <div class="scroll" tabindex="0" role="region" aria-label="Interquartile means"><table class="plain-table"><caption>Interquartile mean of gold \
            reward</caption><thead><tr><th scope="col">recipe</th><th scope="col">mean of the middle half</th></tr></thead>
            <tbody>{}</tbody></table>
            <p class="note">Over all prompts and seeds, without the lowest and the highest quarter: a few odd answers do not move it. Intervals by a \
            stratified bootstrap: new seeds on these prompts.</p></div>
            """,
            rows));
  }

  /** Shares of answers above a value, as lines; the numbers are in the data of the page. */
  private Html profile() {
    if (analysis.robust().isEmpty() || page.many()) {
      return Html.NONE;
    }
    List<Analysis.ProfilePoint> first = analysis.robust().get(0).profile();
    Scale x =
        Scale.linear(first.get(0).above(), first.get(first.size() - 1).above(), 5)
            .from(LEFT, WIDTH - 8);
    Scale y = Scale.linear(0, 1, 4).from(HEIGHT - BOTTOM, TOP);
    Svg svg = new Svg();
    svg.yAxis(y, LEFT, WIDTH - 8, false).xAxis(x, HEIGHT - BOTTOM);
    for (Analysis.Robust robust : analysis.robust()) {
      List<double[]> line = new ArrayList<>();
      for (Analysis.ProfilePoint point : robust.profile()) {
        line.add(new double[] {x.at(point.above()), y.at(point.share().value())});
      }
      svg.group(page.look(robust.recipe()), robust.recipe())
          .path("line " + page.look(robust.recipe()).css(), Path.through(line))
          .end();
    }
    return Html.of(
        """
        <h3 class="small" id="profiles">Performance profiles{}</h3>
        {}<p class="note">Up: the share of answers, over all prompts and seeds, whose gold reward is above the value across. A line above another all \
        the way is better for every taste.</p>
        """,
        PageSection.mark("profiles", "Performance profiles"),
        svg.picture(
            WIDTH,
            HEIGHT,
            "panel",
            "Performance profiles: the share of answers above each gold reward, by recipe; the"
                + " numbers are in the data of the page"));
  }

  private Html folded(String title, Html table) {
    return page.many()
        ? Html.of("<details><summary>{}</summary>{}</details>\n", title, table)
        : table;
  }

  private static Html cell(Interval value, int decimals) {
    return Html.of(
        "<td>{}<span class=\"range\">{}</span></td>",
        TextFormat.number(value.value(), decimals),
        TextFormat.range(value, 1, decimals));
  }
}

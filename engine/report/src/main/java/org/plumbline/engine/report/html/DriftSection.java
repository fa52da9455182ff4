// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Drift;
import org.plumbline.engine.report.Verdict;

/** What the reward cost in distance from the reference, and where it was exploited. */
final class DriftSection {

  /** How many recipes are drawn one by one; those with a peak and those with a wide gap first. */
  private static final int PANELS = 9;

  /** Of how many exploited rewards the lead tells. */
  private static final int TOLD = 3;

  private final Page page;
  private final Drift drift;

  private DriftSection(Page page, Drift drift) {
    this.page = page;
    this.drift = drift;
  }

  static @Nullable PageSection of(Page page) {
    Drift drift = page.comparison().drift();
    if (drift == null || drift.points().isEmpty()) {
      return null;
    }
    DriftSection section = new DriftSection(page, drift);
    return new PageSection(
        "drift", "Reward against drift", "Drift", Html.text(section.lead()), section.body());
  }

  private String lead() {
    List<String> out = new ArrayList<>();
    Drift.Point reference = point(page.reference());
    if (reference != null) {
      double base = reference.gold().value();
      drift.points().stream()
          .filter(p -> p.kl().value() > 0 && isBetter(p.recipe()))
          .max(Comparator.comparingDouble(p -> (p.gold().value() - base) / p.kl().value()))
          .ifPresent(p -> out.add("gold per unit of drift is highest here for " + p.recipe()));
    }
    int told = 0;
    for (Drift.Path path : drift.paths()) {
      if (path.peak() != null && !page.isReference(path.recipe()) && ++told > TOLD) {
        continue;
      }
      if (path.peak() != null && !page.isReference(path.recipe())) {
        Drift.Step last = path.steps().get(path.steps().size() - 1);
        out.add(
            path.recipe()
                + " went to "
                + TextFormat.number(last.kl(), last.kl() < 10 ? 1 : 0)
                + " nats, where the gold reward is "
                + TextFormat.number(path.gap(), 1)
                + " sd further short of what the score promises than where it began");
      }
    }
    if (told > TOLD) {
      out.add("so did " + TextFormat.count(told - TOLD, "other", "others") + ", see the panels");
    }
    if (out.isEmpty()) {
      return "No recipe is shown to gain gold reward by moving away from " + page.reference() + ".";
    }
    String text = String.join("; ", out) + ".";
    return text.startsWith("gold per") ? "G" + text.substring(1) : text;
  }

  private boolean isBetter(String recipe) {
    Cell gold = page.comparison().cell("gold", recipe);
    return gold != null && gold.verdict() == Verdict.BETTER;
  }

  private Drift.@Nullable Point point(String recipe) {
    for (Drift.Point point : drift.points()) {
      if (point.recipe().equals(recipe)) {
        return point;
      }
    }
    return null;
  }

  private Html body() {
    List<Html> panels = DriftPanels.draw(page, drift);
    Html right =
        panels.isEmpty()
            ? Html.NONE
            : Html.of(
                """
                <figure><div class="panels">{}</div>{}<figcaption>Over-optimisation: <span class="thick">thick</span> gold, \
                <span class="thin">thin</span> reward model, both in standard deviations of {}, against KL (square-root scale). \
                All panels share both axes. A peak is named only if gold fell by more than its band is wide and more than it jitters. \
                As the curves, they are of the answers given in training to prompts of training, often fewer and shorter ones than those of the verdict, on held-out prompts:                 so lines begin apart, and a gap is counted from where they begin. {}</figcaption></figure>
                """,
                panels.subList(0, Math.min(PANELS, panels.size())),
                folded(panels),
                page.reference(),
                new Starts(page).sentence());
    return Html.of(
        """
        <div class="drift{}"><figure><div class="wider">{}</div><div class="narrower">{}</div>
        <figcaption>Gold reward and KL to the reference. Lines: 95{}% intervals, cut off where the picture ends; dots: seeds{}.</figcaption></figure>
        {}</div>
        <details><summary>The same in numbers</summary><div class="two">{}{}</div></details>
        """,
        panels.isEmpty() ? " alone" : "",
        DriftPlane.draw(page, drift, 500, 404),
        DriftPlane.draw(page, drift, 358, 380),
        TextFormat.THIN,
        drift.bestOfN().size() < 2
            ? ""
            : "; dotted: best of n, whose KL is the bound ln n − (n−1)/n",
        right,
        points(),
        ends());
  }

  private static Html folded(List<Html> panels) {
    return panels.size() <= PANELS
        ? Html.NONE
        : Html.of(
            "<details><summary>{}</summary><div" + " class=\"panels\">{}</div></details>",
            TextFormat.theOther(panels.size() - PANELS, "recipe"),
            panels.subList(PANELS, panels.size()));
  }

  private Html points() {
    List<Html> rows = new ArrayList<>();
    for (Drift.Point p : drift.points()) {
      rows.add(
          Html.of(
              "<tr>{}<td>{}{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
              page.rowHead(p.recipe()),
              p.bound() ? "≤ " : "",
              TextFormat.number(p.kl().value(), 1),
              or(TextFormat.range(p.kl(), 1, 1)),
              TextFormat.number(p.gold().value(), 2),
              or(TextFormat.range(p.gold(), 1, 2))));
    }
    for (Drift.BestOf best : drift.bestOfN()) {
      rows.add(
          Html.of(
              "<tr><th scope=\"row\">best of {}</th><td>≤"
                  + " {}</td><td>–</td><td>{}</td><td>–</td></tr>\n",
              best.n(),
              TextFormat.number(best.kl(), 1),
              TextFormat.number(best.gold(), 2)));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Where each recipe ended"><table class="plain-table"><caption>Where each recipe ended</caption>
        <thead><tr><th scope="col">recipe</th><th scope="col">KL</th><th scope="col">95{}%</th><th scope="col">gold</th>\
        <th scope="col">95{}%</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        TextFormat.THIN, TextFormat.THIN, rows);
  }

  private Html ends() {
    List<Html> rows = new ArrayList<>();
    for (DriftPanels.Panel panel : DriftPanels.panels(page, drift)) {
      Drift.Step last = panel.steps().get(panel.steps().size() - 1);
      Drift.Step peak = panel.peak();
      rows.add(
          Html.of(
              "<tr>{}<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
              page.rowHead(panel.recipe()),
              TextFormat.number(last.kl(), 1),
              TextFormat.signed(last.gold(), 2),
              TextFormat.signed(last.score(), 2),
              TextFormat.signed(panel.gap(), 2),
              peak == null
                  ? "–"
                  : TextFormat.number(peak.kl(), 1) + ", update " + TextFormat.whole(peak.step())));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Along training"><table class="plain-table"><caption>Along training: values at the end, in standard deviations of {}</caption>
        <thead><tr><th scope="col">recipe</th><th scope="col">KL</th><th scope="col">gold</th><th scope="col">score</th>\
        <th scope="col">gap</th><th scope="col">gold peaks at</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        page.reference(),
        rows);
  }

  private static String or(String range) {
    return range.isEmpty() ? "–" : range;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.RunFacts;
import org.plumbline.engine.report.text.Finding;
import org.plumbline.engine.report.text.Limits;

/** The head of the page: the finding in one sentence, what was compared, what this cannot say. */
final class Heading {

  private final Page page;
  private final Comparison comparison;

  private Heading(Page page) {
    this.page = page;
    this.comparison = page.comparison();
  }

  static Html of(Page page) {
    return new Heading(page).html();
  }

  private Html html() {
    RunFacts run = comparison.run();
    return Html.of(
        """
        <header class="top">
        <div class="title"><h1>{}</h1><p class="about">comparison of {}{}</p>{}</div>
        {}<p class="finding{}" id="finding">{}{}</p>
        {}\
        <dl class="facts">{}</dl>
        <div class="two{}"><div><h2 class="small" id="compared">What was compared{}</h2>{}</div>
        <div><h2 class="small" id="limits">What this cannot say{}</h2><ul class="limits">{}</ul></div></div>
        </header>
        """,
        comparison.experiment(),
        TextFormat.count(comparison.recipes().size(), "recipe", "recipes"),
        run == null ? "" : " · run " + run.run(),
        Choice.of("theme")
            .option("auto", "auto")
            .option("light", "light")
            .option("dark", "dark")
            .html("Colours"),
        leftOut(),
        page.many() ? " long" : "",
        finding(),
        Html.text(cost()),
        new Evidence(page).html(),
        facts(),
        page.many() ? " stacked" : "",
        PageSection.mark("compared", "What was compared"),
        new Legend(page).html(),
        PageSection.mark("limits", "What this cannot say"),
        Limits.of(comparison).stream().map(l -> Html.of("<li>{}</li>\n", l)).toList());
  }

  private List<Html> finding() {
    return Finding.of(comparison).parts().stream()
        .map(p -> p.recipe() ? Html.of("<b>{}</b>", p.text()) : Html.text(p.text()))
        .toList();
  }

  /** Nothing is left out in silence: it stands above what was found. */
  private Html leftOut() {
    RunFacts run = comparison.run();
    if (run == null || run.leftOut().isEmpty()) {
      return Html.NONE;
    }
    List<Html> items =
        run.leftOut().stream().map(out -> Html.of("<b>{}</b>: {}", out.what(), out.why())).toList();
    boolean part = !run.status().equals("finished");
    return Html.of(
        "<p class=\"left-out\">{}Not compared: {}.</p>\n",
        part ? Html.of("<b>A part</b>: the run is {}. ", run.status()) : Html.NONE,
        Html.join("; ", items));
  }

  /** What it took, after what it found. */
  private String cost() {
    List<String> out = new ArrayList<>();
    if (!comparison.feedback().isEmpty()) {
      out.add(labels() + " at a price of " + price());
    }
    RunFacts run = comparison.run();
    if (run != null && run.plan().secondsAlone() > 0) {
      out.add(TextFormat.duration(run.seconds()) + " for all seeds");
    }
    return out.isEmpty() ? "" : " It took " + TextFormat.list(out) + ".";
  }

  private String labels() {
    long labels = comparison.feedback().stream().mapToLong(FeedbackTable::labels).sum();
    return TextFormat.count(labels, "label", "labels") + " per seed";
  }

  private String price() {
    double cost = comparison.feedback().stream().mapToDouble(FeedbackTable::cost).sum();
    return TextFormat.number(cost, 2);
  }

  /** Said where prompts repeat. */
  private String repeated() {
    boolean repeat = comparison.distinct() > 0 && comparison.distinct() < comparison.prompts();
    return repeat ? " (" + TextFormat.whole(comparison.distinct()) + " different)" : "";
  }

  private List<Html> facts() {
    List<Html> out = new ArrayList<>();
    int recipes = comparison.recipes().size();
    out.add(
        fact(
            "Compared",
            TextFormat.count(recipes, "recipe", "recipes")
                + " on "
                + TextFormat.count(comparison.prompts(), "held-out prompt", "held-out prompts")
                + repeated()
                + (recipes > 1 ? ", each against " + page.reference() : "")));
    out.add(fact("Seeds", seeds()));
    if (!comparison.feedback().isEmpty()) {
      out.add(
          fact(
              "Labels",
              labels()
                  + " in "
                  + TextFormat.count(comparison.feedback().size(), "set", "sets")
                  + "; price "
                  + price()));
    }
    RunFacts run = comparison.run();
    if (run != null) {
      out.add(
          fact(
              "Time",
              TextFormat.duration(run.seconds())
                  + (run.plan().secondsAlone() > run.seconds()
                      ? "; "
                          + TextFormat.duration(run.plan().secondsAlone())
                          + " one after the other without sharing and reuse"
                      : "")));
    }
    return out;
  }

  private String seeds() {
    List<Long> seeds = comparison.seeds();
    if (seeds.size() == 1) {
      return seeds.get(0) + ", the only one";
    }
    long first = seeds.get(0);
    boolean run = seeds.equals(LongStream.range(first, first + seeds.size()).boxed().toList());
    String names =
        run
            ? first + " to " + seeds.get(seeds.size() - 1)
            : TextFormat.list(seeds.stream().map(String::valueOf).toList());
    return names + ", paired: same seed, same prompts";
  }

  private static Html fact(String name, String value) {
    return Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
  }
}

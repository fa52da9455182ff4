// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.FeedbackTable.Poisoned;
import org.plumbline.engine.report.Satisfaction;

/** Who labelled, how well, and how each group of them fares with the recipes. */
final class LabelsSection {

  private static final Map<String, String> STATISTICS =
      Map.of(
          "percent", "Percent agreement",
          "kappa", "Fleiss’ κ",
          "fleiss_kappa", "Fleiss’ κ",
          "alpha", "Krippendorff’s α",
          "krippendorff_alpha", "Krippendorff’s α",
          "cohen_kappa", "Cohen’s κ, mean of two people",
          "repeat_consistency", "Same answer when asked again",
          "repeat_correlation", "Correlation with the first rating when asked again",
          "repeat_tau", "Kendall’s τ with the first order when asked again",
          "gold_questions_right", "Gold questions answered rightly");

  /** Statistics that are shares, shown as per cent. */
  private static final Set<String> SHARES =
      Set.of("percent", "repeat_consistency", "gold_questions_right");

  /** How many feedback stages stand open. */
  private static final int AT_ONCE = 4;

  private final Page page;
  private final List<FeedbackTable> tables;

  private LabelsSection(Page page) {
    this.page = page;
    this.tables = page.comparison().feedback();
  }

  static @Nullable PageSection of(Page page) {
    boolean people =
        !page.comparison().feedback().isEmpty() || !page.comparison().satisfaction().isEmpty();
    if (!people) {
      return null;
    }
    LabelsSection section = new LabelsSection(page);
    Html left =
        section
            .folded("Agreement in the other ", section::statistics)
            .plus(KappaTables.of(section.tables))
            .plus(ReliabilityTables.of(section.tables))
            .plus(CollectionTerms.of(section.tables));
    Html right = SatisfactionTable.of(page).plus(WelfareTable.of(page));
    Html costs = FeedbackCosts.of(section.tables);
    Html body =
        Html.of(
            "{}<div class=\"two\"><div class=\"stack\">{}{}</div><div class=\"stack\">{}{}</div></div>\n",
            section.folded("Who labelled the other ", section::groups),
            left,
            left.isEmpty() ? costs : Html.NONE,
            right,
            left.isEmpty() ? Html.NONE : costs);
    return new PageSection(
        "labels", "Evaluators and labels", "Labels", Html.text(section.lead()), body);
  }

  private String lead() {
    List<String> out = new ArrayList<>();
    if (!tables.isEmpty()) {
      long labels = tables.stream().mapToLong(FeedbackTable::labels).sum();
      out.add(
          TextFormat.count(labels, "label", "labels")
              + " per seed in "
              + TextFormat.count(tables.size(), "set.", "sets."));
    }
    List<FeedbackTable> poisoned =
        tables.stream().filter(t -> t.poisoned() != null && t.poisoned().share() > 0).toList();
    if (!poisoned.isEmpty()) {
      out.add(poisoned(poisoned));
    }
    List<String> everywhere = everywhere();
    if (everywhere != null) {
      out.add(
          everywhere.isEmpty()
              ? "No recipe is shown to win in every group."
              : TextFormat.some(everywhere)
                  + TextFormat.plural(everywhere.size(), " is", " are")
                  + " shown to win in every group.");
    }
    return String.join(" ", out);
  }

  /** One sentence for all sets with labels by malicious people. */
  private static String poisoned(List<FeedbackTable> tables) {
    String matter = shares(tables, Poisoned::shareTriggered, 0);
    return "In "
        + TextFormat.some(tables.stream().map(FeedbackTable::name).toList())
        + ", "
        + shares(tables, Poisoned::share, 1)
        + " of all labels are poisoned"
        + (matter.isEmpty()
            ? "."
            : ", and " + matter + " of those on the prompts that they are after.");
  }

  /** The share of the only set, or from which to which they are; empty if it is not known. */
  private static String shares(
      List<FeedbackTable> tables, Function<Poisoned, @Nullable Double> part, int decimals) {
    List<Double> shares = new ArrayList<>();
    for (FeedbackTable table : tables) {
      Poisoned poisoned = table.poisoned();
      Double share = poisoned == null ? null : part.apply(poisoned);
      if (share != null) {
        shares.add(share);
      }
    }
    if (shares.isEmpty()) {
      return "";
    }
    String low = TextFormat.percent(Collections.min(shares), decimals);
    String high = TextFormat.percent(Collections.max(shares), decimals);
    return (low.equals(high) ? low : low + " to " + high) + TextFormat.THIN + "%";
  }

  /** The recipes whose win rate is above one half in every group; null without groups. */
  private @Nullable List<String> everywhere() {
    Map<String, Boolean> wins = new LinkedHashMap<>();
    for (Satisfaction s : page.comparison().satisfaction()) {
      wins.merge(s.recipe(), s.winRate().above(.5), Boolean::logicalAnd);
    }
    if (wins.isEmpty()) {
      return null;
    }
    return wins.keySet().stream().filter(r -> Boolean.TRUE.equals(wins.get(r))).toList();
  }

  /** The first few feedback stages, and the others behind a fold. */
  private Html folded(String what, Function<List<FeedbackTable>, Html> drawn) {
    if (tables.size() <= AT_ONCE) {
      return drawn.apply(tables);
    }
    Html rest = Html.NONE;
    for (int from = AT_ONCE; from < tables.size(); from += AT_ONCE) {
      rest = rest.plus(drawn.apply(tables.subList(from, Math.min(tables.size(), from + AT_ONCE))));
    }
    Html first = drawn.apply(tables.subList(0, AT_ONCE));
    return rest.isEmpty()
        ? first
        : first.plus(
            Html.of(
                "<details><summary>{}</summary>{}</details>\n",
                what + (tables.size() == AT_ONCE + 1 ? "set" : tables.size() - AT_ONCE + " sets"),
                rest));
  }

  private Html groups(List<FeedbackTable> tables) {
    if (tables.isEmpty()) {
      return Html.NONE;
    }
    boolean described =
        this.tables.stream()
            .flatMap(table -> table.groups().stream())
            .anyMatch(group -> group.traits() != null);
    List<Html> bodies = new ArrayList<>();
    for (FeedbackTable table : tables) {
      bodies.add(
          Html.of(
              """
              <tbody><tr class="group"><th scope="rowgroup" colspan="{}">{} <span class="aside">{}</span></th></tr>
              {}</tbody>
              """,
              described ? 10 : 9,
              table.name(),
              about(table),
              table.groups().stream().map(g -> group(g, described)).toList()));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Who labelled">
        <table class="plain-table people"><caption>Who labelled, per seed</caption><thead><tr><th scope="col">group</th>{}\
        <th scope="col">people</th><th scope="col">labels</th><th scope="col">share</th><th scope="col">skipped</th>\
        <th scope="col">agree with gold</th><th scope="col">chose the first</th><th scope="col">chose the longer</th><th scope="col">price</th></tr></thead>
        {}</table></div>
        <p class="note">Shares in per cent. A group that chooses the first or the longer answer far from half of the time is biased, \
        or wants it so.{}</p>
        """,
        described
            ? Html.of("<th scope=\"col\" class=\"words\">what they are like</th>")
            : Html.NONE,
        bodies,
        described
            ? " What they are like is as declared; what a reward model learns is only what they say."
            : "");
  }

  private static String about(FeedbackTable table) {
    String kind = table.kind();
    return (kind == null ? "" : kind.replace('_', ' ') + ": ")
        + TextFormat.count(table.labels(), "label", "labels")
        + (table.skipped() > 0 ? ", " + TextFormat.whole(table.skipped()) + " skipped" : "")
        + ", price "
        + TextFormat.number(table.cost(), 2)
        + (table.recipes().isEmpty() ? "" : "; used by " + TextFormat.some(table.recipes()));
  }

  private static Html group(FeedbackTable.Group g, boolean described) {
    String traits = g.traits() == null ? "–" : g.traits();
    Double agree = g.agreeWithGold();
    boolean against = agree != null && agree < .5;
    return Html.of(
        "<tr><th scope=\"row\">{}</th>{}<td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td{}>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        g.group(),
        described ? Html.of("<td class=\"words traits\">{}</td>", traits) : Html.NONE,
        TextFormat.whole(g.people()),
        TextFormat.whole(g.labels()),
        TextFormat.percent(g.share(), 0),
        TextFormat.whole(g.skipped()),
        against ? new Html(" class=\"bad\"") : Html.NONE,
        against ? Html.of("<b>{}</b>", TextFormat.percent(agree, 0)) : TextFormat.percent(agree, 0),
        TextFormat.percent(g.choseFirst(), 0),
        TextFormat.percent(g.choseLonger(), 0),
        g.cost() == null ? "–" : TextFormat.number(g.cost(), 2));
  }

  private Html statistics(List<FeedbackTable> tables) {
    Set<String> names = new LinkedHashSet<>();
    tables.forEach(t -> t.agreement().forEach(s -> names.add(s.name())));
    boolean poisoned = tables.stream().anyMatch(t -> t.poisoned() != null);
    boolean flips = tables.stream().anyMatch(t -> t.flips() != null);
    Set<String> circumstances = new LinkedHashSet<>();
    tables.forEach(t -> circumstances.addAll(t.circumstances().keySet()));
    if (names.isEmpty() && !poisoned && !flips && circumstances.isEmpty()) {
      return Html.NONE;
    }
    List<Html> rows = new ArrayList<>();
    for (String name : names) {
      List<Html> cells = tables.stream().map(t -> statistic(t, name)).toList();
      rows.add(row(STATISTICS.getOrDefault(name, name), cells));
    }
    if (poisoned) {
      rows.add(row("Poisoned labels", tables.stream().map(t -> poisoned(t, false)).toList()));
      rows.add(
          row("Poisoned where they strike", tables.stream().map(t -> poisoned(t, true)).toList()));
    }
    if (flips) {
      rows.add(
          row(
              "Choice changes with the order",
              tables.stream().map(t -> share(t.flips())).toList()));
    }
    for (String name : circumstances) {
      rows.add(
          row(
              "Given when " + name,
              tables.stream()
                  .map(t -> share(t.circumstances().getOrDefault(name, 0) / (double) t.labels()))
                  .toList()));
    }
    return Html.of(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="Agreement"><table class="plain-table"><caption>Agreement</caption><thead><tr>\
        <th scope="col"><span class="unseen">statistic</span></th>{}</tr></thead><tbody>{}</tbody></table>
        <p class="note">Agreement on the pairs and items that several people labelled, with 95{}% intervals{}.{}</p></div>
        """,
        tables.stream().map(t -> Html.of("<th scope=\"col\">{}</th>", t.name())).toList(),
        rows,
        TextFormat.THIN,
        page.comparison().seeds().size() == 1 ? "" : " for new seeds and pairs",
        tables.stream().anyMatch(t -> t.kind() != null)
            ? " α is of intervals for numbers, ordinal for steps of a scale, nominal for classes and"
                + " choices."
            : "");
  }

  private static Html row(String name, List<Html> cells) {
    return Html.of("<tr><th scope=\"row\">{}</th>{}</tr>\n", name, cells);
  }

  private static Html statistic(FeedbackTable table, String name) {
    for (FeedbackTable.Statistic s : table.agreement()) {
      if (s.name().equals(name)) {
        boolean share = SHARES.contains(name);
        int factor = share ? 100 : 1;
        int decimals = share ? 0 : 2;
        return Html.of(
            "<td>{}{} <span class=\"range\">{}</span></td>",
            TextFormat.number(s.value().value() * factor, decimals),
            share ? TextFormat.THIN + "%" : "",
            TextFormat.range(s.value(), factor, decimals));
      }
    }
    return Html.of("<td>–</td>");
  }

  private static Html poisoned(FeedbackTable table, boolean triggered) {
    Poisoned poisoned = table.poisoned();
    Double share =
        poisoned == null ? null : triggered ? poisoned.shareTriggered() : poisoned.share();
    return share(share);
  }

  private static Html share(@Nullable Double share) {
    return share == null
        ? Html.of("<td>–</td>")
        : Html.of("<td>{}{}%</td>", TextFormat.percent(share, share < .1 ? 1 : 0), TextFormat.THIN);
  }
}

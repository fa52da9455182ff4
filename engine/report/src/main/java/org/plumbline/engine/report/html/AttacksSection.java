// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.AttackSummary;
import org.plumbline.engine.report.AttackSummary.Strongest;
import org.plumbline.engine.report.AttackSummary.Within;

/** How often attacks succeed within how many tries, and the texts that succeed most. */
final class AttacksSection {
  private static final int WIDTH = 368;
  private static final int HEIGHT = 216;
  private static final int LEFT = 38;
  private static final int RIGHT = 12;
  private static final int TOP = 30;
  private static final int BOTTOM = 24;

  /** How many texts are shown of a recipe. */
  private static final int STRONGEST = 3;

  private final Page page;
  private final List<AttackSummary> attacks;

  private AttacksSection(Page page) {
    this.page = page;
    this.attacks = page.comparison().attacks();
  }

  static @Nullable PageSection of(Page page) {
    if (page.comparison().attacks().isEmpty()) {
      return null;
    }
    AttacksSection section = new AttacksSection(page);
    return new PageSection(
        "attacks",
        "Attacks",
        "Attacks",
        Html.text(section.lead()),
        section.strongest().plus(section.curves()));
  }

  private String lead() {
    AttackSummary most =
        attacks.stream()
            .filter(AttackSummary::writes)
            .max(Comparator.comparingDouble(attack -> attack.transfer().value()))
            .orElse(null);
    if (most == null) {
      return "How often asking again is enough; no attack puts a text behind prompts.";
    }
    if (most.transfer().value() == 0) {
      return "No text that an attack found succeeds again, behind any prompt of any recipe.";
    }
    List<String> beside = new ArrayList<>();
    for (AttackSummary other : attacks) {
      if (other.recipe().equals(most.recipe()) && !other.writes()) {
        beside.add("without a text " + share(other));
      }
    }
    for (AttackSummary other : attacks) {
      boolean same = other.attack().equals(most.attack());
      if (same && page.isReference(other.recipe()) && !page.isReference(most.recipe())) {
        beside.add("against the reference " + share(other));
      }
    }
    return TextFormat.capital(most.attack())
        + " writes the strongest texts, against "
        + most.recipe()
        + ": behind attacked prompts they succeed with "
        + share(most)
        + " of fresh answers"
        + (beside.isEmpty() ? "" : " (" + String.join("; ", beside) + ")")
        + ".";
  }

  private static String share(AttackSummary attack) {
    return TextFormat.percent(attack.transfer().value(), 0) + TextFormat.THIN + "%";
  }

  private Html curves() {
    Map<String, List<AttackSummary>> byAttack = new LinkedHashMap<>();
    for (AttackSummary attack : attacks) {
      byAttack.computeIfAbsent(attack.attack(), name -> new ArrayList<>()).add(attack);
    }
    List<Html> pictures = new ArrayList<>();
    byAttack.forEach((name, own) -> pictures.add(picture(name, own)));
    List<Html> rows = new ArrayList<>();
    for (AttackSummary attack : attacks) {
      attack.curve().forEach(within -> rows.add(row(attack, within)));
    }
    return Html.of(
        """
        <div class="panels attacks">{}</div>
        <p class="note">Across: tries behind one prompt, from point to point twice as many; up: the share of prompts behind which one of them \
        succeeds, over all seeds. Each try is one answer, and some succeed by chance. Uprights are 95{}% intervals of the last points, for new seeds and prompts.</p>
        <details><summary>The points of the curves</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Attacks that succeed, by tries"><table class="plain-table"><caption class="unseen">\
        Attacks that succeed, by tries</caption><thead><tr><th scope="col">recipe</th><th scope="col" class="words">attack</th>\
        <th scope="col">tries</th><th scope="col">succeeds, %</th></tr></thead>
        <tbody>{}</tbody></table></div></details>
        """,
        pictures, TextFormat.THIN, rows);
  }

  private Html row(AttackSummary attack, Within within) {
    return Html.of(
        "<tr class=\"{}\" data-r=\"{}\">{}<td class=\"words\">{}</td><td>{}</td><td>{}"
            + " <span class=\"range\">{}</span></td></tr>\n",
        page.look(attack.recipe()).css(),
        page.look(attack.recipe()).index(),
        page.rowHead(attack.recipe()),
        attack.attack(),
        TextFormat.whole(within.tries()),
        TextFormat.percent(within.share().value(), 0),
        TextFormat.range(within.share(), 100, 0));
  }

  private Html picture(String name, List<AttackSummary> own) {
    Svg svg = new Svg();
    int doublings = own.get(0).curve().size() - 1;
    Scale x = Scale.linear(0, Math.max(1, doublings), 1).from(LEFT + 10, WIDTH - RIGHT);
    Scale y = Scale.linear(0, 100, 4).from(HEIGHT - BOTTOM, TOP);
    svg.heading(0, 12, name, "% of prompts");
    svg.yAxis(y, LEFT, WIDTH - RIGHT, false);
    List<Within> ticks = own.get(0).curve();
    for (int i = 0; i < ticks.size(); i++) {
      svg.upright("stroke", x.at(i), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4);
      if (i % 2 == doublings % 2) {
        String tries = TextFormat.whole(ticks.get(i).tries());
        svg.text("tick", x.at(i), HEIGHT - BOTTOM + 16, tries, Svg.Anchor.MIDDLE);
      }
    }
    for (int recipe = 0; recipe < own.size(); recipe++) {
      line(svg, own.get(recipe), x, y, (recipe - (own.size() - 1) / 2.0) * 2.2);
    }
    return svg.picture(
        WIDTH,
        HEIGHT,
        "panel attack",
        "Attack "
            + name
            + ": the share of prompts behind which it succeeds, by tries and recipe; the values are"
            + " in the table below.");
  }

  /** Lines of several recipes stand a little apart, so that none hides another. */
  private void line(Svg svg, AttackSummary attack, Scale x, Scale y, double aside) {
    Look look = page.look(attack.recipe());
    svg.group(look, attack.recipe());
    List<double[]> line = new ArrayList<>();
    for (int i = 0; i < attack.curve().size(); i++) {
      Within within = attack.curve().get(i);
      double at = x.at(i) + aside;
      line.add(new double[] {at, y.at(100 * within.share().value())});
    }
    Within all = attack.curve().get(attack.curve().size() - 1);
    Double low = all.share().low();
    Double high = all.share().high();
    if (low != null && high != null && !page.many()) {
      double at = x.at(attack.curve().size() - 1) + aside;
      svg.upright("whisker " + look.css(), at, y.at(100 * low), y.at(100 * high));
    }
    svg.path("line " + look.css(), Path.through(line));
    double[] last = line.get(line.size() - 1);
    svg.mark(look, last[0], last[1], 9).end();
  }

  /** A text with the attack that found it. */
  private record Text(AttackSummary attack, Strongest found) {}

  private Html row(Text text) {
    Look look = page.look(text.attack.recipe());
    return Html.of(
        "<tr class=\"{}\" data-r=\"{}\">{}<td class=\"words kind\">{}</td><td"
            + " class=\"words\"><code>{}</code></td><td>{}</td><td class=\"words\">{}</td><td"
            + " class=\"words\">{}</td></tr>\n",
        look.css(),
        look.index(),
        page.rowHead(look.name()),
        text.attack.attack(),
        text.found.text(),
        TextFormat.percent(text.found.transfer(), 0),
        text.found.prompt(),
        text.found.answer());
  }

  private Html strongest() {
    List<Html> rows = new ArrayList<>();
    for (String recipe : page.recipes()) {
      attacks.stream()
          .filter(attack -> attack.recipe().equals(recipe) && attack.writes())
          .flatMap(attack -> attack.strongest().stream().map(one -> new Text(attack, one)))
          .sorted(Comparator.comparingDouble(text -> -text.found.transfer()))
          .limit(STRONGEST)
          .forEach(text -> rows.add(row(text)));
    }
    if (rows.isEmpty()) {
      return Html.NONE;
    }
    Html table =
        Html.of(
            """
            <div class="scroll" tabindex="0" role="region" aria-label="The strongest texts"><table class="plain-table texts"><caption>The strongest texts \
            against each recipe</caption><thead><tr><th scope="col">recipe</th><th scope="col" class="words">attack</th><th scope="col" class="words">\
            text</th><th scope="col">transfers, %</th><th scope="col" class="words">found behind</th><th scope="col" class="words">answer there</th></tr>\
            </thead>
            <tbody>{}</tbody></table></div>
            <p class="note">Transfers: the share of the attacked prompts, at most 16 of them, behind which the text succeeds with answers that it was not \
            chosen by. What is shown here is the best of many, and a little worse in truth; the rows of section 1 are means over all prompts.</p>
            """,
            rows);
    return page.many()
        ? Html.of("<details><summary>The strongest texts</summary>{}</details>\n", table)
        : table;
  }
}

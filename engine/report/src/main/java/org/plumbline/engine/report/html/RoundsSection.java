// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Metric;

/** How recipes in rounds went along: gold, what the reward model says, and divergence by round. */
final class RoundsSection {
  private static final List<String> METRICS = List.of("gold", "score", "kl");
  private static final int WIDTH = 300;
  private static final int HEIGHT = 210;
  private static final int LEFT = 40;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 36;

  private final Page page;
  private final Map<String, List<ComparedRecipe>> rounds;

  private RoundsSection(Page page, Map<String, List<ComparedRecipe>> rounds) {
    this.page = page;
    this.rounds = rounds;
  }

  static @Nullable PageSection of(Page page) {
    Map<String, List<ComparedRecipe>> rounds = rounds(page);
    RoundsSection section = new RoundsSection(page, rounds);
    List<Html> panels = section.panels();
    if (panels.isEmpty()) {
      return null;
    }
    Html body =
        Html.of(
            """
            <div class="panels">{}</div>
            <p class="note">One mark a round, measured after it on the held-out prompts; the stroke runs from the lowest to the highest seed. \
            Dotted: {}. {}</p>
            """,
            panels,
            page.reference(),
            "Gold that falls while the reward model’s score still rises says that the rounds do not"
                + " keep up with what the policy finds.");
    return new PageSection("rounds", "Round by round", "Rounds", Html.text(section.lead()), body);
  }

  /** The recipes of all rounds that have at least two, in their order, by what they are called. */
  private static Map<String, List<ComparedRecipe>> rounds(Page page) {
    Map<String, List<ComparedRecipe>> all = new LinkedHashMap<>();
    for (ComparedRecipe recipe : page.comparison().recipes()) {
      ComparedRecipe.Round round = recipe.round();
      if (round != null) {
        all.computeIfAbsent(round.of(), name -> new ArrayList<>()).add(recipe);
      }
    }
    all.values().removeIf(some -> some.size() < 2);
    all.values().forEach(some -> some.sort(Comparator.comparingInt(RoundsSection::number)));
    return all;
  }

  private static int number(ComparedRecipe recipe) {
    ComparedRecipe.Round round = recipe.round();
    return round == null ? 0 : round.number();
  }

  private String lead() {
    List<String> said = new ArrayList<>();
    Metric gold = page.comparison().metric("gold");
    rounds.forEach(
        (name, some) -> {
          Cell first = gold == null ? null : gold.cell(some.get(0).name());
          Cell last = gold == null ? null : gold.cell(some.get(some.size() - 1).name());
          if (first != null && last != null) {
            said.add(
                "%s goes from a gold reward of %s after round %d to %s after round %d"
                    .formatted(
                        name,
                        TextFormat.number(first.value().value(), 2),
                        number(some.get(0)),
                        TextFormat.number(last.value().value(), 2),
                        number(some.get(some.size() - 1))));
          }
        });
    return said.isEmpty() ? "What each round of a recipe came to." : String.join("; ", said) + ".";
  }

  private List<Html> panels() {
    List<Html> panels = new ArrayList<>();
    for (String id : METRICS) {
      Metric metric = page.comparison().metric(id);
      Html panel = metric == null ? null : panel(metric);
      if (panel != null) {
        panels.add(panel);
      }
    }
    return panels;
  }

  private @Nullable Html panel(Metric metric) {
    int last = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (List<ComparedRecipe> some : rounds.values()) {
      for (ComparedRecipe recipe : some) {
        Cell cell = metric.cell(recipe.name());
        if (cell != null) {
          last = Math.max(last, number(recipe));
          least = Math.min(least, SeedRange.low(cell));
          most = Math.max(most, SeedRange.high(cell));
        }
      }
    }
    if (last == 0) {
      return null;
    }
    Cell base = metric.cell(page.reference());
    if (base != null) {
      least = Math.min(least, base.value().value());
      most = Math.max(most, base.value().value());
    }
    Scale x = Scale.linear(0.75, last + 0.25, last).from(LEFT, WIDTH - RIGHT);
    Scale y = Scale.around(least, most, 4).from(HEIGHT - BOTTOM, TOP);
    Svg svg = new Svg().heading(0, 14, metric.title(), metric.unit());
    svg.yAxis(y, LEFT, WIDTH - RIGHT, false);
    for (int round = 1; round <= last; round++) {
      svg.upright("stroke", x.at(round), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4);
      if (last <= 12 || round % 5 == 0) {
        svg.text(
            "tick", x.at(round), HEIGHT - BOTTOM + 16, TextFormat.whole(round), Svg.Anchor.MIDDLE);
      }
    }
    svg.text("axis", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "round", Svg.Anchor.MIDDLE);
    if (base != null) {
      String look = page.look(page.reference()).css();
      svg.across("level " + look, LEFT, WIDTH - RIGHT, y.at(base.value().value()));
    }
    rounds.forEach((name, some) -> draw(svg, metric, some, x, y));
    String label = metric.title() + " by round: " + String.join(", ", rounds.keySet());
    return svg.picture(WIDTH, HEIGHT, "panel", label + "; the numbers are in the verdict");
  }

  private void draw(Svg svg, Metric metric, List<ComparedRecipe> some, Scale x, Scale y) {
    List<double[]> line = new ArrayList<>();
    for (ComparedRecipe recipe : some) {
      Cell cell = metric.cell(recipe.name());
      if (cell != null) {
        line.add(new double[] {x.at(number(recipe)), y.at(cell.value().value())});
      }
    }
    svg.path("stroke", Path.through(line));
    for (ComparedRecipe recipe : some) {
      Cell cell = metric.cell(recipe.name());
      if (cell != null) {
        Look look = page.look(recipe.name());
        double at = x.at(number(recipe));
        svg.group(look, recipe.name())
            .upright("whisker", at, y.at(SeedRange.low(cell)), y.at(SeedRange.high(cell)))
            .mark(look, at, y.at(cell.value().value()), 11)
            .end();
      }
    }
  }
}

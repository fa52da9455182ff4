// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Metric;

/** What becomes of a metric along a setting in which recipes differ. */
final class SweepsSection {
  private static final List<String> METRICS = List.of("gold", "score", "kl");

  private final Page page;
  private final List<SweptSetting> swept;

  private SweepsSection(Page page, List<SweptSetting> swept) {
    this.page = page;
    this.swept = swept;
  }

  static @Nullable PageSection of(Page page) {
    List<SweptSetting> swept = swept(page.comparison().recipes());
    SweepsSection section = new SweepsSection(page, swept);
    List<Html> parts = section.parts();
    if (parts.isEmpty()) {
      return null;
    }
    Html body =
        Html.of(
            """
            {}
            <p class="note">One mark a recipe, measured on the held-out prompts; the stroke runs from the lowest to the highest seed. Lines join \
            recipes that differ in this setting alone. Dotted: {}. The best of many settings looks better than it is: chance has picked it, too. \
            Measure it again, with other seeds and on other prompts.</p>
            """,
            parts,
            page.reference());
    return new PageSection("settings-swept", "Along a setting", "Sweeps", section.lead(), body);
  }

  /**
   * The settings in which recipes of one origin differ alone, at two values that are set or more.
   */
  private static List<SweptSetting> swept(List<ComparedRecipe> recipes) {
    Map<String, List<ComparedRecipe>> byOrigin = new LinkedHashMap<>();
    for (ComparedRecipe recipe : recipes) {
      ComparedRecipe.Point point = recipe.point();
      if (point != null) {
        byOrigin.computeIfAbsent(point.of(), name -> new ArrayList<>()).add(recipe);
      }
    }
    List<SweptSetting> swept = new ArrayList<>();
    byOrigin.forEach(
        (origin, some) -> {
          Set<String> paths = new LinkedHashSet<>();
          some.forEach(recipe -> paths.addAll(settings(recipe).keySet()));
          for (String path : paths) {
            SweptSetting setting = along(origin, path, some);
            if (!setting.lines().isEmpty()) {
              swept.add(setting);
            }
          }
        });
    return swept;
  }

  private static Map<String, String> settings(ComparedRecipe recipe) {
    ComparedRecipe.Point point = recipe.point();
    return point == null ? Map.of() : point.settings();
  }

  private static SweptSetting along(String origin, String path, List<ComparedRecipe> recipes) {
    Map<Map<String, String>, List<SweptSetting.Point>> byRest = new LinkedHashMap<>();
    for (ComparedRecipe recipe : recipes) {
      Map<String, String> rest = new LinkedHashMap<>(settings(recipe));
      Double value = number(rest.remove(path));
      if (value != null) {
        byRest
            .computeIfAbsent(rest, unseen -> new ArrayList<>())
            .add(new SweptSetting.Point(recipe.name(), value));
      }
    }
    // One variant and what it varies are no sweep.
    byRest.values().removeIf(points -> varying(points, origin) < 2);
    Set<String> differing = new LinkedHashSet<>();
    for (Map<String, String> rest : byRest.keySet()) {
      rest.forEach(
          (other, value) -> {
            if (byRest.keySet().stream().anyMatch(one -> !value.equals(one.get(other)))) {
              differing.add(other);
            }
          });
    }
    List<SweptSetting.Line> lines = new ArrayList<>();
    byRest.forEach(
        (rest, points) -> {
          points.sort(Comparator.comparingDouble(SweptSetting.Point::value));
          List<String> said = new ArrayList<>();
          differing.forEach(other -> said.add(SweptSetting.last(other) + " " + rest.get(other)));
          lines.add(new SweptSetting.Line(String.join(", ", said), points));
        });
    return new SweptSetting(origin, path, lines);
  }

  private static long varying(List<SweptSetting.Point> points, String origin) {
    return points.stream().filter(point -> !point.recipe().equals(origin)).count();
  }

  private static @Nullable Double number(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null; // a word, or a block
    }
  }

  private Html lead() {
    List<String> said = new ArrayList<>();
    Metric gold = page.comparison().metric("gold");
    for (SweptSetting setting : swept) {
      SweptSetting.Point best = null;
      double most = Double.NEGATIVE_INFINITY;
      for (SweptSetting.Line line : setting.lines()) {
        for (SweptSetting.Point point : line.points()) {
          Cell cell = gold == null ? null : gold.cell(point.recipe());
          if (cell != null && cell.value().value() > most) {
            most = cell.value().value();
            best = point;
          }
        }
      }
      if (best != null) {
        said.add(
            "along %s the gold reward is highest at %s: %s, of %s"
                .formatted(
                    setting.path(),
                    SweptSetting.text(best.value()),
                    TextFormat.number(most, 2),
                    best.recipe()));
      }
    }
    String all = String.join("; ", said);
    return Html.text(
        all.isEmpty()
            ? "What recipes that differ in one setting alone come to."
            : Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".");
  }

  private List<Html> parts() {
    List<Html> parts = new ArrayList<>();
    for (SweptSetting setting : swept) {
      List<Html> panels = new ArrayList<>();
      for (String id : METRICS) {
        Metric metric = page.comparison().metric(id);
        if (metric != null) {
          SweepChart.of(page, setting, metric).ifPresent(panels::add);
        }
      }
      if (!panels.isEmpty()) {
        parts.add(
            Html.of(
                "<h3 class=\"small\">{}</h3>\n<div class=\"panels\">{}</div>\n",
                setting.path(),
                panels));
      }
    }
    return parts;
  }
}

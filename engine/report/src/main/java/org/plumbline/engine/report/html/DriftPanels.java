// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Drift;

/**
 * Over-optimisation, one small picture per recipe on shared axes: gold and score against KL (after
 * figure 1 of Gao, Schulman and Hilton 2022, arXiv:2210.10760).
 */
final class DriftPanels {

  private static final int WIDTH = 216;
  private static final int HEIGHT = 198;
  private static final int LEFT = 30;
  private static final int RIGHT = 8;
  private static final int TOP = 42;
  private static final int BOTTOM = 22;

  /** Longer paths are drawn as means of consecutive steps: noise would draw knots. */
  private static final int MOST = 32;

  private final Page page;
  private final Scale x;
  private final Scale y;

  private DriftPanels(Page page, Scale x, Scale y) {
    this.page = page;
    this.x = x;
    this.y = y;
  }

  /** One curve to draw. */
  record Panel(
      String recipe, String title, List<Drift.Step> steps, double gap, Drift.@Nullable Step peak) {}

  static List<Html> draw(Page page, Drift drift) {
    List<Panel> panels = panels(page, drift);
    if (panels.isEmpty()) {
      return List.of();
    }
    double far = 0;
    double least = 0;
    double most = 0;
    for (Panel panel : panels) {
      for (Drift.Step step : panel.steps) {
        far = Math.max(far, step.kl());
        least = Math.min(least, Math.min(step.gold(), step.score()));
        most = Math.max(most, Math.max(step.gold(), step.score()));
      }
    }
    Scale x = Scale.root(far, 4).from(LEFT, WIDTH - RIGHT);
    Scale y = Scale.around(least, most, 5).from(HEIGHT - BOTTOM, TOP);
    DriftPanels drawing = new DriftPanels(page, x, y);
    List<Html> out = new ArrayList<>();
    for (Panel panel : panels) {
      out.add(drawing.draw(panel, out.isEmpty()));
    }
    return out;
  }

  /** The paths of training in the order of the recipes; the reference has none worth showing. */
  static List<Panel> panels(Page page, Drift drift) {
    List<Panel> out = new ArrayList<>();
    for (String recipe : page.recipes()) {
      for (Drift.Path path : drift.paths()) {
        boolean own = path.recipe().equals(recipe) && !page.isReference(recipe);
        if (own && !path.steps().isEmpty()) {
          out.add(new Panel(recipe, recipe, means(path.steps()), path.gap(), path.peak()));
        }
      }
    }
    if (page.many()) {
      Comparator<Panel> peaks = Comparator.comparing(panel -> panel.peak == null);
      out.sort(peaks.thenComparing(Comparator.comparingDouble((Panel p) -> p.gap).reversed()));
    }
    return out;
  }

  private static List<Drift.Step> means(List<Drift.Step> steps) {
    if (steps.size() <= MOST) {
      return steps;
    }
    List<Drift.Step> out = new ArrayList<>();
    out.add(steps.get(0));
    int inner = steps.size() - 2;
    for (int k = 0; k < MOST - 2; k++) {
      int from = 1 + k * inner / (MOST - 2);
      int to = 1 + (k + 1) * inner / (MOST - 2);
      List<Drift.Step> some = steps.subList(from, Math.max(to, from + 1));
      out.add(
          new Drift.Step(
              some.get(0).step(),
              some.stream().mapToDouble(Drift.Step::kl).average().orElseThrow(),
              some.stream().mapToDouble(Drift.Step::gold).average().orElseThrow(),
              some.stream().mapToDouble(Drift.Step::score).average().orElseThrow()));
    }
    out.add(steps.get(steps.size() - 1));
    return out;
  }

  private Html draw(Panel panel, boolean first) {
    Look look = page.look(panel.recipe);
    Svg svg = new Svg();
    svg.yAxis(y, LEFT, WIDTH - RIGHT, true).xAxis(x, HEIGHT - BOTTOM);
    svg.mark(look, 6, 8, 11).text("title", 16, 12, TextFormat.brief(panel.title, 26));
    svg.text("faint", 0, 27, note(panel));
    svg.group(look.css());
    svg.path("score", line(panel, false)).path("gold", line(panel, true)).end();
    Drift.Step peak = panel.peak;
    if (peak != null) {
      svg.upright("peak", x.at(peak.kl()), y.at(peak.gold()), HEIGHT - BOTTOM);
    }
    if (first || peak != null) {
      name(svg, panel);
    }
    String label = panel.title + ": gold and reward-model score against KL. " + note(panel) + ".";
    return svg.picture(WIDTH, HEIGHT, "panel hl " + look.css(), label);
  }

  static String note(Panel panel) {
    Drift.Step peak = panel.peak;
    return "gap "
        + TextFormat.number(panel.gap, 1)
        + (peak == null
            ? "; gold shows no peak"
            : "; gold peaks at " + TextFormat.number(peak.kl(), peak.kl() < 10 ? 1 : 0) + " nats");
  }

  private String line(Panel panel, boolean gold) {
    List<double[]> points = new ArrayList<>();
    for (Drift.Step step : panel.steps) {
      points.add(new double[] {x.at(step.kl()), y.at(gold ? step.gold() : step.score())});
    }
    return Path.through(points);
  }

  /** Name both lines at their ends: right of them where there is room, else beside the line. */
  private void name(Svg svg, Panel panel) {
    Drift.Step last = panel.steps.get(panel.steps.size() - 1);
    double at = x.at(last.kl());
    double score = y.at(last.score());
    double gold = y.at(last.gold());
    if (at < WIDTH - 86) {
      double down = score <= gold ? 9 : -4;
      svg.text("faint", at + 5, score - (down > 0 ? 1 : -12), "reward model");
      svg.text("faint", at + 5, gold + down, "gold");
      return;
    }
    // A rising line has room below it, a falling one above.
    double[] low = reach(panel, at - 78, false);
    double[] high = reach(panel, at - 32, true);
    svg.text("faint", at - 4, low[1] + 13, "reward model", Svg.Anchor.END);
    svg.text("faint", at - 4, high[0] - 6, "gold", Svg.Anchor.END);
  }

  /** The least and the greatest place on the page of a line from {@code left} on. */
  private double[] reach(Panel panel, double left, boolean gold) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Drift.Step step : panel.steps) {
      if (x.at(step.kl()) >= left) {
        double place = y.at(gold ? step.gold() : step.score());
        least = Math.min(least, place);
        most = Math.max(most, place);
      }
    }
    return new double[] {least, most};
  }
}

package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Drift;

/**
 * Over-optimisation, one small picture per recipe on shared axes: gold and score against KL (after
 * figure 1 of Gao, Schulman and Hilton 2022, arXiv:2210.10760).
 */
final class DriftPanels {

  private static final int WIDTH = 216;
  private static final int HEIGHT = 192;
  private static final int LEFT = 30;
  private static final int RIGHT = 8;
  private static final int TOP = 36;
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
    Scale y = Scale.rounded(least, most, 4).from(HEIGHT - BOTTOM, TOP);
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
    svg.mark(look, 6, 8, 11).text("title", 16, 12, Say.brief(panel.title, 26));
    svg.text("faint", 0, 27, note(panel));
    svg.group(look.css());
    svg.path("score", line(panel, false)).path("gold", line(panel, true)).end();
    Drift.Step last = panel.steps.get(panel.steps.size() - 1);
    Drift.Step peak = panel.peak;
    if (peak != null) {
      svg.upright("peak", x.at(peak.kl()), y.at(peak.gold()), HEIGHT - BOTTOM);
    }
    if (first || peak != null) {
      name(svg, last);
    }
    String label = panel.title + ": gold and reward-model score against KL. " + note(panel) + ".";
    return svg.picture(WIDTH, HEIGHT, "panel hl " + look.css(), label);
  }

  static String note(Panel panel) {
    Drift.Step peak = panel.peak;
    return "gap "
        + Say.number(panel.gap, 1)
        + (peak == null
            ? "; gold has not fallen"
            : "; gold peaks at " + Say.number(peak.kl(), peak.kl() < 10 ? 1 : 0) + " nats");
  }

  private String line(Panel panel, boolean gold) {
    List<double[]> points = new ArrayList<>();
    for (Drift.Step step : panel.steps) {
      points.add(new double[] {x.at(step.kl()), y.at(gold ? step.gold() : step.score())});
    }
    return Path.through(points);
  }

  /** Name both lines at their ends: right of them where there is room, else above and below. */
  private void name(Svg svg, Drift.Step last) {
    double at = x.at(last.kl());
    double score = y.at(last.score());
    double gold = y.at(last.gold());
    boolean room = at < WIDTH - 86;
    Svg.Anchor anchor = room ? Svg.Anchor.START : Svg.Anchor.END;
    double left = room ? at + 5 : at - 6;
    boolean above = score <= gold;
    svg.text("faint", left, room ? score - 1 : score + (above ? 24 : -8), "reward model", anchor);
    svg.text(
        "faint", left, room ? gold + (above ? 9 : -4) : gold + (above ? -6 : 14), "gold", anchor);
  }
}

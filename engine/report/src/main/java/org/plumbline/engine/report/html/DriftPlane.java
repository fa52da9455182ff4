// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.plumbline.engine.report.Drift;
import org.plumbline.engine.report.Interval;

/** Gold reward against KL: one mark per recipe, and what best-of-n would reach. */
final class DriftPlane {

  private static final int LEFT = 44;
  private static final int RIGHT = 16;
  private static final int TOP = 28;
  private static final int BOTTOM = 42;

  /** How much further than the next a recipe must lie to be taken off the scale. */
  private static final double FAR = 4;

  /** How many of them are named. */
  private static final int BEYOND = 4;

  /** An interval of few seeds may be so wide that beside it all marks would lie on each other. */
  private static final double STRETCH = 2;

  private final Page page;
  private final Drift drift;
  private final int width;
  private final int height;
  private final List<Drift.Point> shown = new ArrayList<>();
  private final List<Drift.Point> beyond = new ArrayList<>();
  private final List<double[]> taken = new ArrayList<>();

  private DriftPlane(Page page, Drift drift, int width, int height) {
    this.page = page;
    this.drift = drift;
    this.width = width;
    this.height = height;
  }

  static Html draw(Page page, Drift drift, int width, int height) {
    DriftPlane plane = new DriftPlane(page, drift, width, height);
    plane.part();
    return plane.draw();
  }

  /** One recipe that ran far away must not press all others into a corner. */
  private void part() {
    List<Drift.Point> byKl = new ArrayList<>(drift.points());
    byKl.sort(Comparator.comparingDouble(p -> p.kl().value()));
    int keep = byKl.size();
    while (keep > 2 && byKl.get(keep - 1).kl().value() > FAR * byKl.get(keep - 2).kl().value()) {
      keep--;
    }
    if (byKl.size() - keep > byKl.size() / 3 || byKl.get(keep - 1).kl().value() <= 0) {
      keep = byKl.size();
    }
    for (Drift.Point point : drift.points()) {
      (byKl.indexOf(point) < keep ? shown : beyond).add(point);
    }
  }

  private Html draw() {
    Scale x = horizontal();
    Scale y = vertical();
    Svg svg = new Svg();
    svg.yAxis(y, LEFT, width - RIGHT, false).xAxis(x, height - BOTTOM);
    svg.text("axis", 0, TOP - 14, "gold reward, mean per answer");
    svg.text(
        "axis", width - RIGHT, height - 6, "KL to the reference, nats per answer", Svg.Anchor.END);
    bestOf(svg, x, y);
    for (Drift.Point point : shown) {
      double size = 8;
      double kl = x.at(point.kl().value());
      double gold = y.at(point.gold().value());
      taken.add(box(kl, gold, size, size));
      taken.add(
          new double[] {kl - 2, y.within(high(point.gold())), kl + 2, y.within(low(point.gold()))});
      taken.add(
          new double[] {x.within(low(point.kl())), gold - 2, x.within(high(point.kl())), gold + 2});
    }
    for (Drift.Point point : shown) {
      point(svg, point, x, y);
    }
    for (int i = 0; i < Math.min(BEYOND, beyond.size()); i++) {
      beyond(svg, beyond.get(i), height - BOTTOM - 12 - 16 * i);
    }
    return svg.picture(
        width,
        height,
        "plane",
        "Gold reward against KL to the reference: one mark per recipe with 95 percent intervals,"
            + " small dots are seeds. The numbers are in the table below.");
  }

  private Scale horizontal() {
    double marks = 0;
    double intervals = 0;
    for (Drift.Point p : shown) {
      marks = Math.max(marks, p.kl().value());
      intervals = Math.max(intervals, high(p.kl()));
      for (Drift.SeedPoint seed : p.seeds()) {
        marks = Math.max(marks, seed.kl());
      }
    }
    for (Drift.BestOf best : drift.bestOfN()) {
      marks = Math.max(marks, best.kl());
    }
    double most = Math.max(marks, Math.min(intervals, STRETCH * marks));
    return Scale.linear(0, most <= 0 ? 1 : most * 1.08, 6).from(LEFT, width - RIGHT);
  }

  private Scale vertical() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Drift.Point p : shown) {
      least = Math.min(least, p.gold().value());
      most = Math.max(most, p.gold().value());
      low = Math.min(low, low(p.gold()));
      high = Math.max(high, high(p.gold()));
      for (Drift.SeedPoint seed : p.seeds()) {
        least = Math.min(least, seed.gold());
        most = Math.max(most, seed.gold());
      }
    }
    for (Drift.BestOf best : drift.bestOfN()) {
      least = Math.min(least, best.gold());
      most = Math.max(most, best.gold());
    }
    double span = (STRETCH - 1) * (most - least);
    least = Math.min(least, Math.max(low, least - span));
    most = Math.max(most, Math.min(high, most + span));
    // room at the foot for the names of what lies beyond
    double room = beyond.isEmpty() ? 0 : .06 * Math.min(BEYOND, beyond.size()) * (most - least);
    return Scale.around(least - room, most, 5).from(height - BOTTOM, TOP);
  }

  private void bestOf(Svg svg, Scale x, Scale y) {
    for (String recipe : page.recipes()) {
      List<Drift.BestOf> curve =
          drift.bestOfN().stream().filter(b -> b.recipe().equals(recipe)).toList();
      if (curve.size() > 1) {
        bestOf(svg, x, y, curve);
      }
    }
  }

  private void bestOf(Svg svg, Scale x, Scale y, List<Drift.BestOf> curve) {
    List<double[]> points = new ArrayList<>();
    for (Drift.BestOf best : curve) {
      points.add(new double[] {x.at(best.kl()), y.at(best.gold())});
    }
    String cls = page.look(curve.get(0).recipe()).css();
    svg.group(cls + " hl").path("bestof", Path.through(points));
    for (double[] point : points.subList(1, points.size())) {
      svg.dot("full", point[0], point[1], 1.6);
      taken.add(box(point[0], point[1], 2, 2));
    }
    String text = "best of n, n = 1 … " + curve.get(curve.size() - 1).n();
    place(svg, "faint", points.get(points.size() / 2), text);
    svg.end();
  }

  private void point(Svg svg, Drift.Point p, Scale x, Scale y) {
    double kl = x.at(p.kl().value());
    double gold = y.at(p.gold().value());
    Look look = page.look(p.recipe());
    svg.group(look, title(p));
    for (Drift.SeedPoint seed : p.seeds()) {
      svg.dot("seed", x.at(seed.kl()), y.at(seed.gold()), 1.8);
    }
    if (p.gold().low() != null) {
      svg.upright("whisker", kl, y.within(low(p.gold())), y.within(high(p.gold())));
    }
    if (p.kl().low() != null) {
      svg.across("whisker", x.within(low(p.kl())), x.within(high(p.kl())), gold);
    }
    svg.mark(look, kl, gold, 12);
    place(svg, "label", new double[] {kl, gold}, TextFormat.brief(p.recipe(), 20));
    svg.end();
  }

  private static String title(Drift.Point p) {
    return p.recipe()
        + ": gold "
        + TextFormat.number(p.gold().value(), 2)
        + " "
        + TextFormat.range(p.gold(), 1, 2)
        + ", KL "
        + (p.bound() ? "at most " : "")
        + TextFormat.number(p.kl().value(), 1);
  }

  /** Set a label beside a point where it hides least of what is there already. */
  private void place(Svg svg, String cls, double[] at, String text) {
    double length = 6.3 * text.length();
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double[] way :
        new double[][] {
          {10, 15}, {10, -8}, {-10, 15}, {-10, -8}, {12, 4}, {-12, 4}, {10, 28}, {-10, -20}
        }) {
      double left = way[0] > 0 ? at[0] + way[0] : at[0] + way[0] - length;
      double[] box = {left, at[1] + way[1] - 11, left + length, at[1] + way[1] + 3};
      double cost = cost(box);
      if (cost < least) {
        least = cost;
        best = box;
      }
    }
    // Of many recipes those that fit are named; all are in the table, and say their name when
    // pointed at.
    if (best != null && (least <= 0 || !page.many())) {
      taken.add(best);
      svg.text(cls, best[0], best[3] - 3, text);
    }
  }

  private double cost(double[] box) {
    double cost = box[0] < LEFT ? 1e4 * (LEFT - box[0]) : 0;
    cost += box[2] > width ? 1e4 * (box[2] - width) : 0;
    cost += box[1] < TOP - 8 ? 1e3 : 0;
    cost += box[3] > height - BOTTOM ? 1e4 : 0;
    for (double[] other : taken) {
      double wide = Math.min(box[2], other[2]) - Math.max(box[0], other[0]);
      double tall = Math.min(box[3], other[3]) - Math.max(box[1], other[1]);
      cost += wide > 0 && tall > 0 ? wide * tall : 0;
    }
    return cost;
  }

  private void beyond(Svg svg, Drift.Point p, double y) {
    Look look = page.look(p.recipe());
    double x = width - RIGHT - 4;
    String text =
        TextFormat.brief(p.recipe(), 20)
            + ": off scale, KL "
            + TextFormat.number(p.kl().value(), 0)
            + ", gold "
            + TextFormat.number(p.gold().value(), 2);
    svg.group(look, title(p)).mark(look, x - 14, y, 12);
    svg.path("arrow", "M" + Path.at(x - 5) + " " + Path.at(y) + "h8m-3.5-3.5 3.5 3.5-3.5 3.5");
    svg.text("label", x - 26, y + 4, text, Svg.Anchor.END).end();
  }

  private static double[] box(double x, double y, double wide, double tall) {
    return new double[] {x - wide, y - tall, x + wide, y + tall};
  }

  private static double low(Interval i) {
    Double low = i.low();
    return low == null ? i.value() : low;
  }

  private static double high(Interval i) {
    Double high = i.high();
    return high == null ? i.value() : high;
  }
}

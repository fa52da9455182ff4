// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.plumbline.engine.report.Curve;

/** Learning curves of one metric: mean and band of each recipe, named where it ends. */
final class CurveChart {

  private static final int LEFT = 38;
  private static final int TOP = 30;
  private static final int BOTTOM = 24;
  private static final double LABEL_GAP = 12.5;
  private static final int LONGEST_LABEL = 17;
  private static final String AXIS = "update";

  /** A chart: small in a grid of all metrics, or alone across the page. */
  enum Size {
    SMALL(368, 216, 4, 60),
    BIG(1130, 400, 8, 160);

    final int width;
    final int height;
    final int ticks;
    final int points;

    Size(int width, int height, int ticks, int points) {
      this.width = width;
      this.height = height;
      this.ticks = ticks;
      this.points = points;
    }
  }

  private final Page page;
  private final Curve curve;
  private final Size size;
  private final double right;
  private final Scale x;
  private final Scale y;

  private CurveChart(Page page, Curve curve, Size size) {
    this.page = page;
    this.curve = curve;
    this.size = size;
    // The name of the axis stands where the names of the lines do.
    int longest = Math.max(AXIS.length(), page.reference().length());
    double least = curve.reference() == null ? Double.POSITIVE_INFINITY : curve.reference();
    double most = curve.reference() == null ? Double.NEGATIVE_INFINITY : curve.reference();
    int last = 1;
    for (Curve.Line line : curve.lines()) {
      longest = Math.max(longest, line.recipe().length());
      for (Curve.Point p : line.points()) {
        least = Math.min(least, p.low());
        most = Math.max(most, p.high());
        last = Math.max(last, p.step());
      }
    }
    this.right = size.width - 22 - 6.2 * Math.min(LONGEST_LABEL, longest);
    int ticks = size == Size.SMALL ? 4 : 6;
    this.x = Scale.linear(0, last, size.ticks).from(LEFT, right);
    this.y =
        (isRoot(curve) ? Scale.root(most, ticks) : Scale.around(least, most, ticks))
            .from(size.height - BOTTOM, TOP);
  }

  /** KL grows with the square of the distance, so its axis is a square root. */
  static boolean isRoot(Curve curve) {
    return curve.id().equals("kl");
  }

  static Html draw(Page page, Curve curve, Size size) {
    return new CurveChart(page, curve, size).draw();
  }

  private Html draw() {
    Svg svg = new Svg();
    String unit = curve.unit() + (isRoot(curve) ? ", square-root scale" : "");
    svg.heading(0, 12, curve.title(), unit);
    svg.text("tick", size.width, size.height - BOTTOM + 16, AXIS, Svg.Anchor.END);
    svg.yAxis(y, LEFT, right, false).xAxis(x, size.height - BOTTOM);
    Double reference = curve.reference();
    List<End> ends = new ArrayList<>();
    if (reference != null) {
      Look look = page.look(page.reference());
      svg.across("level " + look.css(), LEFT, right, y.within(reference));
      ends.add(new End(look, right, y.within(reference)));
    }
    for (Curve.Line line : curve.lines()) {
      svg.path("band hl " + page.look(line.recipe()).css(), band(thin(line.points())));
    }
    for (Curve.Line line : curve.lines()) {
      List<Curve.Point> points = thin(line.points());
      Look look = page.look(line.recipe());
      svg.group(look, line.recipe()).path("line " + look.css(), mean(points)).end();
      Curve.Point last = points.get(points.size() - 1);
      if (reference == null || !page.isReference(line.recipe())) {
        ends.add(new End(look, x.at(last.step()), y.within(last.mean())));
      }
    }
    labels(svg, ends);
    svg.path("cross", "M0 " + TOP + "V" + (size.height - BOTTOM));
    Html attributes =
        Html.of(
            " data-curve=\"{}\" data-left=\"{}\" data-right=\"{}\" data-width=\"{}\""
                + " data-last=\"{}\"",
            curve.id(),
            LEFT,
            Path.at(right),
            size.width,
            Path.at(x.high()));
    String label =
        curve.title()
            + " along training, mean over the seeds with the range of the seeds;"
            + " the values are in the table below.";
    return svg.picture(
        size.width,
        size.height,
        "curve " + (size == Size.SMALL ? "small" : "big"),
        label,
        attributes);
  }

  /** Every k-th point, the last one always. */
  private List<Curve.Point> thin(List<Curve.Point> points) {
    int every = (points.size() + size.points - 1) / size.points;
    if (every <= 1) {
      return points;
    }
    List<Curve.Point> out = new ArrayList<>();
    for (int i = 0; i < points.size() - 1; i += every) {
      out.add(points.get(i));
    }
    out.add(points.get(points.size() - 1));
    return out;
  }

  private String mean(List<Curve.Point> points) {
    return Path.through(points.stream().map(p -> point(p.step(), p.mean())).toList());
  }

  private String band(List<Curve.Point> points) {
    List<double[]> around = new ArrayList<>();
    points.forEach(p -> around.add(point(p.step(), p.high())));
    List<Curve.Point> back = new ArrayList<>(points);
    Collections.reverse(back);
    back.forEach(p -> around.add(point(p.step(), p.low())));
    return Path.through(around) + "z";
  }

  private double[] point(int step, double value) {
    return new double[] {x.at(step), y.within(value)};
  }

  private record End(Look look, double x, double y) {}

  /** Every line has its mark where it ends; the name stands beside it. */
  private void labels(Svg svg, List<End> ends) {
    List<End> early = new ArrayList<>();
    List<End> late = new ArrayList<>();
    for (End end : named(ends)) {
      double length = 6.2 * Math.min(LONGEST_LABEL, end.look.name().length());
      (end.x + 16 + length < right ? early : late).add(end);
    }
    for (End end : ends) {
      svg.group(end.look, end.look.name()).mark(end.look, end.x, end.y, 9).end();
    }
    if (!page.many()) {
      name(svg, early, false); // many would hide the lines that they stand among
    }
    name(svg, late, true);
  }

  /** Of more ends than there is room for, the reference's, the highest and the lowest. */
  private List<End> named(List<End> ends) {
    int room = (int) ((size.height - TOP - BOTTOM) / LABEL_GAP);
    if (ends.size() <= room) {
      return ends;
    }
    List<End> byHeight = new ArrayList<>(ends);
    byHeight.sort(Comparator.comparingDouble(End::y));
    int each = Math.max(1, room / 2 - 2);
    List<End> out = new ArrayList<>(byHeight.subList(0, each));
    for (End end : byHeight.subList(each, byHeight.size() - each)) {
      if (page.isReference(end.look.name())) {
        out.add(end);
      }
    }
    out.addAll(byHeight.subList(byHeight.size() - each, byHeight.size()));
    return out;
  }

  /** Names beside their marks, apart from each other; a line leads to one that had to move. */
  private void name(Svg svg, List<End> ends, boolean aligned) {
    double[] wanted = ends.stream().mapToDouble(End::y).toArray();
    double[] placed = LabelLayout.apart(wanted, LABEL_GAP, TOP - 2, size.height - BOTTOM + 4);
    for (int i = 0; i < placed.length; i++) {
      End end = ends.get(i);
      double from = aligned ? right + 14 : end.x + 8;
      svg.group(end.look, end.look.name());
      if (Math.abs(placed[i] - end.y) > 2 || from - end.x > 16) {
        svg.path("leader", "M" + place(end.x + 5, end.y) + "L" + place(from - 2, placed[i]));
      }
      svg.text("label", from, placed[i] + 3.8, TextFormat.brief(end.look.name(), LONGEST_LABEL));
      svg.end();
    }
  }

  private static String place(double x, double y) {
    return Path.at(x) + " " + Path.at(y);
  }
}

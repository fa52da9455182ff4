// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Metric;

/** One metric over a setting: a mark for each recipe, a line for those that differ in it alone. */
final class SweepChart {
  private static final int WIDTH = 368;
  private static final int HEIGHT = 230;
  private static final int LEFT = 40;
  private static final int TOP = 34;
  private static final int BOTTOM = 40;
  private static final double LETTER = 7;
  private static final double LABEL_GAP = 13;
  private static final int LONGEST_LABEL = 20;

  /** From here on neighbours would lie on each other at one end. */
  private static final double WIDE = 20;

  private final Page page;
  private final SweptSetting setting;
  private final Metric metric;
  private final boolean log;
  private final double right;
  private final Scale x;
  private final Scale y;
  private final TreeSet<Double> values = new TreeSet<>();
  private final Map<String, Double> ends = new LinkedHashMap<>();

  private SweepChart(Page page, SweptSetting setting, Metric metric, Range range) {
    this.page = page;
    this.setting = setting;
    this.metric = metric;
    int label = 0;
    for (SweptSetting.Line line : setting.lines()) {
      line.points().forEach(point -> values.add(point.value()));
      label = Math.max(label, line.label().length());
    }
    this.right = WIDTH - 16 - LETTER * Math.min(LONGEST_LABEL, label);
    this.log = values.first() > 0 && values.last() / values.first() >= WIDE;
    double low = bend(values.first());
    double high = bend(values.last());
    double margin = 0.06 * Math.max(high - low, 1e-12);
    this.x = Scale.linear(low - margin, high + margin, 4).from(LEFT, right);
    this.y = Scale.around(range.least, range.most, 4).from(HEIGHT - BOTTOM, TOP);
  }

  /** The lowest and the highest value that is drawn. */
  private static final class Range {
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    void add(Cell cell) {
      least = Math.min(least, SeedRange.low(cell));
      most = Math.max(most, SeedRange.high(cell));
    }
  }

  /** The chart; empty if fewer than two recipes have the metric. */
  static Optional<Html> of(Page page, SweptSetting setting, Metric metric) {
    Range range = new Range();
    int drawn = 0;
    for (SweptSetting.Line line : setting.lines()) {
      for (SweptSetting.Point point : line.points()) {
        Cell cell = metric.cell(point.recipe());
        if (cell != null) {
          range.add(cell);
          drawn++;
        }
      }
    }
    if (drawn < 2) {
      return Optional.empty();
    }
    Cell base = metric.cell(page.reference());
    if (base != null) {
      range.least = Math.min(range.least, base.value().value());
      range.most = Math.max(range.most, base.value().value());
    }
    return Optional.of(new SweepChart(page, setting, metric, range).draw());
  }

  private double bend(double value) {
    return log ? StrictMath.log10(value) : value;
  }

  private Html draw() {
    Svg svg = new Svg().heading(0, 14, metric.title(), metric.unit());
    svg.yAxis(y, LEFT, right, false);
    double free = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      double at = x.at(bend(value));
      String text = SweptSetting.text(value);
      svg.upright("stroke", at, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4);
      double half = LETTER * text.length() / 2;
      if (at - half > free) {
        svg.text("tick", at, HEIGHT - BOTTOM + 16, text, Svg.Anchor.MIDDLE);
        free = at + half + 4;
      }
    }
    String axis = SweptSetting.last(setting.path()) + (log ? ", logarithmic scale" : "");
    svg.text("axis", (LEFT + right) / 2, HEIGHT - 4, axis, Svg.Anchor.MIDDLE);
    Cell base = metric.cell(page.reference());
    if (base != null) {
      String look = page.look(page.reference()).css();
      svg.across("level " + look, LEFT, right, y.at(base.value().value()));
    }
    setting.lines().forEach(line -> draw(svg, line));
    labels(svg);
    String label =
        metric.title() + " along " + setting.path() + " of recipes that vary " + setting.of();
    return svg.picture(WIDTH, HEIGHT, "panel", label + "; the numbers are in the verdict");
  }

  private void draw(Svg svg, SweptSetting.Line line) {
    List<double[]> through = new ArrayList<>();
    for (SweptSetting.Point point : line.points()) {
      Cell cell = metric.cell(point.recipe());
      if (cell != null) {
        through.add(new double[] {x.at(bend(point.value())), y.at(cell.value().value())});
      }
    }
    if (through.isEmpty()) {
      return;
    }
    svg.path("stroke", Path.through(through));
    for (SweptSetting.Point point : line.points()) {
      Cell cell = metric.cell(point.recipe());
      if (cell != null) {
        Look look = page.look(point.recipe());
        double at = x.at(bend(point.value()));
        svg.group(look, point.recipe())
            .upright("whisker", at, y.at(SeedRange.low(cell)), y.at(SeedRange.high(cell)))
            .mark(look, at, y.at(cell.value().value()), 11)
            .end();
      }
    }
    if (line.label().isEmpty()) {
      return;
    }
    ends.put(line.label(), through.get(through.size() - 1)[1]);
  }

  /** Each beside the end of its line, but not on another. */
  private void labels(Svg svg) {
    List<Map.Entry<String, Double>> byHeight = new ArrayList<>(ends.entrySet());
    byHeight.sort(Map.Entry.comparingByValue());
    double free = TOP;
    for (Map.Entry<String, Double> end : byHeight) {
      double at = Math.max(free, end.getValue());
      svg.text("tick", right + 6, at + 3.6, TextFormat.brief(end.getKey(), LONGEST_LABEL));
      free = at + LABEL_GAP;
    }
  }
}

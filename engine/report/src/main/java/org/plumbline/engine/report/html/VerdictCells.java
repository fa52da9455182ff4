// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;

/** The cells of the verdict table: value, interval, and a strip that shows both on a scale. */
final class VerdictCells {

  private static final int WIDTH = 100;
  private static final int HEIGHT = 9;

  private final Page page;

  VerdictCells(Page page) {
    this.page = page;
  }

  /** The scales of a row: of the values and of the differences. */
  record Scales(Scale values, Scale differences) {}

  Scales scales(Metric metric) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double least = 0;
    double most = 0;
    for (Cell cell : metric.cells()) {
      low = Math.min(low, low(cell.value()));
      high = Math.max(high, high(cell.value()));
      for (Cell.SeedValue seed : cell.seeds()) {
        low = Math.min(low, seed.value().value());
        high = Math.max(high, seed.value().value());
      }
      Interval difference = cell.difference();
      if (difference != null) {
        least = Math.min(least, low(difference));
        most = Math.max(most, high(difference));
      }
    }
    return new Scales(strip(low, high), strip(least, most));
  }

  private static Scale strip(double low, double high) {
    boolean known = Double.isFinite(low) && Double.isFinite(high);
    return Scale.linear(known ? low : 0, known ? high : 1, 2).from(3, WIDTH - 3);
  }

  private static double low(Interval interval) {
    Double low = interval.low();
    return low == null ? interval.value() : low;
  }

  private static double high(Interval interval) {
    Double high = interval.high();
    return high == null ? interval.value() : high;
  }

  Html cell(Metric metric, String recipe, Scales scales) {
    Look look = page.look(recipe);
    Cell cell = metric.cell(recipe);
    if (cell == null) {
      return Html.of(
          "<td class=\"{}\" role=\"cell\" data-r=\"{}\"><span class=\"none\">–</span></td>\n",
          look.css(),
          look.index());
    }
    return Html.of(
        "<td class=\"{}\" role=\"cell\" data-r=\"{}\" data-v=\"{}\">{}{}</td>\n",
        look.css(),
        look.index(),
        cell.value().value(),
        absolute(metric, cell, scales.values()),
        difference(metric, cell, scales.differences()));
  }

  private Html absolute(Metric metric, Cell cell, Scale scale) {
    Interval value = cell.value();
    Cell reference = metric.cell(page.reference());
    Double at = reference == null ? null : reference.value().value();
    // Where the reference is a fixed number, no interval may seem to touch it that does not.
    int decimals = decimals(metric, cell, value, metric.fixedReference() ? at : null);
    String text =
        (cell.bound() ? "≤ " : "")
            + TextFormat.number(value.value() * metric.factor(), metric.decimals());
    Html strip =
        metric.cells().stream().allMatch(c -> c.value().low() == null)
            ? Html.NONE
            : strip(scale, value, at, seeds(cell, Cell.SeedValue::value));
    return Html.of(
        "<span class=\"abs\"><span class=\"line\">{}<b{}>{}</b></span>{}{}{}{}</span>",
        mark(cell.verdict()),
        rank(metric, cell.recipe()),
        text,
        range(TextFormat.range(value, metric.factor(), decimals)),
        strip,
        trained(cell),
        said(metric, cell.recipe()));
  }

  private Html difference(Metric metric, Cell cell, Scale scale) {
    Interval difference = cell.difference();
    if (difference == null) {
      String why = page.isReference(cell.recipe()) ? "reference" : "–";
      return Html.of("<span class=\"dif\"><span class=\"none\">{}</span></span>", why);
    }
    int decimals = decimals(metric, cell, difference, 0.0);
    return Html.of(
        "<span class=\"dif\"><span class=\"line\">{}<b{}>{}</b></span>{}{}</span>",
        mark(cell.verdict()),
        rank(metric, cell.recipe()),
        (cell.bound() ? "≤ " : "")
            + TextFormat.signed(difference.value() * metric.factor(), metric.decimals()),
        range(TextFormat.range(difference, metric.factor(), decimals)),
        difference.low() == null
            ? Html.NONE
            : strip(scale, difference, 0.0, seeds(cell, Cell.SeedValue::difference)));
  }

  private static int decimals(Metric metric, Cell cell, Interval interval, @Nullable Double at) {
    Double low = interval.low();
    Double high = interval.high();
    int decimals = metric.decimals();
    if (at == null || low == null || high == null || cell.verdict() == Verdict.NONE) {
      return decimals;
    }
    String edge = TextFormat.number(at * metric.factor(), decimals);
    boolean touches =
        TextFormat.number(low * metric.factor(), decimals).equals(edge)
            || TextFormat.number(high * metric.factor(), decimals).equals(edge);
    return touches ? decimals + 1 : decimals;
  }

  private static Html range(String range) {
    return range.isEmpty() ? Html.NONE : Html.of("<span class=\"range\">{}</span>", range);
  }

  private static Html mark(Verdict verdict) {
    return switch (verdict) {
      case BETTER -> new Html("<em class=\"good\">better</em>");
      case WORSE -> new Html("<em class=\"bad\">worse</em>");
      case HIGHER -> new Html("<em>higher</em>");
      case LOWER -> new Html("<em>lower</em>");
      case NONE -> Html.NONE;
    };
  }

  /** What is shown of the policies that were trained, where nothing is of the recipe. */
  private static Html trained(Cell cell) {
    Cell.Tests tests = cell.tests();
    if (tests == null || cell.verdict() != Verdict.NONE || tests.trainedVerdict() == Verdict.NONE) {
      return Html.NONE;
    }
    return Html.of(
        "<span class=\"range of-trained\">{} as trained here</span>",
        tests.trainedVerdict().word());
  }

  private static Html rank(Metric metric, String recipe) {
    if (recipe.equals(metric.best())) {
      return new Html(" class=\"best\"");
    }
    return metric.alike().contains(recipe) ? new Html(" class=\"alike\"") : Html.NONE;
  }

  private static Html said(Metric metric, String recipe) {
    if (recipe.equals(metric.best())) {
      return new Html("<span class=\"unseen\"> best</span>");
    }
    return metric.alike().contains(recipe)
        ? new Html("<span class=\"unseen\"> not shown to be worse than the best</span>")
        : Html.NONE;
  }

  /** The values of the seeds; of one seed alone there is nothing to see. */
  private static List<Double> seeds(Cell cell, Function<Cell.SeedValue, @Nullable Interval> what) {
    List<Double> out = new ArrayList<>();
    for (Cell.SeedValue seed : cell.seeds()) {
      Interval own = what.apply(seed);
      if (own != null) {
        out.add(own.value());
      }
    }
    return out.size() < 2 ? List.of() : out;
  }

  /**
   * The interval on the row's scale; a short upright is the value, a grey one the reference, dots
   * are the seeds.
   */
  private static Html strip(
      Scale scale, Interval interval, @Nullable Double reference, List<Double> seeds) {
    Svg svg = new Svg();
    if (reference != null) {
      svg.upright("ref", scale.within(reference), 0, HEIGHT);
    }
    if (interval.low() != null) {
      svg.across("span", scale.within(low(interval)), scale.within(high(interval)), HEIGHT / 2.0);
    }
    for (double seed : seeds) {
      // a line of no length with round ends: a dot that stays round when the strip is stretched
      svg.path("seed", "M" + Path.at(scale.within(seed)) + " " + Path.at(HEIGHT / 2.0) + "h0");
    }
    svg.upright("mid", scale.within(interval.value()), 1, HEIGHT - 1);
    return svg.ornament(WIDTH, HEIGHT, "strip");
  }
}

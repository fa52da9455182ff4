// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Calibration;
import org.plumbline.engine.report.RewardModelSummary.Point;

/** Reliability curves, one small picture per reward model on the same axes, and their points. */
final class ReliabilityCurves {
  private static final int WIDTH = 184;
  private static final int HEIGHT = 214;
  private static final int LEFT = 30;
  private static final int RIGHT = 8;
  private static final int TOP = 42;
  private static final int BOTTOM = 24;

  /** How many pictures stand open. */
  private static final int AT_ONCE = 12;

  private static final Scale X = Scale.linear(0, 1, 2).from(LEFT, WIDTH - RIGHT);
  private static final Scale Y = Scale.linear(0, 1, 2).from(HEIGHT - BOTTOM, TOP);

  private ReliabilityCurves() {}

  static Html of(Page page) {
    List<Html> pictures = new ArrayList<>();
    List<Html> rows = new ArrayList<>();
    for (RewardModelSummary model : page.comparison().rewards()) {
      Calibration calibration = model.calibration();
      if (calibration != null) {
        pictures.add(picture(page, model, calibration));
        for (Point point : calibration.curve()) {
          rows.add(row(model.name(), point));
        }
      }
    }
    if (pictures.isEmpty()) {
      return Html.NONE;
    }
    int open = Math.min(AT_ONCE, pictures.size());
    List<Html> others = pictures.subList(open, pictures.size());
    return Html.of(
        """
        <h3 class="small" id="reliability">How far probabilities can be believed{}</h3>
        <div class="panels reliable">{}</div>
        {}<p class="note">Across: the probability that an answer is preferred, as the reward model has it; up: how often it was. On the line both agree; \
        flatter than it is too sure, steeper not sure enough. Each two answers are turned round at random. Dots grow with how many predictions they stand \
        for; uprights are 95{}% intervals.</p>
        <details><summary>The points of the curves</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="The points of the curves"><table class="plain-table"><caption class="unseen">The points \
        of the curves</caption><thead><tr><th scope="col">reward model</th><th scope="col">predicted, %</th><th scope="col">happened, %</th>\
        <th scope="col">n</th></tr></thead>
        <tbody>{}</tbody></table></div></details>
        """,
        PageSection.mark("reliability", "How far probabilities can be believed"),
        pictures.subList(0, open),
        others.isEmpty()
            ? Html.NONE
            : Html.of(
                "<details><summary>{}</summary><div class=\"panels"
                    + " reliable\">{}</div></details>\n",
                TextFormat.theOther(others.size(), "model"),
                others),
        TextFormat.THIN,
        rows);
  }

  private static Html picture(Page page, RewardModelSummary model, Calibration calibration) {
    Svg svg = new Svg();
    svg.yAxis(Y, LEFT, WIDTH - RIGHT, false).xAxis(X, HEIGHT - BOTTOM);
    svg.path(
        "diagonal",
        Path.through(List.of(new double[] {X.at(0), Y.at(0)}, new double[] {X.at(1), Y.at(1)})));
    svg.text("title", 0, 12, TextFormat.brief(model.name(), 26));
    svg.text("faint", 0, 28, note(calibration));
    int most = calibration.curve().stream().mapToInt(Point::n).max().orElse(1);
    List<double[]> line = new ArrayList<>();
    for (Point point : calibration.curve()) {
      double x = X.at(point.predicted());
      line.add(new double[] {x, Y.at(point.happened().value())});
      Double low = point.happened().low();
      Double high = point.happened().high();
      if (low != null && high != null) {
        svg.upright("reach", x, Y.at(low), Y.at(high));
      }
    }
    svg.path("curve-line", Path.through(line));
    for (Point point : calibration.curve()) {
      svg.dot(
          "point",
          X.at(point.predicted()),
          Y.at(point.happened().value()),
          1.4 + 3.2 * Math.sqrt(point.n() / (double) most));
    }
    String css = model.recipes().size() == 1 ? look(page, model.recipes().get(0)) : "";
    return svg.picture(WIDTH, HEIGHT, "panel " + css, label(model, calibration));
  }

  private static String look(Page page, String recipe) {
    return page.looks().has(recipe) ? page.look(recipe).css() : "";
  }

  private static String note(Calibration calibration) {
    return "ECE "
        + TextFormat.number(calibration.ece().value(), 3)
        + " ("
        + TextFormat.number(calibration.expectedEce(), 3)
        + "), n "
        + TextFormat.whole(calibration.n());
  }

  private static String label(RewardModelSummary model, Calibration calibration) {
    String sure =
        calibration.factor() < .95
            ? "too sure"
            : calibration.factor() > 1.05 ? "not sure enough" : "as sure as it should be";
    return "Reliability curve of "
        + model.name()
        + ": expected calibration error "
        + TextFormat.number(calibration.ece().value(), 3)
        + ", "
        + TextFormat.number(calibration.expectedEce(), 3)
        + " if it were perfect; "
        + TextFormat.whole(calibration.n())
        + " predictions; "
        + (calibration.fitted() ? "brought to log-odds by a factor" : sure)
        + ". The points are in the table below.";
  }

  private static Html row(String model, Point point) {
    return Html.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{} <span class=\"range\">{}</span></td><td>{}</td></tr>\n",
        model,
        TextFormat.percent(point.predicted(), 1),
        TextFormat.percent(point.happened().value(), 1),
        TextFormat.range(point.happened(), 100, 0),
        TextFormat.whole(point.n()));
  }
}

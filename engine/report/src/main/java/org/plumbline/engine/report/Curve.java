// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learning curves of one metric.
 *
 * @param id name of the metric, as in {@link Metric#id()} where there is one
 * @param reference the reference's value at the end; null if it has none
 */
public record Curve(
    String id,
    String title,
    String unit,
    int decimals,
    @Nullable Double reference,
    List<Line> lines) {

  public Curve {
    lines = List.copyOf(lines);
  }

  /** The curve of one recipe. */
  public record Line(String recipe, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * One step.
   *
   * @param low the lowest seed: the band is the range of the seeds, not a confidence interval
   * @param high the highest seed
   */
  public record Point(int step, double mean, double low, double high) {}
}

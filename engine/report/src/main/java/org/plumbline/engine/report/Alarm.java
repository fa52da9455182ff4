// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A monitor that crossed its threshold.
 *
 * @param monitor what was watched, such as {@code KL to the reference}
 * @param metric id of the curve or metric that was watched
 * @param above whether the alarm is for values above the threshold (else below)
 * @param threshold in the metric's stored unit
 * @param worst the worst value that was seen
 * @param stage {@code feedback}, {@code reward}, {@code policy} or {@code evaluation}
 * @param step first step beyond the threshold; null if it was not during training
 * @param steps how many steps the training had; null together with {@code step}
 * @param seed the seed of the worst value; null if it is over all seeds
 */
public record Alarm(
    String recipe,
    String monitor,
    String metric,
    Severity severity,
    boolean above,
    double threshold,
    double worst,
    String unit,
    int decimals,
    String stage,
    @Nullable Integer step,
    @Nullable Integer steps,
    @Nullable Long seed) {
  /** The unit of differences of shares, which are from 0 to 1. */
  public static final String POINTS = "points";

  /** What numbers are shown times: shares and their differences as per cent. */
  public int factor() {
    return unit.equals("%") || unit.equals(POINTS) ? 100 : 1;
  }

  /** How bad. */
  public enum Severity {
    WARNING("warning"),
    NOTE("note"),
    STOP("stop");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a recipe stands to the reference: said only if a corrected test of the difference shows it.
 */
public enum Verdict {
  BETTER("better"),
  WORSE("worse"),
  HIGHER("higher"),
  LOWER("lower"),
  /** Not told apart, not tested, or the reference itself. */
  NONE("none");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }

  /**
   * The verdict on a difference to the reference.
   *
   * @param p corrected for the number of recipes
   */
  public static Verdict of(double difference, double p, Better better) {
    if (p > 0.05 || difference == 0) {
      return NONE;
    }
    boolean up = difference > 0;
    if (better == Better.NONE) {
      return up ? HIGHER : LOWER;
    }
    return up == (better == Better.UP) ? BETTER : WORSE;
  }
}

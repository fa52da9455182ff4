package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a recipe stands to the reference: said only if the paired difference's interval is not 0. */
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

  /** The verdict on a difference to the reference. */
  public static Verdict of(Interval difference, Better better) {
    boolean up = difference.above(0);
    if (!up && !difference.below(0)) {
      return NONE;
    }
    if (better == Better.NONE) {
      return up ? HIGHER : LOWER;
    }
    return up == (better == Better.UP) ? BETTER : WORSE;
  }
}

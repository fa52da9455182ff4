// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** Which direction of a metric is good. */
public enum Better {
  UP("up"),
  DOWN("down"),
  /** Neither: a difference is "higher" or "lower", not better or worse, and no recipe is best. */
  NONE("none");

  private final String word;

  Better(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}

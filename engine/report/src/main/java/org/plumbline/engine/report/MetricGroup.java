// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** The question that a metric answers; the verdict table is in this order. */
public enum MetricGroup {
  WANTED("wanted", "What people wanted"),
  OPTIMISED("optimised", "What was optimised"),
  MOVED("moved", "How far it moved"),
  ATTACK("attack", "Attack"),
  COST("cost", "Cost");

  private final String word;
  private final String title;

  MetricGroup(String word, String title) {
    this.word = word;
    this.title = title;
  }

  @JsonValue
  public String word() {
    return word;
  }

  /** The heading of the group. */
  public String title() {
    return title;
  }
}

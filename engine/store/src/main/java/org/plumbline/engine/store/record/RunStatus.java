// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a run stands. */
public enum RunStatus {
  /** A process conducts it. */
  @JsonProperty("running")
  RUNNING("running"),
  /** All its nodes are finished. */
  @JsonProperty("finished")
  FINISHED("finished"),
  /** A node failed. */
  @JsonProperty("failed")
  FAILED("failed"),
  /** The user stopped it. */
  @JsonProperty("cancelled")
  CANCELLED("cancelled"),
  /** Its process ended without saying so. Never stored: it is seen from the lock. */
  @JsonProperty("interrupted")
  INTERRUPTED("interrupted");

  private final String word;

  RunStatus(String word) {
    this.word = word;
  }

  /** The word for it in tables and JSON. */
  public String word() {
    return word;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

/**
 * The process that conducts a run.
 *
 * @param run its short name
 * @param since when, ISO 8601
 */
public record RunOwner(String run, long pid, String host, String since) {

  public RunOwner {
    RecordChecks.require(run, host, since);
  }

  /** {@code process 4711 on lab}. */
  public String words() {
    return "process " + pid + " on " + host;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.util.List;
import org.plumbline.engine.store.record.NodeOutcome;

/**
 * What was added to the course of a run since somebody looked last.
 *
 * @param outcomes of nodes, in the order of their ends
 * @param events one JSON object each; to every outcome those before it are among them
 * @param outcomesSeen lines of outcomes that were seen by now
 * @param eventsSeen lines of events that were seen by now
 */
public record RunNews(
    List<NodeOutcome> outcomes, List<String> events, int outcomesSeen, int eventsSeen) {

  /** Before the first look. */
  public static final RunNews NONE = new RunNews(List.of(), List.of(), 0, 0);

  public RunNews {
    outcomes = List.copyOf(outcomes);
    events = List.copyOf(events);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.util.List;
import java.util.Map;

/**
 * A checkpoint and what was written down with it.
 *
 * @param seconds of computing up to it, all attempts together
 * @param run that made it
 * @param inputs digests of the artifacts that the work reads, by the keys of the nodes that made
 *     them
 * @param notes what the work said up to it
 */
public record SavedCheckpoint(
    Checkpoint checkpoint,
    double seconds,
    String run,
    Map<String, String> inputs,
    List<String> notes) {
  public SavedCheckpoint {
    inputs = Map.copyOf(inputs);
    notes = List.copyOf(notes);
  }
}

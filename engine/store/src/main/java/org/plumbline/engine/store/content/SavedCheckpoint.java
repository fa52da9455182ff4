// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint and what was written down with it.
 *
 * @param seconds of computing up to it, all attempts together
 * @param watched seconds of these that went into watching the work
 * @param run that made it
 * @param inputs digests of the artifacts that the work reads, by the keys of the nodes that made
 *     them
 * @param notes what the work said up to it
 */
public record SavedCheckpoint(
    Checkpoint checkpoint,
    double seconds,
    double watched,
    String run,
    Map<String, String> inputs,
    List<String> notes) {
  public SavedCheckpoint {
    inputs = Map.copyOf(inputs);
    notes = List.copyOf(notes);
  }

  /** A checkpoint with what its manifest says of it. */
  public static SavedCheckpoint of(Checkpoint checkpoint, Manifest manifest) {
    String run = String.valueOf(manifest.about().get("run"));
    Map<String, String> inputs = new HashMap<>();
    if (manifest.about().get("inputs") instanceof Map<?, ?> read) {
      read.forEach((key, digest) -> inputs.put(String.valueOf(key), String.valueOf(digest)));
    }
    List<String> notes = new ArrayList<>();
    if (manifest.about().get("notes") instanceof List<?> said) {
      said.forEach(note -> notes.add(String.valueOf(note)));
    }
    return new SavedCheckpoint(
        checkpoint, seconds(manifest, "seconds"), seconds(manifest, "watched"), run, inputs, notes);
  }

  private static double seconds(Manifest manifest, String name) {
    return manifest.about().get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}

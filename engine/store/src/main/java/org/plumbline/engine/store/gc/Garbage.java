// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

/**
 * Something that no run needs.
 *
 * @param name by which it is kept: a run, a key, a digest
 * @param about what people know it by: an experiment, a node; may be empty
 * @param bytes that are free without it
 */
public record Garbage(Kind kind, String name, String about, long bytes) {

  /** What there is in a store; what stands on something else comes before that. */
  public enum Kind {
    /** A run, with its reports. */
    RUN("run"),
    /** What is left of a run that was never begun, or not wholly removed. */
    REMAINS("remains of a run"),
    /** That a node has finished. */
    NODE("node record"),
    /** That an input was copied. */
    INPUT("input record"),
    /** Checkpoints of a node, and perhaps what was answered to it. */
    CHECKPOINTS("checkpoints"),
    /** A result, or a copy of an input. */
    ARTIFACT("artifact"),
    /** A file that artifacts share in a bucket. */
    FILE("file");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word for it. */
    public String word() {
      return word;
    }
  }
}

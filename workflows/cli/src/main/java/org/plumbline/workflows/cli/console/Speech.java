// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

/**
 * How much is said, and how.
 *
 * @param colour whether colours are allowed
 * @param progress whether lines may be redrawn in place
 */
public record Speech(Format format, Loudness loudness, boolean colour, boolean progress) {

  /** How much narration there is. */
  public enum Loudness {
    /** Only results and what went wrong. */
    QUIET,
    /** What a user wants to know. */
    NORMAL,
    /** More than that. */
    VERBOSE
  }
}

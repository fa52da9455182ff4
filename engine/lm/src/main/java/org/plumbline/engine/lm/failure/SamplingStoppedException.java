// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.failure;

/** Sampling was told to stop before all answers had ended; what was drawn is lost. */
public final class SamplingStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A stop between two tokens. */
  public SamplingStoppedException() {
    super("sampling was told to stop");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

/** A stage has stopped because the run was told to; what it had done is in a checkpoint. */
public final class StageStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A stop after so many steps. */
  public StageStopped(long step) {
    super("stopped after step " + step);
  }
}

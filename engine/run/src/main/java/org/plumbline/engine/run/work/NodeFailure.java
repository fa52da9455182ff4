// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * Why a node has no artifact.
 *
 * @param code the diagnostic's code
 * @param message what is wrong; lower case, no full stop
 * @param setting the key of the node's settings that matters most, or null
 * @param help what the user can do, or null
 * @param attempts how often it was tried
 */
public record NodeFailure(
    Cause cause,
    String code,
    String message,
    @Nullable String setting,
    @Nullable String help,
    int attempts) {

  /** A failure of the store. */
  public static NodeFailure of(StoreFailure failure, int attempts) {
    StoreFailure.Kind kind = failure.kind();
    Cause lasting = kind.mistake() ? Cause.MISTAKE : Cause.OBSTACLE;
    return new NodeFailure(
        kind.retryable() ? Cause.WORLD : lasting,
        kind.code(),
        String.valueOf(failure.getMessage()),
        null,
        failure.help(),
        attempts);
  }

  /** Whose failure it is. */
  public enum Cause {
    /** Settings or data make a result impossible; trying again would not help. */
    MISTAKE,
    /** A network that is away for a while; trying again may help. */
    WORLD,
    /** A full disk, a store that has gone; somebody must do something about it first. */
    OBSTACLE,
    /** Plumbline itself is at fault. */
    BUG
  }
}

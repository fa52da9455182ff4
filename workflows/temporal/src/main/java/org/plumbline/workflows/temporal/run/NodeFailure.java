package org.plumbline.workflows.temporal.run;

import org.jspecify.annotations.Nullable;

/**
 * Why a node has no artifact.
 *
 * @param code the diagnostic's code, or {@link #WORLD} or {@link #BUG}
 * @param message what is wrong; lower case, no full stop
 * @param setting the key of the node's settings that matters most, or null
 * @param help what the user can do, or null
 * @param attempts how often it was tried
 */
public record NodeFailure(
    String code, String message, @Nullable String setting, @Nullable String help, int attempts) {

  /** A failure of the world: a full disk, a lost file system. Trying again may help. */
  public static final String WORLD = "world";

  /** A failure of Plumbline itself. */
  public static final String BUG = "bug";
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run.work;

import org.jspecify.annotations.Nullable;

/**
 * How a node of a run ended.
 *
 * @param node its id
 * @param result its artifact, if it is done
 * @param failure why it failed, if it did
 */
public record NodeEnd(
    String node, State state, @Nullable NodeResult result, @Nullable NodeFailure failure) {

  /** The ways for a node to end. */
  public enum State {
    /** It has an artifact. */
    DONE,
    /** It was tried and gave no artifact. */
    FAILED,
    /** It was told to stop; what it had done is in a checkpoint. */
    STOPPED,
    /** It was not tried: something that it needs has no artifact, or the run was cancelled. */
    NOT_STARTED
  }

  /** A node that has an artifact. */
  public static NodeEnd done(String node, NodeResult result) {
    return new NodeEnd(node, State.DONE, result, null);
  }

  /** A node that failed. */
  public static NodeEnd failed(String node, NodeFailure failure) {
    return new NodeEnd(node, State.FAILED, null, failure);
  }

  /** A node that was told to stop. */
  public static NodeEnd stopped(String node) {
    return new NodeEnd(node, State.STOPPED, null, null);
  }

  /** A node that was not tried. */
  public static NodeEnd notStarted(String node) {
    return new NodeEnd(node, State.NOT_STARTED, null, null);
  }
}

package org.plumbline.workflows.temporal.run;

import org.jspecify.annotations.Nullable;

/**
 * How a node of a run ended.
 *
 * @param node its id
 * @param result its artifact, if it is done
 * @param failure why it failed, if it did
 */
public record NodeOutcome(
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
  public static NodeOutcome done(String node, NodeResult result) {
    return new NodeOutcome(node, State.DONE, result, null);
  }

  /** A node that failed. */
  public static NodeOutcome failed(String node, NodeFailure failure) {
    return new NodeOutcome(node, State.FAILED, null, failure);
  }

  /** A node that was told to stop. */
  public static NodeOutcome stopped(String node) {
    return new NodeOutcome(node, State.STOPPED, null, null);
  }

  /** A node that was not tried. */
  public static NodeOutcome notStarted(String node) {
    return new NodeOutcome(node, State.NOT_STARTED, null, null);
  }
}

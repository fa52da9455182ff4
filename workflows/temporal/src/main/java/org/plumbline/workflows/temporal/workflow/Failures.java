// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeFailure.Cause;

/** Turns a {@link NodeFailure} into what Temporal carries, and back. */
public final class Failures {

  // The code of a failure that nobody has looked into.
  private static final String UNKNOWN = "PLB0901";

  /** The type of what a worker gives back undone because it is to end. */
  private static final String HANDED_BACK = "handed back";

  private Failures() {}

  /** That a worker is to end: what it was computing is at a checkpoint, and another's. */
  public static ApplicationFailure handedBack() {
    return ApplicationFailure.newNonRetryableFailure("its worker is to end", HANDED_BACK);
  }

  /** Whether an activity was given back undone. */
  public static boolean isHandedBack(@Nullable Throwable failure) {
    Throwable cause = failure instanceof ActivityFailure activity ? activity.getCause() : failure;
    return cause instanceof ApplicationFailure known && known.getType().equals(HANDED_BACK);
  }

  /** Whether the workers of an activity were lost, all those that it may have by itself. */
  public static boolean isLost(@Nullable Throwable failure) {
    return failure instanceof ActivityFailure activity
        && activity.getCause() instanceof TimeoutFailure;
  }

  /** How far an activity was when its last worker was lost; nothing if that is not known. */
  public static long lastStep(Throwable failure) {
    if (failure instanceof ActivityFailure activity
        && activity.getCause() instanceof TimeoutFailure lost
        && lost.getLastHeartbeatDetails().getSize() > 0) {
      Progress last = lost.getLastHeartbeatDetails().get(Progress.class);
      return last == null ? 0 : last.step();
    }
    return 0;
  }

  /**
   * The failure as Temporal carries it: only failures of the world are tried again.
   *
   * @param pause before that; null if it was tried often enough
   */
  public static ApplicationFailure write(
      NodeFailure failure, Throwable cause, @Nullable Duration pause) {
    boolean retry = failure.cause() == Cause.WORLD && pause != null;
    return ApplicationFailure.newBuilder()
        .setMessage(failure.message())
        .setType(failure.code())
        .setNonRetryable(!retry)
        .setNextRetryDelay(retry ? pause : null)
        .setDetails(failure)
        .setCause(retry ? null : cause)
        .build();
  }

  /** The failure that an activity gave. */
  public static NodeFailure read(Throwable failure) {
    Throwable cause = failure;
    if (failure instanceof ActivityFailure activity) {
      cause = activity.getCause() == null ? failure : activity.getCause();
    }
    if (cause instanceof ApplicationFailure application) {
      NodeFailure carried = carried(application);
      if (carried != null) {
        return carried;
      }
    }
    if (cause instanceof TimeoutFailure) {
      String message = "its worker has not been heard of for too long";
      return new NodeFailure(Cause.WORLD, UNKNOWN, message, null, null, 1);
    }
    return new NodeFailure(Cause.BUG, UNKNOWN, String.valueOf(cause), null, null, 1);
  }

  private static @Nullable NodeFailure carried(ApplicationFailure failure) {
    boolean ours = failure.getDetails().getSize() == 1;
    return ours ? failure.getDetails().get(NodeFailure.class) : null;
  }

  /** Whether an activity ended because it was cancelled. */
  public static boolean isCancel(Throwable failure) {
    return failure instanceof CanceledFailure
        || (failure instanceof ActivityFailure && failure.getCause() instanceof CanceledFailure);
  }
}

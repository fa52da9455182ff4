// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeFailure.Cause;

/** Turns a {@link NodeFailure} into what Temporal carries, and back. */
public final class Failures {

  // The code of a failure that nobody has looked into.
  private static final String UNKNOWN = "PLB0901";

  private Failures() {}

  /** The failure as Temporal carries it: only failures of the world are tried again. */
  public static ApplicationFailure write(NodeFailure failure, Throwable cause) {
    boolean retry = failure.cause() == Cause.WORLD;
    return ApplicationFailure.newBuilder()
        .setMessage(failure.message())
        .setType(failure.code())
        .setNonRetryable(!retry)
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.engine.store.disk.Pause;
import org.plumbline.engine.store.record.StoreFailure;

/** What happens to a run on the machine of whoever wants it, before anybody computes. */
public final class Submission {
  private Submission() {}

  /**
   * Copies the files that the run will read into the store; where the world fails that, again after
   * the pauses of the order.
   *
   * @param stop is asked before each file
   * @return why it cannot be done, if it cannot
   * @throws org.plumbline.engine.run.StageStopped if it was told to stop
   */
  public static Optional<NodeFailure> of(
      StoredRun work, RunOrder order, Inputs.CopyListener listener, BooleanSupplier stop) {
    for (int attempt = 1; ; attempt++) {
      try {
        work.submit(listener, stop);
        return Optional.empty();
      } catch (StoreFailure failure) {
        @Nullable Duration pause = failure.kind().retryable() ? order.pauseAfter(attempt) : null;
        if (pause == null || !waited(pause)) {
          return Optional.of(NodeFailure.of(failure, attempt));
        }
      }
    }
  }

  private static boolean waited(Duration pause) {
    try {
      Pause.milliseconds(pause.toMillis());
      return true;
    } catch (InterruptedIOException e) {
      return false;
    }
  }
}

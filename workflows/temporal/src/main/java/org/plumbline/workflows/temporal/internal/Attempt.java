// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.activity.Activity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeFailure.Cause;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.workflows.temporal.workflow.Failures;

/** Decides what a failure means: the user's, the world's or ours; and so whether to try again. */
final class Attempt {

  private static final String FAILED = "PLB0901";

  private Attempt() {}

  /** Work that can fail in all ways. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** How long to wait before work that the world has failed is tried again; null for never. */
  @FunctionalInterface
  interface Pauses {
    @Nullable Duration after(int attempt);
  }

  /** Does the work; a failure becomes one that Temporal carries. */
  static <T> T guard(Pauses pauses, Work<T> work) {
    try {
      return work.run();
    } catch (StageStopped stopped) {
      throw stopped;
    } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError | AssertionError e) {
      NodeFailure failure = explain(e);
      throw Failures.write(failure, e, pauses.after(failure.attempts()));
    }
  }

  /** What a failure means. */
  static NodeFailure explain(Throwable failure) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    if (failure instanceof StageFailure stage) {
      return new NodeFailure(
          Cause.MISTAKE, stage.code(), message(stage), stage.setting(), stage.help(), attempt);
    }
    if (failure instanceof StoreFailure store) {
      return NodeFailure.of(store, attempt);
    }
    if (failure instanceof Unreachable outside) {
      return new NodeFailure(
          Cause.WORLD, outside.code(), message(outside), null, outside.help(), attempt);
    }
    IOException io = io(failure);
    if (io instanceof NoSuchFileException missing) {
      String message = "there is no file `" + missing.getFile() + "`";
      return new NodeFailure(Cause.MISTAKE, "PLB0504", message, null, null, attempt);
    }
    if (io != null) {
      return new NodeFailure(Cause.WORLD, FAILED, describe(io), null, null, attempt);
    }
    if (failure instanceof OutOfMemoryError) {
      String help = "use smaller batches, or fewer nodes at once with `--parallel 1`";
      return new NodeFailure(Cause.MISTAKE, "PLB0904", "out of memory", null, help, attempt);
    }
    return new NodeFailure(Cause.BUG, FAILED, failure.toString(), null, null, attempt);
  }

  private static @Nullable IOException io(Throwable failure) {
    if (failure instanceof IOException io) {
      return io;
    }
    return failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : null;
  }

  private static String describe(IOException io) {
    if (io instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason() + ": " + file.getFile();
    }
    return message(io);
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}

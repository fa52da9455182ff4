// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.plumbline.engine.store.record.StoreFailure;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks a server again while it does not answer, for as long as people wait for one to be started
 * again; and though the thread is interrupted, for what is half asked is half done.
 */
final class BucketAttempts {
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 3000;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;

  private final BucketPlace place;
  private final Duration patience;

  BucketAttempts(BucketPlace place, Duration patience) {
    this.place = place;
    this.patience = patience;
  }

  /**
   * Does something.
   *
   * @param doing for the message of a failure: {@code write nodes/ab.json}
   * @throws StoreFailure if it cannot be done
   */
  <T> T run(String doing, Supplier<T> call) {
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE;
    try {
      while (true) {
        try {
          return call.get();
        } catch (AbortedException e) {
          interrupted |= Thread.interrupted();
        } catch (SdkException e) {
          if (!mayPass(e) || System.nanoTime() > end) {
            throw BucketTrouble.explain(doing, place, e);
          }
          interrupted |= interruptedIn(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean interruptedIn(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Whether the server is away, busy, or had two that wrote the same at once. */
  static boolean mayPass(SdkException failure) {
    if (failure instanceof S3Exception answer) {
      String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
      return answer.statusCode() >= SERVER_FAULT
          || answer.statusCode() == TOO_MANY
          || (answer.statusCode() == CONFLICT && "ConditionalRequestConflict".equals(code))
          || "RequestTimeout".equals(code);
    }
    return failure instanceof ApiCallAttemptTimeoutException
        || failure instanceof ApiCallTimeoutException
        || BucketTrouble.io(failure) instanceof IOException;
  }
}

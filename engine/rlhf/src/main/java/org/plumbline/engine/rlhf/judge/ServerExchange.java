// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.store.record.Secrets;

/**
 * Sends requests to a server that is not trusted: no answer takes more memory or time than its
 * share, and while it is waited for, the run can be stopped. Safe for use by several threads.
 */
final class ServerExchange {
  /** No answer that is asked for comes near this: 512 tokens with their probabilities. */
  static final int LONGEST_BODY = 1 << 20;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final HttpClient client;
  private final BooleanSupplier stop;

  /**
   * Exchanges that end when {@code stop} says so.
   *
   * @param connect how long to wait for a connection
   */
  ServerExchange(Duration connect, BooleanSupplier stop) {
    this.stop = stop;
    // Redirects are not followed: texts and the key go to the declared address and nowhere else.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .build();
  }

  /**
   * What came back.
   *
   * @param body as it came
   * @param headers what is looked at of them
   */
  record Reply(int status, byte[] body, Headers headers) {

    /** The body as text without secrets. */
    String text() {
      return Secrets.mask(new String(body, StandardCharsets.UTF_8));
    }

    /** Whether the body is text at all. */
    boolean isText() {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }
  }

  /**
   * Headers; those that are absent are empty.
   *
   * @param retryAfter how long to wait
   * @param encoding how the body is packed
   * @param location where to go instead
   */
  record Headers(String retryAfter, String encoding, String location) {
    static Headers of(HttpResponse<?> response) {
      return new Headers(
          response.headers().firstValue("Retry-After").orElse(""),
          response.headers().firstValue("Content-Encoding").orElse(""),
          Secrets.mask(response.headers().firstValue("Location").orElse("")));
    }
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param most how long to wait, from now to the last byte
   * @throws StageStopped as soon as the run is told to stop
   * @throws IOException if no whole answer came; its message holds no secret
   */
  Reply send(HttpRequest request, Duration most) throws IOException {
    long end = System.nanoTime() + most.toNanos();
    stopIfAsked();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, info -> new BoundedBody(LONGEST_BODY));
    try {
      while (true) {
        long left = end - System.nanoTime();
        try {
          HttpResponse<byte[]> got = sent.get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
          return new Reply(got.statusCode(), got.body(), Headers.of(got));
        } catch (TimeoutException e) {
          if (left <= LOOK_NANOS) {
            throw new HttpTimeoutException("no whole answer within " + seconds(most));
          }
        }
        // Not before: an answer that is here is paid for, and is kept.
        stopIfAsked();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } finally {
      // Breaks the connection off, unless it has ended.
      sent.cancel(true);
    }
  }

  /** Waits, unless the run is told to stop meanwhile. */
  void pause(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        stopIfAsked();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void stopIfAsked() {
    if (stop.getAsBoolean()) {
      throw new StageStopped(0);
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while a judge was asked");
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof BoundedBody.TooLong tooLong) {
      return tooLong;
    }
    if (cause instanceof Error error && !(cause instanceof OutOfMemoryError)) {
      throw error;
    }
    // The client quotes what it cannot read, and so may anything that the server has sent.
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    return new IOException(Secrets.mask(message.isEmpty() ? kind : message));
  }

  static String seconds(Duration time) {
    return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }
}

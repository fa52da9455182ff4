// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A port at which a worker tells how it is: {@code /metrics} to Prometheus, {@code /healthz} that
 * it lives, {@code /readyz} whether it can work. It only tells, and asks nobody who they are.
 */
public final class ProbePort implements AutoCloseable {
  private static final int WAITING = 16;
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private ProbePort(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** What is answered. */
  private record Answer(int status, String type, String text) {}

  /**
   * Begins to listen.
   *
   * @param at port 0 for any that is free
   * @param metrics in the form that Prometheus reads
   * @throws IOException if it cannot listen there
   */
  public static ProbePort open(InetSocketAddress at, Supplier<String> metrics, Readiness readiness)
      throws IOException {
    limit("sun.net.httpserver.maxReqTime");
    limit("sun.net.httpserver.maxRspTime");
    HttpServer server = HttpServer.create(at, WAITING);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "probe");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, metrics, readiness));
    server.start();
    return new ProbePort(server, threads);
  }

  /** Who begins to ask and does not go on must not keep a thread for ever. */
  private static void limit(String seconds) {
    if (System.getProperty(seconds) == null) {
      System.setProperty(seconds, "10");
    }
  }

  private static void answer(HttpExchange exchange, Supplier<String> metrics, Readiness readiness)
      throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      Answer answer =
          head || exchange.getRequestMethod().equals("GET")
              ? of(exchange.getRequestURI().getPath(), metrics, readiness)
              : new Answer(NOT_ALLOWED, TEXT, "GET only\n");
      byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Answer of(String path, Supplier<String> metrics, Readiness readiness) {
    return switch (path) {
      case "/metrics" -> new Answer(OK, PROMETHEUS, metrics.get());
      case "/healthz" -> new Answer(OK, TEXT, "alive\n");
      case "/readyz" -> ready(readiness);
      default -> new Answer(NOT_FOUND, TEXT, "/metrics, /healthz and /readyz are here\n");
    };
  }

  private static Answer ready(Readiness readiness) {
    try {
      List<String> missing = readiness.missing();
      return missing.isEmpty()
          ? new Answer(OK, TEXT, "ready\n")
          : new Answer(UNAVAILABLE, TEXT, "not ready: " + String.join("; ", missing) + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(UNAVAILABLE, TEXT, "not ready: the worker ends\n");
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

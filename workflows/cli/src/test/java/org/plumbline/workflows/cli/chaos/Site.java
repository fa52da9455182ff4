// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.ChatServer;
import org.plumbline.workflows.temporal.LocalServer;
import org.plumbline.workflows.temporal.LoopbackServer;

/**
 * Where trials take place: a Temporal server, the home of stores, a judge. Real servers, if their
 * executables are named: {@code PLUMB_TEMPORAL}, and {@code PLUMB_TEST_S3} for a bucket as store.
 */
final class Site implements AutoCloseable {
  /** So long is the right to a node good, and so long is a silent worker waited for. */
  static final long LEASE_MILLIS = 3000;

  private final Path folder;
  private final Judge judge = new Judge();
  private final ChatServer chat;
  private final @Nullable LoopbackServer loopback;
  private final @Nullable LocalServer local;
  private final @Nullable BucketServer bucket;
  private final String temporal;

  private Site(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.chat = ChatServer.start(judge);
    if (named("PLUMB_TEMPORAL").isEmpty()) {
      this.loopback = LoopbackServer.start();
      this.local = null;
      this.temporal = loopback.address();
    } else {
      int port = BucketServer.freePort();
      this.loopback = null;
      this.local = new LocalServer(Files.createDirectories(folder.resolve("temporal")), port);
      this.temporal = "127.0.0.1:" + port;
      startServer();
    }
    String s3 = named("PLUMB_TEST_S3");
    this.bucket = s3.isEmpty() ? null : BucketServer.start(s3, folder.resolve("bucket"));
  }

  static Site open(Path folder) throws IOException, InterruptedException {
    return new Site(folder);
  }

  private static String named(String variable) {
    return Objects.requireNonNullElse(System.getenv(variable), "");
  }

  Judge judge() {
    return judge;
  }

  String judgeUrl() {
    return chat.url();
  }

  /** Host and port of the Temporal server. */
  String temporal() {
    return temporal;
  }

  /** Whether the server tells who polls its queues: the in-memory one does not. */
  boolean tellsWhoServes() {
    return local != null;
  }

  boolean can(Disturbance what) {
    return (local != null || !what.needsServer()) && (bucket != null || !what.needsBucket());
  }

  BucketServer bucket() {
    return Objects.requireNonNull(bucket);
  }

  boolean hasBucket() {
    return bucket != null;
  }

  void killServer() {
    LocalServer.Running running = Objects.requireNonNull(local).find().orElseThrow();
    ProcessHandle process = ProcessHandle.of(running.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  void startServer() {
    LocalServer.Running running =
        Objects.requireNonNull(local)
            .start(LocalServer.executable(System.getenv()), folder.resolve("temporal.db"));
    if (!running.answers()) {
      throw new IllegalStateException("the Temporal server does not answer, see " + running.log());
    }
  }

  /** An empty store. */
  StoreFiles store(String name) {
    if (bucket != null) {
      return bucket.store(name);
    }
    Path root = folder.resolve("stores").resolve(name);
    return new StoreFiles(root.toString(), root, false);
  }

  /** What processes must be told. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    // A checkpoint at every step; and the in-memory server waits for ever for a worker that it
    // knew.
    variables.put(
        "PLUMB_JAVA_OPTS",
        "-Dplumb.checkpoint.millis=0 -Dplumb.lease.millis="
            + LEASE_MILLIS
            + (loopback == null ? "" : " -Dplumb.sticky.millis=0"));
    if (bucket != null) {
      variables.putAll(bucket.variables());
    }
    return variables;
  }

  @Override
  public void close() throws InterruptedException {
    chat.close();
    if (loopback != null) {
      loopback.close();
    }
    if (local != null) {
      local.stop();
    }
    if (bucket != null) {
      bucket.close();
    }
  }
}

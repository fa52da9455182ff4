// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server of buckets of its own, versitygw, which keeps objects as files. */
final class BucketServer implements AutoCloseable {
  private static final String BUCKET = "chaos";
  private static final String KEY = "testkey";
  private static final String SECRET = "testsecret";

  private final String executable;
  private final Path folder;
  private final int port;
  private Process process;

  private BucketServer(String executable, Path folder, int port)
      throws IOException, InterruptedException {
    this.executable = executable;
    this.folder = folder;
    this.port = port;
    Files.createDirectories(folder.resolve("data").resolve(BUCKET));
    this.process = begin();
  }

  /** Starts one with one bucket. */
  static BucketServer start(String executable, Path folder)
      throws IOException, InterruptedException {
    return new BucketServer(executable, folder, freePort());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process begin() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            executable,
            "--port",
            "127.0.0.1:" + port,
            "--quiet",
            "--keep-alive",
            "posix",
            folder.resolve("data").toString());
    builder.environment().put("ROOT_ACCESS_KEY", KEY);
    builder.environment().put("ROOT_SECRET_KEY", SECRET);
    Process started =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    while (!answers()) {
      if (!started.isAlive()) {
        throw new IOException("the server of the bucket does not start, see " + folder);
      }
      Thread.sleep(20);
    }
    return started;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException, InterruptedException {
    process = begin();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** What processes must be told to find it. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        "http://127.0.0.1:" + port,
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_REGION",
        "us-east-1");
  }

  /** A store in it. */
  StoreFiles store(String name) {
    return new StoreFiles(
        "s3://" + BUCKET + "/" + name, folder.resolve("data").resolve(BUCKET).resolve(name), true);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

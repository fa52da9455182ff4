// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of its own, the executable of versitygw in {@code PLUMB_TEST_S3}, that is killed and
 * frozen while a store is written.
 */
@EnabledIfEnvironmentVariable(
    named = "PLUMB_TEST_S3",
    matches = ".+",
    disabledReason = "PLUMB_TEST_S3 names no executable of versitygw")
@Timeout(120)
class S3ProcessIT {
  private static final List<String> SETTINGS =
      List.of("aws.endpointUrlS3", "aws.accessKeyId", "aws.secretAccessKey", "aws.region");

  @TempDir Path temp;
  private int port;
  private Process server;
  private Bucket bucket;
  private final Map<String, String> before = new LinkedHashMap<>();

  @BeforeEach
  void begin() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> values = List.of("http://127.0.0.1:" + port, "testkey", "testsecret", "us-east-1");
    for (int i = 0; i < SETTINGS.size(); i++) {
      before.put(
          SETTINGS.get(i), Objects.requireNonNullElse(System.getProperty(SETTINGS.get(i)), ""));
      System.setProperty(SETTINGS.get(i), values.get(i));
    }
    Files.createDirectories(temp.resolve("data"));
    start();
    BucketPlace place = new BucketPlace("tests", "x/", BucketClient.server());
    bucket = new Bucket(BucketClient.open(), place, Duration.ofSeconds(60));
    bucket.client().createBucket(create -> create.bucket("tests"));
  }

  @AfterEach
  void end() {
    server.destroyForcibly();
    bucket.close();
    before.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getenv("PLUMB_TEST_S3"),
            "--port",
            "127.0.0.1:" + port,
            "--quiet",
            "--keep-alive",
            "posix",
            temp.resolve("data").toString());
    builder.environment().put("ROOT_ACCESS_KEY", "testkey");
    builder.environment().put("ROOT_SECRET_KEY", "testsecret");
    server = builder.redirectErrorStream(true).redirectOutput(temp.resolve("log").toFile()).start();
    while (!answers()) {
      assertThat(server.isAlive()).isTrue();
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Something that happens to the server while it is written to. */
  private interface Trouble {
    void make() throws Exception;
  }

  private void createWhile(Trouble trouble) throws Exception {
    AtomicInteger created = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int number = writer;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  String name = "nodes/%d-%d".formatted(number, i);
                  created.addAndGet(bucket.create(name, bytes(name)).isPresent() ? 1 : 0);
                }
              });
      thread.start();
      writers.add(thread);
    }
    trouble.make();
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(created).hasValue(800);
    List<String> names = bucket.list("nodes/").stream().map(Bucket.Listed::name).toList();
    assertThat(names).hasSize(800);
    List<byte[]> contents = bucket.all(names);
    for (int i = 0; i < names.size(); i++) {
      assertThat(contents.get(i)).asString().isEqualTo(names.get(i));
    }
  }

  @Test
  void whatIsWrittenWhileTheServerIsKilledIsThereOnceAndWhole() throws Exception {
    createWhile(
        () -> {
          for (int kill = 0; kill < 3; kill++) {
            Thread.sleep(150);
            server.destroyForcibly().waitFor();
            start();
          }
        });
  }

  @Test
  void whatIsWrittenWhileTheServerIsFrozenIsThereOnceAndWhole() throws Exception {
    createWhile(
        () -> {
          Thread.sleep(150);
          signal("STOP");
          Thread.sleep(2000);
          signal("CONT");
        });
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start().waitFor();
  }
}

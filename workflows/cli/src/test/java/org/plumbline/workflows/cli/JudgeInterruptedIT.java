// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** Runs that are killed or told to stop while a judge is asked. */
class JudgeInterruptedIT {
  /** Seldom: what a judge has said must not be lost with what was computed since. */
  private static final Map<String, String> FEW_CHECKPOINTS =
      Map.of("PLUMB_JAVA_OPTS", "-Dplumb.checkpoint.millis=3600000");

  /** How many questions are asked at the same time. */
  private static final int AT_ONCE = 8;

  @TempDir private Path folder;

  /** Answers the same to the same question, up to a number of answers; then it lets them wait. */
  private static final class Counting implements ChatServer.Answers {
    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile int most = Integer.MAX_VALUE;

    @Override
    public void answer(HttpExchange exchange, String question) throws IOException {
      if (count.incrementAndGet() > most) {
        count.decrementAndGet();
        waiting.incrementAndGet();
        try {
          gate.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return;
      }
      answered.computeIfAbsent(question, unseen -> new AtomicInteger()).incrementAndGet();
      int sum = question.chars().sum();
      String verdict = sum % 3 == 0 ? "(A)" : "(B)";
      ChatServer.say(exchange, question.contains("(A) or (B)") ? verdict : "please " + sum);
    }

    Map<String, Integer> counts() {
      Map<String, Integer> counts = new TreeMap<>();
      answered.forEach((question, times) -> counts.put(question, times.get()));
      return counts;
    }
  }

  @ParameterizedTest
  @CsvSource({"dpo, 101, 200", "cai, 37, 96"})
  void afterAKillNoAnswerThatHadArrivedIsPaidForAgain(String recipe, int before, int all)
      throws Exception {
    Counting counting = new Counting();
    try (ChatServer server = ChatServer.start(counting)) {
      JudgedSpec.write(folder, server.url(), 200, recipe);
      assertThat(run("run", JudgedSpec.NAME, "--store", "whole").code()).isZero();
      Map<String, Integer> undisturbed = counting.counts();
      assertThat(undisturbed.values().stream().mapToInt(n -> n).sum()).isEqualTo(all);

      counting.answered.clear();
      counting.count.set(0);
      counting.most = before;
      PlumbProcess process = start("run", JudgedSpec.NAME, "--store", "killed", "--parallel", "1");
      // A thread asks its next question when the answer to the one before is kept.
      await(() -> counting.waiting.get() == AT_ONCE);
      process.kill();
      counting.most = Integer.MAX_VALUE;
      Ended resumed = run("resume", "latest", "--store", "killed", "--parallel", "1");

      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(counting.counts()).isEqualTo(undisturbed);
      assertThat(artifacts("killed")).isEqualTo(artifacts("whole"));
    }
  }

  @Test
  void aResumedRunAsksAgainWhatHadNoVerdictAndNothingElse() throws Exception {
    Map<String, AtomicInteger> verdicts = new ConcurrentHashMap<>();
    AtomicInteger count = new AtomicInteger();
    AtomicInteger unread = new AtomicInteger();
    AtomicInteger waiting = new AtomicInteger();
    AtomicBoolean clear = new AtomicBoolean();
    CountDownLatch gate = new CountDownLatch(1);
    ChatServer.Answers answers =
        (exchange, asked) -> {
          String question = asked.replaceFirst(" The last reply could not be read.*", "");
          if (!clear.get() && count.incrementAndGet() > 160) {
            waiting.incrementAndGet();
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return;
          }
          if (!clear.get() && question.chars().sum() % 5 == 0) {
            unread.incrementAndGet();
            ChatServer.say(exchange, "hard to say");
            return;
          }
          verdicts.computeIfAbsent(question, unseen -> new AtomicInteger()).incrementAndGet();
          ChatServer.say(exchange, question.chars().sum() % 3 == 0 ? "(A)" : "(B)");
        };
    try (ChatServer server = ChatServer.start(answers)) {
      JudgedSpec.write(folder, server.url(), 200, "dpo");
      Map<String, String> manyCheckpoints =
          Map.of("PLUMB_JAVA_OPTS", "-Dplumb.checkpoint.millis=1");
      PlumbProcess process =
          PlumbProcess.start(manyCheckpoints, folder, List.of("run", JudgedSpec.NAME));
      // A thread asks its next question when the answer to the one before is kept.
      await(() -> waiting.get() == AT_ONCE);
      process.kill();
      clear.set(true);
      Ended resumed = run("resume", "latest");

      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(unread.get()).isGreaterThan(6);
      assertThat(verdicts).hasSize(200);
      assertThat(verdicts.values()).allMatch(times -> times.get() == 1);
      assertThat(run("show", "latest").out()).doesNotContain("without a verdict");
    }
  }

  /** Ways to keep somebody waiting. */
  private enum Delay {
    NEVER,
    SLOW_BODY,
    ALWAYS_500,
    ASKS_TO_WAIT;

    void answer(HttpExchange exchange) throws IOException {
      switch (this) {
        case NEVER -> sleep(600_000);
        case SLOW_BODY -> {
          exchange.sendResponseHeaders(200, 1_000_000);
          OutputStream out = exchange.getResponseBody();
          while (true) {
            out.write(' ');
            out.flush();
            sleep(1000);
          }
        }
        case ALWAYS_500 -> ChatServer.reply(exchange, 500, "out of order");
        case ASKS_TO_WAIT -> {
          exchange.getResponseHeaders().add("Retry-After", "120");
          ChatServer.reply(exchange, 429, "slow down");
        }
      }
    }

    private static void sleep(long millis) throws IOException {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IOException("the server is closed", e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunEndsSoonWhenItIsToldToWhateverTheJudgeDoes(Delay delay) throws Exception {
    try (ChatServer server = ChatServer.start((exchange, question) -> delay.answer(exchange))) {
      JudgedSpec.write(folder, server.url(), 64, "dpo");
      PlumbProcess process = start("run", JudgedSpec.NAME, "--no-progress");
      await(() -> server.questions().size() >= AT_ONCE);
      Instant told = Instant.now();
      process.terminate();
      Ended ended = process.await();

      // Five seconds are promised; the machine may be busy with other tests.
      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(ended.code()).as(ended.err()).isEqualTo(4);
    }
  }

  @Test
  void aRunThatWasToldToStopPaysForNothingTwice() throws Exception {
    Counting counting = new Counting();
    try (ChatServer server = ChatServer.start(counting)) {
      JudgedSpec.write(folder, server.url(), 64, "dpo");
      counting.most = 20;
      PlumbProcess process = start("run", JudgedSpec.NAME);
      await(() -> counting.waiting.get() == AT_ONCE);
      process.terminate();
      assertThat(process.await().code()).isEqualTo(4);
      counting.most = Integer.MAX_VALUE;

      assertThat(run("run", JudgedSpec.NAME).code()).isZero();

      assertThat(counting.counts().values().stream().mapToInt(n -> n).sum()).isEqualTo(64);
    }
  }

  private PlumbProcess start(String... arguments) throws IOException {
    return PlumbProcess.start(FEW_CHECKPOINTS, folder, List.of(arguments));
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  private Map<String, String> artifacts(String store) throws IOException, InterruptedException {
    JsonNode run = run("show", "latest", "--store", store, "--format", "json").json();
    Map<String, String> artifacts = new TreeMap<>();
    run.get("nodes").forEach(n -> artifacts.put(n.get("id").asText(), n.get("artifact").asText()));
    assertThat(artifacts).isNotEmpty();
    return artifacts;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (!condition.holds()) {
      assertThat(Instant.now()).as("waited for too long").isBefore(end);
      Thread.sleep(5);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StoreLayout;

class AnswerLogTest {
  @TempDir private Path temp;

  private Path file() {
    return temp.resolve("key").resolve("answers-7.jsonl");
  }

  private AnswerLog open() throws IOException {
    return open(temp);
  }

  private AnswerLog holder(long token) throws IOException {
    StoreLayout ground = StoreLayout.of(temp.toRealPath(), Disk.REAL, problem -> {});
    return AnswerLog.open(
        temp.toRealPath().resolve("key"), ground, new Asker(token, "aaaa", by -> true));
  }

  @Test
  void whatALaterHolderWasToldCountsAndOfOneHolderTheFirst() throws IOException {
    AnswerLog frozen = holder(4);
    AnswerLog next = holder(5);
    next.keep("one", "next");
    next.keep("one", "next again");
    frozen.keep("one", "frozen");
    frozen.keep("two", "frozen");

    AnswerLog last = holder(12);

    assertThat(last.find("one")).hasValue("next");
    assertThat(last.find("two")).hasValue("frozen");
  }

  @Test
  void answersOfAnOlderVersionAreFound() throws IOException {
    holder(0).keep("one", "1");

    assertThat(temp.resolve("key/answers.jsonl")).exists();
    assertThat(holder(3).find("one")).hasValue("1");
  }

  private static AnswerLog open(Path store) throws IOException {
    Path root = store.toRealPath();
    StoreLayout ground = StoreLayout.of(root, Disk.REAL, problem -> {});
    return AnswerLog.open(root.resolve("key"), ground, new Asker(7, "aaaa", by -> true));
  }

  @Test
  void aStoreThatWasMovedAwayIsNotBegunAnewInItsOldPlace() throws IOException {
    Path store = Files.createDirectory(temp.resolve("store"));
    AnswerLog log = open(store);
    Files.move(store, temp.resolve("moved"));

    assertThatThrownBy(() -> log.keep("one", "(A)")).hasMessageContaining("not the store any more");
    assertThat(store).doesNotExist();
  }

  @Test
  void whatWasKeptIsFoundByTheNextProcess() throws IOException {
    open().keep("one", "(A)\n\"quoted\" \u001b \u2028 \ud83d\ude00");
    AnswerLog second = open();
    second.keep("two", "");

    AnswerLog third = open();

    assertThat(third.find("one")).hasValue("(A)\n\"quoted\" \u001b \u2028 \ud83d\ude00");
    assertThat(third.find("two")).hasValue("");
    assertThat(third.find("three")).isEmpty();
  }

  @Test
  void whereverTheFileIsCutOrDamagedTheOtherLinesStay() throws IOException {
    AnswerLog log = open();
    for (int i = 0; i < 5; i++) {
      log.keep("question " + i, "answer " + i);
    }
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(3);

    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] damaged = Arrays.copyOf(whole, cut);
      if (cut > 0 && cut % 2 == 0) {
        damaged[random.nextInt(cut)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file(), damaged);
      open().keep("after", "is kept");

      AnswerLog found = open();
      assertThat(found.find("after")).as("cut at " + cut).hasValue("is kept");
      int lost = 0;
      for (int i = 0; i < 5; i++) {
        int end = new String(whole, StandardCharsets.UTF_8).indexOf("answer " + i);
        boolean complete = cut > end + 30;
        lost += complete && found.find("question " + i).isEmpty() ? 1 : 0;
      }
      assertThat(lost).as("cut at " + cut).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void linesThatAreNoAnswersAreSkipped() throws IOException {
    open().keep("one", "1");
    Files.writeString(
        file(),
        "\nnull\n{}\n[]\n{\"question\":\"two\"}\n{\"question\":1,\"answer\":{},\"run\":[]}\n\u0000\n",
        StandardOpenOption.APPEND);
    open().keep("three", "3");

    AnswerLog log = open();

    assertThat(log.find("one")).hasValue("1");
    assertThat(log.find("two")).isEmpty();
    assertThat(log.find("three")).hasValue("3");
  }

  @Test
  void anInterruptedThreadKeepsItsAnswerAndStaysInterrupted() throws Exception {
    AnswerLog log = open();
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                log.keep("one", "1");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
    thread.start();
    thread.join();

    assertThat(open().find("one")).hasValue("1");
  }

  @Test
  void manyThreadsKeepAllTheirAnswersThoughTheyAreInterruptedNowAndThen() throws Exception {
    AnswerLog log = open();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int n = i;
      all.add(
          threads.submit(
              () -> {
                if (n % 7 == 0) {
                  Thread.currentThread().interrupt();
                }
                log.keep("question " + n, "answer " + n);
                Thread.interrupted();
                return n;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();

    AnswerLog again = open();
    for (int i = 0; i < 200; i++) {
      assertThat(again.find("question " + i)).hasValue("answer " + i);
    }
  }

  @Test
  void nothingIsWrittenThroughALinkOrIntoAFolder() throws IOException {
    Path precious = Files.writeString(temp.resolve("precious"), "precious");
    Files.createDirectories(temp.resolve("key"));
    Files.createSymbolicLink(file(), precious);

    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("answers");
    assertThat(precious).hasContent("precious");

    Files.delete(file());
    Files.createDirectory(file());
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("answers");
  }
}

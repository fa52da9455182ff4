// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What records promise, wherever they are kept. */
public abstract class RecordsContract {
  private static final String NAME = "ab".repeat(32) + ".json";

  /** The same records as another process sees them. */
  protected abstract Records records() throws IOException;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Records.Found found() throws IOException {
    return records().read(NAME).orElseThrow();
  }

  private String text() throws IOException {
    return new String(found().content(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPutIsReadByAll() throws IOException {
    assertThat(records().read(NAME)).isEmpty();

    records().put(NAME, bytes("one"));
    assertThat(text()).isEqualTo("one");
    records().put(NAME, bytes("two"));
    assertThat(text()).isEqualTo("two");
  }

  @Test
  void aRecordIsCreatedOnce() throws IOException {
    assertThat(records().create(NAME, bytes("one"))).isTrue();
    assertThat(records().create(NAME, bytes("two"))).isFalse();
    assertThat(text()).isEqualTo("one");

    records().remove(NAME);
    assertThat(records().create(NAME, bytes("three"))).isTrue();
  }

  @Test
  void aRecordIsReplacedUnlessItHasChangedOrGone() throws IOException {
    records().put(NAME, bytes("one"));
    String version = found().version();
    assertThat(records().replace(NAME, version, bytes("two"))).isTrue();
    assertThat(records().replace(NAME, version, bytes("three"))).isFalse();
    assertThat(text()).isEqualTo("two");

    String newest = found().version();
    records().remove(NAME);
    assertThat(records().replace(NAME, newest, bytes("four"))).isFalse();
    assertThat(records().read(NAME)).isEmpty();
  }

  @Test
  protected void nothingIsLostOfWhatManyAddAtOnce() throws Exception {
    records().put(NAME, bytes("0"));
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Records each = records();
      Thread thread = new Thread(() -> count(each, refused));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(text()).isEqualTo("40");
  }

  private static void count(Records records, AtomicInteger refused) {
    try {
      for (int i = 0; i < 10; i++) {
        boolean done = false;
        while (!done) {
          Records.Found found = records.read(NAME).orElseThrow();
          int number = Integer.parseInt(new String(found.content(), StandardCharsets.UTF_8));
          done = records.replace(NAME, found.version(), bytes(String.valueOf(number + 1)));
          refused.addAndGet(done ? 0 : 1);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allAreListedByName() throws IOException {
    assertThat(records().list()).isEmpty();
    records().put("b.json", bytes("b"));
    records().put("a.json", bytes("a"));

    assertThat(records().list())
        .extracting(Records.Listed::name)
        .containsExactly("a.json", "b.json");
    assertThat(records().list()).allMatch(listed -> listed.time() > 0);
  }

  @Test
  void removingWhatIsNotThereIsNoFailure() throws IOException {
    records().remove(NAME);

    assertThat(records().read(NAME)).isEmpty();
  }

  @Test
  void aNameLeadsNowhereElse() throws IOException {
    Records records = records();
    for (String odd : List.of("", "..", "../x", "a/b", ".hidden")) {
      assertThatThrownBy(() -> records.put(odd, bytes("x")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.store.record.StoreFailure;

class StoreTest {
  private static final String DEAD = "4711-01234567-89ab-cdef-0123-456789abcdef";

  @TempDir Path temp;

  private static StoreFailure failure(Path root) {
    return catchThrowableOfType(StoreFailure.class, () -> Store.open(root));
  }

  @Test
  void aNewStoreSaysItsFormat() throws IOException {
    Store.open(temp.resolve("new/.plumb")).close();

    assertThat(temp.resolve("new/.plumb/format")).hasContent("1\n");
    assertThat(temp.resolve("new/.plumb/tmp")).isEmptyDirectory();
  }

  @Test
  void aStoreOfANewerVersionIsRefusedAndNotTouched() throws IOException {
    Files.writeString(temp.resolve("format"), "2\n");

    StoreFailure failure = failure(temp);

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NEWER_FORMAT);
    assertThat(failure).hasMessageContaining("format 2").hasMessageContaining("up to 1");
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(temp.resolve("format"));
    }
  }

  @Test
  void aFolderOfOtherThingsIsRefusedAndNotTouched() throws IOException {
    Files.writeString(temp.resolve("thesis.tex"), "x");

    assertThat(failure(temp).kind()).isEqualTo(StoreFailure.Kind.NOT_A_STORE);
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(temp.resolve("thesis.tex"));
    }
  }

  @Test
  void severalThatMakeTheSameStoreAtOnceAllOpenIt() throws Exception {
    int openers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(openers);
    try {
      for (int round = 0; round < 100; round++) {
        Path root = temp.resolve("round" + round);
        CyclicBarrier start = new CyclicBarrier(openers);
        Callable<Path> open =
            () -> {
              start.await();
              try (Store store = Store.open(root)) {
                return store.root();
              }
            };

        for (Future<Path> opened : threads.invokeAll(Collections.nCopies(openers, open))) {
          assertThat(opened.get()).isEqualTo(root);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aStoreIsFoundFromBelow() throws IOException {
    Files.createDirectories(temp.resolve(".plumb"));
    Path below = Files.createDirectories(temp.resolve("a/b"));

    assertThat(Store.locate(below)).contains(temp.resolve(".plumb"));
  }

  @Test
  void whatADeadProcessPreparedIsDeletedAndWhatALivingOnePreparesIsNot() throws IOException {
    try (Store living = Store.open(temp)) {
      Path prepared = living.blobs().prepare();
      Files.writeString(prepared.resolve("x"), "x");
      Path dead = Files.createDirectories(temp.resolve("tmp/" + DEAD + "/3"));
      Files.writeString(dead.resolve("y"), "y");

      Store.open(temp).close();

      assertThat(temp.resolve("tmp/" + DEAD)).doesNotExist();
      assertThat(prepared.resolve("x")).exists();
    }
    try (Stream<Path> files = Files.list(temp.resolve("tmp"))) {
      assertThat(files).isEmpty();
    }
  }
}

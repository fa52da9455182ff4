// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.store.NodeLease;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

class FolderGarbageIT extends GarbageContract {

  @Override
  protected Store on(String machine) {
    return Store.open(temp.resolve("store"));
  }

  @Override
  protected void damage(String run) throws IOException {
    Files.writeString(temp.resolve("store/runs/" + run + "/run.json"), "{");
  }

  @Test
  void whatSomebodyHasPutAmongTheFilesOfARunIsNotDeletedWithIt() throws IOException {
    try (Store store = on("one")) {
      ActiveRun run = store.runs().start(Nodes.start(Nodes.plan("x", Nodes.counting("n", 1))));
      run.end(RunStatus.FINISHED, null);
      Path notes = temp.resolve("store/runs/" + run.id() + "/notes.txt");
      Files.writeString(notes, "mine");

      StoreFailure failure =
          catchThrowableOfType(
              StoreFailure.class,
              () ->
                  store
                      .garbage()
                      .collect(
                          new GarbageRules(
                              runs -> List.of(), java.time.Duration.ZERO, false, all -> Set.of()),
                          item -> {}));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISPLACED);
      assertThat(failure).hasMessageContaining("notes.txt is not a file of a run");
      assertThat(notes).hasContent("mine");
      assertThat(store.runs().list()).hasSize(1);
    }
  }

  /** A collection that sees an artifact before its record, and is done before the node goes on. */
  @Test
  void aResultThatGoesAsSoonAsItIsPutIsTriedAgain() throws IOException {
    AtomicBoolean collects = new AtomicBoolean();
    Disk disk =
        new Disk() {
          @Override
          public void move(Path from, Path to) throws IOException {
            Disk.REAL.move(from, to);
            if (to.toString().contains("artifacts") && collects.getAndSet(false)) {
              try (Store collector = on("two")) {
                collector.garbage().collect(keepingAll(), item -> {});
              }
            }
          }
        };
    try (Store store = Store.open(temp.resolve("store"), disk)) {
      ActiveRun run = store.runs().start(Nodes.start(plan("x", SHARED, NEW)));
      try (NodeLease lease = lease(store, NEW)) {
        collects.set(true);
        StoreFailure failure =
            catchThrowableOfType(
                StoreFailure.class, () -> finish(lease, run.id(), NEW, "new bytes"));

        assertThat(collects).isFalse();
        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.COLLECTED);
        assertThat(failure.kind().retryable()).isTrue();
        finish(lease, run.id(), NEW, "new bytes");
      }
      assertThat(store.result(NEW.key())).isPresent();
      run.end(RunStatus.FINISHED, null);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
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
}

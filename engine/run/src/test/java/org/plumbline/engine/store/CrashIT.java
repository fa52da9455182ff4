// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.Counting;
import org.plumbline.engine.run.NodeListener;
import org.plumbline.engine.run.NodeRunner;
import org.plumbline.engine.run.Runners;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** Lets the process die before every single change that it makes to the store. */
class CrashIT {
  @TempDir Path temp;
  private Plan plan;
  private List<FileRef> inputs;

  @BeforeEach
  void plan() throws IOException {
    Path model = temp.resolve("model");
    Files.createDirectories(model.resolve("deep"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("deep/weights"), "heavy");
    FileRef folder = new FileRef("model", model.toString(), ContentDigest.of(model));
    Path text = Files.writeString(temp.resolve("corpus.txt"), "a plumb line");
    FileRef file = new FileRef("corpus.txt", text.toString(), ContentDigest.of(text));
    inputs = List.of(folder, file);
    PlanNode first = Nodes.counting("first", 4, Map.of("directory", folder, "corpus", file));
    plan = Nodes.plan("x", first, Nodes.counting("second", 3, first));
  }

  @Test
  void afterDyingBeforeAnyChangeTheResultIsTheSameAndNothingIsLeftBehind() throws IOException {
    Path undisturbed = temp.resolve("undisturbed");
    FailingDisk all = calm();
    conduct(undisturbed, all);
    List<String> expected = artifacts(undisturbed);
    assertThat(expected).hasSize(2);
    assertThat(all.changes()).isGreaterThan(100);

    for (long death = 0; death < all.changes(); death++) {
      Path root = temp.resolve("died-" + death);
      try {
        conduct(root, new FailingDisk(death));
      } catch (FailingDisk.Died died) {
        assertThat(problems(root)).as("after death before change %d", death).isEmpty();
      }
      conduct(root, calm());
      assertThat(artifacts(root)).as("digests, death %d", death).isEqualTo(expected);
      assertThat(problems(root)).as("death %d", death).isEmpty();
      assertThat(leftovers(root)).as("leftovers, death %d", death).isEmpty();
    }
  }

  private static FailingDisk calm() {
    return new FailingDisk(Long.MAX_VALUE);
  }

  /** Runs the plan as a new process would: goes on with a run that was interrupted. */
  private void conduct(Path root, Disk disk) {
    // A process that dies cleans nothing, but the system takes its locks back.
    Store store = Store.open(root, disk);
    @Nullable ActiveRun run = null;
    try {
      run = begin(store);
      for (FileRef input : inputs) {
        store.inputs().put(input, (file, bytes) -> {});
      }
      for (PlanNode node : plan.nodes()) {
        run.event("node-started", Map.of("node", node.id()));
        NodeRunner runner = Runners.runner(store);
        NodeRunner.Task task = Runners.task(run.id(), store, node);
        run.outcome(runner.run(node, new Counting(), task, NodeListener.SILENT));
      }
      run.end(RunStatus.FINISHED, null);
      store.close();
    } finally {
      releaseLocks(store, run);
    }
  }

  private ActiveRun begin(Store store) {
    return store
        .runs()
        .newestOf("x")
        .filter(before -> before.status() == RunStatus.INTERRUPTED)
        .map(before -> store.runs().resume(before.id()))
        .orElseGet(() -> store.runs().start(Nodes.start(plan)));
  }

  private static void releaseLocks(Store store, @Nullable ActiveRun run) {
    try {
      store.release();
      if (run != null) {
        run.close();
      }
    } catch (FailingDisk.Died died) {
      return; // could not say goodbye; the locks are free all the same
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever a reader can see must be whole. */
  private List<String> problems(Path root) throws IOException {
    List<String> problems = new ArrayList<>();
    if (!Files.exists(root.resolve("format"))) {
      return problems;
    }
    try (Store store = Store.open(root, calm())) {
      for (NodeRecord record : store.nodes().newest(100)) {
        try {
          store.artifacts().open(record.artifact());
        } catch (StoreFailure failure) {
          problems.add(record.id() + ": " + failure.getMessage());
        }
      }
      if (Files.exists(root.resolve("nodes"))
          && StagingArea.list(root.resolve("nodes")).size() != store.nodes().newest(100).size()) {
        problems.add("a record cannot be read");
      }
      for (FileRef input : inputs) {
        store.inputs().find(input).map(Path::toFile).ifPresent(copy -> assertThat(copy).exists());
      }
      for (PlanNode node : plan.nodes()) {
        store.checkpoints().newest(node.key(), problems::add);
      }
      store
          .runs()
          .list()
          .forEach(
              run -> {
                store.runs().plan(run.id());
                store.runs().outcomes(run.id());
              });
    }
    return problems;
  }

  private List<String> artifacts(Path root) {
    List<String> digests = new ArrayList<>();
    try (Store store = Store.open(root, calm())) {
      for (PlanNode node : plan.nodes()) {
        digests.add(store.result(node.key()).orElseThrow().digest());
      }
    }
    return digests;
  }

  private static List<String> leftovers(Path root) throws IOException {
    List<String> left = new ArrayList<>();
    for (String folder : List.of("tmp", "checkpoints", "quarantine")) {
      if (Files.exists(root.resolve(folder))) {
        try (Stream<Path> inside = Files.list(root.resolve(folder))) {
          inside.forEach(path -> left.add(root.relativize(path).toString()));
        }
      }
    }
    return left;
  }
}

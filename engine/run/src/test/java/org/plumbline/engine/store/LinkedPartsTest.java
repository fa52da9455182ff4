// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.Counting;
import org.plumbline.engine.run.NodeListener;
import org.plumbline.engine.run.NodeRunner;
import org.plumbline.engine.run.Runners;
import org.plumbline.engine.store.content.CheckpointId;
import org.plumbline.engine.store.disk.Deletions;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** Links in the store beside a folder of precious files: whatever is done, these stay. */
class LinkedPartsTest {
  private static final PlanNode FIRST = Nodes.counting("first", 3);
  private static final PlanNode SECOND = Nodes.counting("second", 6, FIRST);
  private static final Plan PLAN = Nodes.plan("x", FIRST, SECOND);
  private static final String DEAD = "4711-01234567-89ab-cdef-0123-456789abcdef";

  @TempDir Path temp;
  private Path root;
  private Precious precious;

  @BeforeEach
  void prepare() throws IOException {
    temp = temp.toRealPath();
    root = temp.resolve("project/.plumb");
    precious = Precious.in(temp.resolve("precious"));
    interruptedRun();
  }

  /** Leaves a finished node, one with a checkpoint, a run, and the folder of a dead process. */
  private void interruptedRun() throws IOException {
    try (Store store = Store.open(root)) {
      try (ActiveRun run = store.runs().start(Nodes.start(PLAN))) {
        run.outcome(work(store, FIRST, run));
        run.event("node-started", Map.of("node", SECOND.id()));
        Path state = store.checkpoints().prepare();
        Files.writeString(state.resolve("sum.txt"), "0");
        Map<String, Object> about =
            Map.of("run", run.id(), "inputs", Runners.inputs(store, SECOND));
        store.checkpoints().commit(SECOND.key(), new CheckpointId(2, 1), state, about);
        store.runs().put(run.id(), "report.html", "x");
      }
    }
    Files.createDirectories(root.resolve("tmp").resolve(DEAD).resolve("3"));
  }

  private static NodeOutcome work(Store store, PlanNode node, ActiveRun run) {
    return Runners.runner(store)
        .run(node, new Counting(), Runners.task(run.id(), store, node), NodeListener.SILENT);
  }

  /** The part of the store that is meant by a pattern of its path. */
  private Path part(String pattern) throws IOException {
    String run;
    String artifact;
    try (Store store = Store.open(root)) {
      run = store.runs().list().get(0).id();
      artifact = store.result(FIRST.key()).orElseThrow().digest();
    }
    Files.createDirectories(root.resolve("tmp").resolve(DEAD).resolve("3"));
    return root.resolve(
        pattern
            .replace("RUN", run)
            .replace("AB", artifact.substring(0, 2))
            .replace("CD", artifact.substring(2))
            .replace("DONE", FIRST.key())
            .replace("KEY", SECOND.key())
            .replace("DEAD", DEAD));
  }

  private void replaceByLink(Path part, Path target) throws IOException {
    if (Files.exists(part)) {
      Files.move(part, temp.resolve("moved-away"));
    }
    Files.createDirectories(part.getParent());
    Files.createSymbolicLink(part, target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tmp",
        "tmp/DEAD",
        "tmp/DEAD/3",
        "tmp/DEAD/3/x",
        "tmp/other",
        "locks",
        "nodes",
        "runs",
        "runs/RUN",
        "artifacts",
        "artifacts/sha256",
        "artifacts/sha256/AB",
        "artifacts/sha256/AB/CD",
        "checkpoints",
        "checkpoints/KEY",
        "checkpoints/KEY/000000000002-1",
        "checkpoints/KEY/000000000001-1",
        "quarantine"
      })
  void aFolderBehindALinkStaysAsItIs(String pattern) throws IOException {
    replaceByLink(part(pattern), precious.folder());

    List<StoreFailure> failures = useInEveryWay();

    assertThat(precious.look()).isEqualTo(precious.before());
    assertThat(failures)
        .filteredOn(failure -> failure.kind() == StoreFailure.Kind.MISPLACED)
        .allSatisfy(f -> assertThat(f).hasMessageContaining(root.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "nodes/DONE.json",
        "nodes/KEY.json",
        "runs/RUN/run.json",
        "runs/RUN/plan.json",
        "runs/RUN/nodes.jsonl",
        "runs/RUN/events.jsonl",
        "runs/RUN/report.html",
        "artifacts/sha256/AB/CD/manifest.json",
        "artifacts/sha256/AB/CD/sum.txt",
        "checkpoints/KEY/000000000002-1/sum.txt",
        "checkpoints/KEY/000000000002-1/manifest.json",
        "locks/tmp.lock",
        "locks/KEY.lock",
        "tmp/DEAD/3/x",
        "tmp/DEAD",
        "runs",
        "nodes"
      })
  void aFileBehindALinkStaysAsItIs(String pattern) throws IOException {
    replaceByLink(part(pattern), precious.file());

    useInEveryWay();

    assertThat(precious.look()).isEqualTo(precious.before());
  }

  @Test
  void theStoreBehindALinkIsFoundAndAFolderOfOtherThingsBehindOneIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);
    Files.delete(precious.folder().resolve("format"));
    Precious others = Precious.in(temp.resolve("others"));
    Files.delete(others.folder().resolve("format"));
    Path wrong = Files.createSymbolicLink(temp.resolve("wrong"), others.folder());

    try (Store store = Store.open(link)) {
      assertThat(store.root()).isEqualTo(root);
      assertThat(store.runs().list()).hasSize(1);
    }
    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> Store.open(wrong));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_A_STORE);
    assertThat(others.folder().resolve("thesis.tex")).hasContent("precious thesis.tex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "artifacts", "checkpoints"})
  void aPartThatIsLaidElsewhereByALinkIsUsedThere(String part) throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    moveInto(root.resolve(part), elsewhere);

    List<StoreFailure> failures = useInEveryWay();

    assertThat(failures).isEmpty();
    assertThat(elsewhere).isNotEmptyDirectory();
    assertThat(root.resolve(part)).isSymbolicLink();
    assertThat(elsewhere.resolve(DEAD)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"artifacts", "checkpoints"})
  void aPartMayLieOnAnotherFileSystem(String part) throws IOException {
    Path elsewhere = otherFileSystem();
    try {
      copyInto(root.resolve(part), elsewhere);

      List<StoreFailure> failures = useInEveryWay();

      assertThat(failures).isEmpty();
      // All that was computed has come to the end of these uses, where it is set aside.
      Path aside = (part.equals("artifacts") ? elsewhere : root).resolve("quarantine");
      assertThat(StagingArea.list(aside)).hasSize(2);
    } finally {
      Deletions.tree(elsewhere);
    }
  }

  @Test
  void whatIsPreparedCannotLieOnAnotherFileSystem() throws IOException {
    Path elsewhere = otherFileSystem();
    try {
      Deletions.tree(root.resolve("tmp"));
      Files.createSymbolicLink(root.resolve("tmp"), elsewhere);

      StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> Store.open(root));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISPLACED);
      assertThat(failure).hasMessageContaining("another file system");
      assertThat(elsewhere).isEmptyDirectory();
    } finally {
      Deletions.tree(elsewhere);
    }
  }

  @Test
  void twoStoresThatShareAFolderForPreparationsLeaveEachOthersAlone() throws IOException {
    Path shared = Files.createDirectory(temp.resolve("shared"));
    Deletions.tree(root.resolve("tmp"));
    Files.createSymbolicLink(root.resolve("tmp"), shared);
    Path other = temp.resolve("other/.plumb");
    Store.open(other).close();
    Deletions.tree(other.resolve("tmp"));
    Files.createSymbolicLink(other.resolve("tmp"), shared);

    try (Store living = Store.open(root)) {
      Path prepared = living.blobs().prepare();
      Store.open(other).close();

      assertThat(prepared).isDirectory();
    }
  }

  private static Path otherFileSystem() throws IOException {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(Files.isDirectory(memory) && Files.isWritable(memory));
    FileStore temporary = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
    Assumptions.assumeFalse(Files.getFileStore(memory).equals(temporary));
    return Files.createTempDirectory(memory, "plumb-test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp", "artifacts", "checkpoints", "nodes", "runs"})
  void aPartThatIsALinkToItselfIsRefusedByName(String part) throws IOException {
    Path link = temp.resolve("circle/.plumb").resolve(part);
    Files.createDirectories(link.getParent());
    Files.writeString(link.resolveSibling("format"), "1");
    Files.createSymbolicLink(link, link);

    assertThatThrownBy(() -> Store.open(temp.resolve("circle/.plumb")))
        .isInstanceOfSatisfying(
            StoreFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISPLACED))
        .hasMessageContaining(part + " is a symbolic link");
  }

  private static void moveInto(Path part, Path elsewhere) throws IOException {
    for (Path each : StagingArea.list(part)) {
      Files.move(each, elsewhere.resolve(each.getFileName()));
    }
    Files.delete(part);
    Files.createSymbolicLink(part, elsewhere);
  }

  private static void copyInto(Path part, Path elsewhere) throws IOException {
    try (Stream<Path> all = Files.walk(part)) {
      for (Path path : all.toList()) {
        if (!path.equals(part)) {
          Files.copy(path, elsewhere.resolve(part.relativize(path).toString()));
        }
      }
    }
    Deletions.tree(part);
    Files.createSymbolicLink(part, elsewhere);
  }

  /** Does all that the commands do with a store, each as if the ones before had not failed. */
  private List<StoreFailure> useInEveryWay() {
    List<StoreFailure> failures = new ArrayList<>();
    attempt(failures, () -> Store.open(root).close());
    attempt(
        failures,
        () -> {
          try (Store store = Store.open(root)) {
            for (RunRecord run : store.runs().list()) {
              attempt(failures, () -> store.runs().plan(run.id()));
              attempt(failures, () -> store.runs().outcomes(run.id()));
              attempt(failures, () -> store.runs().events(run.id()));
              attempt(failures, () -> store.history().result(FIRST.key()));
              attempt(failures, () -> put(store, run.id()));
              attempt(failures, () -> goOn(store, run.id()));
            }
            attempt(failures, () -> runAnew(store));
            attempt(failures, () -> setAside(store));
          }
        });
    return failures;
  }

  private static void put(Store store, String run) {
    try {
      store.runs().put(run, "comparison.json", "x");
      store.runs().forgetReport(run);
    } catch (IOException e) {
      throw StoreFailure.io("put", store.root(), 0, e);
    }
  }

  private static void goOn(Store store, String id) {
    try (ActiveRun run = store.runs().resume(id)) {
      run.outcome(work(store, FIRST, run));
      run.outcome(work(store, SECOND, run));
      run.end(RunStatus.FINISHED, null);
    }
  }

  private static void runAnew(Store store) {
    try (ActiveRun run = store.runs().start(Nodes.start(PLAN))) {
      for (PlanNode node : PLAN.nodes()) {
        Map<String, String> inputs = Runners.inputs(store, node);
        NodeRunner.Task forced = new NodeRunner.Task(run.id(), "x", true, inputs, () -> false);
        run.outcome(Runners.runner(store).run(node, new Counting(), forced, NodeListener.SILENT));
      }
      run.end(RunStatus.FINISHED, null);
    }
  }

  private static void setAside(Store store) {
    for (PlanNode node : PLAN.nodes()) {
      store
          .result(node.key())
          .ifPresent(
              artifact -> {
                try {
                  store.artifacts().setAside(artifact.digest());
                  store.nodes().remove(node.key());
                } catch (IOException e) {
                  throw StoreFailure.io("set aside", store.root(), 0, e);
                }
              });
    }
  }

  private static void attempt(List<StoreFailure> failures, Runnable use) {
    try {
      use.run();
    } catch (StoreFailure failure) {
      failures.add(failure);
    }
  }
}

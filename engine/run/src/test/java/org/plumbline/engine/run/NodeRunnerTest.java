// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Reason;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.StoreFailure;

class NodeRunnerTest {
  private static final PlanNode NODE = Nodes.counting("node", 10);

  @TempDir Path temp;
  private Store store;
  private NodeRunner runner;

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("store"));
    runner = Runners.runner(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Keeps what it is told, and asks for a stop after some steps. */
  private static final class Watching implements NodeListener {
    final List<String> told = new ArrayList<>();
    final AtomicLong steps = new AtomicLong();

    @Override
    public void progress(long step, long total, Map<String, Double> metrics) {
      steps.set(step);
    }

    @Override
    public void started(long fromStep) {
      told.add("started " + fromStep);
    }

    @Override
    public void problem(String text) {
      told.add("problem: " + text);
    }

    NodeRunner.Task stoppingAfter(long step) {
      return Runners.task("aaaa", () -> steps.get() >= step);
    }
  }

  private NodeOutcome run(PlanNode node, String run) {
    return runner.run(node, new Counting(), Runners.task(run), NodeListener.SILENT);
  }

  private String undisturbed() {
    try (Store other = Store.open(temp.resolve("undisturbed"))) {
      NodeOutcome outcome =
          Runners.runner(other)
              .run(NODE, new Counting(), Runners.task("aaaa"), NodeListener.SILENT);
      return String.valueOf(outcome.artifact());
    }
  }

  @Test
  void aNodeRunsOnceAndIsReusedByOtherRuns() {
    NodeOutcome first = run(NODE, "aaaa");
    NodeOutcome second = run(NODE, "bbbb");

    assertThat(first.action()).isEqualTo("run");
    assertThat(first.steps()).isEqualTo(10);
    assertThat(first.resumedFrom()).isNull();
    assertThat(second.action()).isEqualTo("reuse");
    assertThat(second.artifact()).isEqualTo(first.artifact());
    assertThat(second.seconds()).isEqualTo(first.seconds());
  }

  @Test
  void whatThisVeryRunHasComputedIsNoReuse() {
    run(NODE, "aaaa");

    assertThat(run(NODE, "aaaa").action()).isEqualTo("run");
  }

  @Test
  void aStoppedNodeGoesOnFromItsCheckpointAndGivesTheSameBytes() throws IOException {
    Watching watching = new Watching();
    assertThatThrownBy(() -> runner.run(NODE, new Counting(), watching.stoppingAfter(6), watching))
        .isInstanceOf(StageStopped.class)
        .hasMessageContaining("step 6");

    NodeOutcome outcome = run(NODE, "aaaa");

    assertThat(outcome.resumedFrom()).isEqualTo(6);
    assertThat(outcome.steps()).isEqualTo(10);
    assertThat(outcome.artifact()).isEqualTo(undisturbed());
    assertThat(store.nodes().find(NODE.key()).orElseThrow().watched()).isEqualTo(10);
    assertThat(store.nodes().find(NODE.key()).orElseThrow().resumedFrom()).isEqualTo(6);
    assertThat(Files.exists(store.root().resolve("checkpoints").resolve(NODE.key()))).isFalse();
  }

  private void stopAfterSixSteps() {
    Watching watching = new Watching();
    assertThatThrownBy(() -> runner.run(NODE, new Counting(), watching.stoppingAfter(6), watching))
        .isInstanceOf(StageStopped.class);
  }

  @Test
  void theTwoNewestCheckpointsAreKeptAndADamagedOneIsPassedOver() throws IOException {
    stopAfterSixSteps();
    Path checkpoints = store.root().resolve("checkpoints").resolve(NODE.key());
    try (Stream<Path> kept = Files.list(checkpoints)) {
      assertThat(kept.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("000000000005-1", "000000000006-1");
    }
    Files.writeString(checkpoints.resolve("000000000006-1/sum.txt"), "1");

    Watching later = new Watching();
    NodeOutcome outcome = runner.run(NODE, new Counting(), Runners.task("aaaa"), later);

    assertThat(later.told.get(0)).contains("checkpoint of step 6 is damaged");
    assertThat(later.told.get(1)).isEqualTo("started 5");
    assertThat(outcome.resumedFrom()).isEqualTo(5);
    assertThat(outcome.artifact()).isEqualTo(undisturbed());
  }

  @Test
  void secondsOfAllAttemptsAreAddedUp() throws IOException {
    stopAfterSixSteps();
    Path manifest =
        store
            .root()
            .resolve("checkpoints")
            .resolve(NODE.key())
            .resolve("000000000006-1/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("\"seconds\":[^}]*", "\"seconds\":1000"));

    assertThat(run(NODE, "aaaa").seconds()).isBetween(1000.0, 1900.0);
  }

  @Test
  void aDamagedResultIsNamedSetAsideAndComputedAnew() throws IOException {
    NodeOutcome first = run(NODE, "aaaa");
    Artifact artifact = store.result(NODE.key()).orElseThrow();
    Files.writeString(artifact.file("sum.txt"), "12");

    Watching watching = new Watching();
    NodeOutcome second = runner.run(NODE, new Counting(), Runners.task("bbbb"), watching);

    assertThat(watching.told.get(0)).contains(artifact.digest()).contains("computed anew");
    assertThat(second.action()).isEqualTo("run");
    assertThat(second.artifact()).isEqualTo(first.artifact());
    assertThat(store.result(NODE.key())).isPresent();
  }

  @Test
  void anUnreadableRecordIsNamedAndTheNodeComputedAnew() throws IOException {
    NodeOutcome first = run(NODE, "aaaa");
    Path record = store.root().resolve("nodes").resolve(NODE.key() + ".json");
    Files.writeString(record, "{\"key\": \"");

    Decisions decisions = Decisions.of(Nodes.plan("x", NODE), store.history());
    Watching watching = new Watching();
    NodeOutcome second = runner.run(NODE, new Counting(), Runners.task("bbbb"), watching);

    assertThat(decisions.choices().get(0).reasons()).containsExactly(new Reason.RecordUnreadable());
    assertThat(watching.told.get(0))
        .isEqualTo(
            "problem: the record of the result of node@1 cannot be read: it is not the JSON of a"
                + " record; it is computed anew");
    assertThat(second.action()).isEqualTo("run");
    assertThat(second.artifact()).isEqualTo(first.artifact());
    assertThat(store.nodes().find(NODE.key())).isPresent();
  }

  @Test
  void aForcedNodeIsComputedOnceMoreInARunAndNotTwice() {
    run(NODE, "aaaa");
    NodeRunner.Task forced = new NodeRunner.Task("bbbb", "x", true, Map.of(), () -> false);
    Watching first = new Watching();
    Watching second = new Watching();

    runner.run(NODE, new Counting(), forced, first);
    runner.run(NODE, new Counting(), forced, second);

    assertThat(first.told).containsExactly("started 0");
    assertThat(second.told).isEmpty();
  }

  @Test
  void inputsAreReadThroughTheStore() throws IOException {
    PlanNode second = Nodes.counting("second", 1, NODE);
    assertThatThrownBy(() -> run(second, "aaaa"))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("node@1");

    NodeOutcome first = run(NODE, "aaaa");
    NodeRunner.Task task = Runners.task("aaaa", Map.of(NODE.key(), artifact(first)));
    runner.run(second, new Counting(), task, NodeListener.SILENT);

    long sum =
        Long.parseLong(
            Files.readString(
                store.artifacts().open(String.valueOf(first.artifact())).file("sum.txt")));
    assertThat(store.result(second.key()).orElseThrow().file("sum.txt"))
        .hasContent(Long.toString(sum * 31 + 1));
  }

  private static String artifact(NodeOutcome outcome) {
    return String.valueOf(outcome.artifact());
  }

  @Test
  void aResultOfOtherInputsDoesNotCount() {
    PlanNode second = Nodes.counting("second", 10, NODE);
    String read = artifact(run(NODE, "aaaa"));
    String other = artifact(run(Nodes.counting("other", 3), "aaaa"));
    NodeRunner.Task before = Runners.task("aaaa", Map.of(NODE.key(), read));
    NodeRunner.Task after = Runners.task("bbbb", Map.of(NODE.key(), other));
    String made = artifact(runner.run(second, new Counting(), before, NodeListener.SILENT));
    assertThat(store.nodes().find(second.key()).orElseThrow().inputs())
        .containsExactly(Map.entry(NODE.key(), read));

    NodeOutcome anew = runner.run(second, new Counting(), after, NodeListener.SILENT);

    assertThat(anew.action()).isEqualTo("run");
    assertThat(anew.artifact()).isNotEqualTo(made);
    assertThat(store.nodes().find(second.key()).orElseThrow().inputs())
        .containsExactly(Map.entry(NODE.key(), other));
  }

  @Test
  void aCheckpointOfOtherInputsDoesNotCount() {
    PlanNode second = Nodes.counting("second", 10, NODE);
    String read = artifact(run(NODE, "aaaa"));
    String other = artifact(run(Nodes.counting("other", 3), "aaaa"));
    Watching watching = new Watching();
    NodeRunner.Task stopping =
        new NodeRunner.Task(
            "aaaa", "x", false, Map.of(NODE.key(), read), () -> watching.steps.get() >= 6);
    assertThatThrownBy(() -> runner.run(second, new Counting(), stopping, watching))
        .isInstanceOf(StageStopped.class);

    NodeRunner.Task after = Runners.task("aaaa", Map.of(NODE.key(), other));
    NodeOutcome anew = runner.run(second, new Counting(), after, NodeListener.SILENT);

    assertThat(anew.resumedFrom()).isNull();
  }

  private FileRef corpus() throws IOException {
    Path file = Files.writeString(temp.resolve("corpus.txt"), "old");
    return new FileRef("corpus.txt", file.toString(), Sha256.of(file));
  }

  @Test
  void aNodeReadsTheCopyWhateverHasBecomeOfTheFile() throws IOException {
    FileRef ref = corpus();
    store.inputs().put(ref, (file, bytes) -> {});
    PlanNode reading = Nodes.counting("reading", 1, Map.of("corpus", ref));
    Files.delete(Path.of(ref.path()));
    Stage copying =
        stage(
            context -> {
              String text = Files.readString(context.file("corpus"));
              Files.writeString(context.output().resolve("sum.txt"), text);
            });

    NodeOutcome outcome = runner.run(reading, copying, Runners.task("aaaa"), NodeListener.SILENT);

    Artifact made = store.artifacts().open(Objects.requireNonNull(outcome.artifact()));
    assertThat(made.file("sum.txt")).hasContent("old");
  }

  @Test
  void withoutACopyTheFileIsNotRead() throws IOException {
    PlanNode reading = Nodes.counting("reading", 1, Map.of("corpus", corpus()));

    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> run(reading, "aaaa"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISSING);
    assertThat(failure).hasMessage("the copy of corpus.txt is not in the store");
  }

  @Test
  void whatIsTakenOverLiesInTheStoreOnce() throws IOException {
    FileRef ref = corpus();
    store.inputs().put(ref, (file, bytes) -> {});
    PlanNode reading = Nodes.counting("reading", 1, Map.of("corpus", ref));
    Stage taking = stage(context -> context.takeOver(context.file("corpus"), "deep/sum.txt"));

    NodeOutcome outcome = runner.run(reading, taking, Runners.task("aaaa"), NodeListener.SILENT);

    Path taken =
        store.artifacts().open(Objects.requireNonNull(outcome.artifact())).file("deep/sum.txt");
    assertThat(taken).hasContent("old");
    assertThat(Files.isSameFile(taken, store.inputs().open(ref))).isTrue();
    assertThat(Files.isSameFile(taken, Path.of(ref.path()))).isFalse();
  }

  @Test
  void onlyFilesOfTheStoreAreTakenOver() throws IOException {
    FileRef ref = corpus();
    Stage taking = stage(context -> context.takeOver(Path.of(ref.path()), "sum.txt"));

    assertThatThrownBy(() -> runner.run(NODE, taking, Runners.task("aaaa"), NodeListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCopyThatChangesWhileTheNodeRunsSpoilsItsResult() throws IOException {
    FileRef ref = corpus();
    store.inputs().put(ref, (file, bytes) -> {});
    PlanNode reading = Nodes.counting("reading", 1, Map.of("corpus", ref));
    Stage meddling = stage(context -> Files.writeString(context.file("corpus"), "new"));

    assertThatThrownBy(
            () -> runner.run(reading, meddling, Runners.task("aaaa"), NodeListener.SILENT))
        .isInstanceOf(StoreFailure.class);
    assertThat(store.nodes().find(reading.key())).isEmpty();
  }

  @Test
  void aCopyThatVanishesBeforeOrWhileTheNodeRunsIsNamed() throws IOException {
    FileRef ref = corpus();
    store.inputs().put(ref, (file, bytes) -> {});
    PlanNode reading = Nodes.counting("reading", 1, Map.of("corpus", ref));
    Stage removing =
        stage(
            context -> {
              Files.delete(context.file("corpus"));
              Files.readString(context.file("corpus"));
            });

    for (int time = 0; time < 2; time++) {
      StoreFailure failure =
          catchThrowableOfType(
              StoreFailure.class,
              () -> runner.run(reading, removing, Runners.task("aaaa"), NodeListener.SILENT));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.CORRUPT);
      assertThat(failure).hasMessageContaining("the copy of corpus.txt in the store is damaged");
      assertThat(failure.kind().retryable()).isFalse();
    }
  }

  @Test
  void aLinkAmongTheFilesOfAResultIsRefusedByName() throws IOException {
    Path precious = Files.writeString(temp.resolve("precious.txt"), "years of work");
    Stage linking =
        stage(context -> Files.createSymbolicLink(context.output().resolve("sum.txt"), precious));

    StoreFailure failure =
        catchThrowableOfType(
            StoreFailure.class,
            () -> runner.run(NODE, linking, Runners.task("aaaa"), NodeListener.SILENT));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISPLACED);
    assertThat(failure).hasMessageContaining("sum.txt is a symbolic link");
    assertThat(precious).hasContent("years of work");
  }

  @Test
  void aFailingStageLeavesNothingButItsCheckpoints() throws IOException {
    Stage failing =
        stage(
            context -> {
              context.saveCheckpoint(3, folder -> Files.writeString(folder.resolve("s"), "3"));
              Files.writeString(context.output().resolve("half.txt"), "half");
              throw new StageFailure("PLB0902", "loss became NaN at step 4", null, null);
            });

    assertThatThrownBy(() -> runner.run(NODE, failing, Runners.task("aaaa"), NodeListener.SILENT))
        .isInstanceOf(StageFailure.class);

    assertThat(store.nodes().find(NODE.key())).isEmpty();
    assertThat(store.root().resolve("artifacts")).doesNotExist();
    assertThat(store.root().resolve("checkpoints").resolve(NODE.key()).resolve("000000000003-1"))
        .isDirectory();
  }

  @Test
  void ofTwoThatFinishTheSameNodeTheRecordOfTheFirstStays() throws IOException {
    run(NODE, "aaaa");
    NodeRecord first = store.nodes().find(NODE.key()).orElseThrow();
    Stage overtaken =
        stage(
            context -> {
              Files.writeString(context.output().resolve("sum.txt"), "other");
              store.nodes().create(first);
            });
    Stage none = stage(context -> {});
    store.nodes().remove(NODE.key());

    StoreFailure failure =
        catchThrowableOfType(
            StoreFailure.class,
            () -> runner.run(NODE, overtaken, Runners.task("bbbb"), NodeListener.SILENT));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.LEASE_LOST);
    assertThat(failure.kind().retryable()).isTrue();
    assertThat(store.nodes().find(NODE.key())).contains(first);
    NodeOutcome again = runner.run(NODE, none, Runners.task("bbbb"), NodeListener.SILENT);
    assertThat(again.artifact()).isEqualTo(first.artifact());
  }

  @Test
  void whatAStageNotesIsKeptWithItsResultThroughAnInterruption() {
    Stage noting =
        stage(
            context -> {
              context.note("said by every attempt");
              if (context.checkpoint().isEmpty()) {
                context.note("said before the interruption");
                context.saveCheckpoint(3, folder -> Files.writeString(folder.resolve("s"), "3"));
                throw new StageFailure("PLB0902", "interrupted", null, null);
              }
              context.note("said after it");
              Files.writeString(context.output().resolve("done.txt"), "done");
            });
    assertThatThrownBy(() -> runner.run(NODE, noting, Runners.task("aaaa"), NodeListener.SILENT))
        .isInstanceOf(StageFailure.class);

    runner.run(NODE, noting, Runners.task("aaaa"), NodeListener.SILENT);

    assertThat(store.nodes().find(NODE.key()).orElseThrow().notes())
        .containsExactly("said by every attempt", "said before the interruption", "said after it");
  }

  @Test
  void aStageThatNeverSavesACheckpointStopsAtItsNextStep() {
    Watching watching = new Watching();
    Stage endless =
        stage(
            context -> {
              for (long step = 1; ; step++) {
                context.progress(step, 0, Map.of());
              }
            });

    assertThatThrownBy(() -> runner.run(NODE, endless, watching.stoppingAfter(4), watching))
        .isInstanceOf(StageStopped.class);
    assertThat(watching.steps).hasValue(5);
  }

  private interface Work {
    void with(StageContext context) throws IOException;
  }

  private static Stage stage(Work work) {
    return new Stage() {
      @Override
      public String operation() {
        return "count";
      }

      @Override
      public int version() {
        return 1;
      }

      @Override
      public void run(StageContext context) throws IOException {
        work.with(context);
      }
    };
  }
}

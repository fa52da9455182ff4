// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.NodeLease;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.Timestamps;
import org.plumbline.engine.store.runs.ActiveRun;

/** What a collection promises, wherever the store is. */
public abstract class GarbageContract {
  private static final String LEASE = "plumb.lease.millis";

  /** Everything is old enough. */
  private static final Duration NONE = Duration.ofSeconds(-5);

  static final PlanNode SHARED = Nodes.counting("shared", 1);
  static final PlanNode OLD = Nodes.counting("old", 2, SHARED);
  static final PlanNode NEW = Nodes.counting("new", 3, SHARED);
  private static final PlanNode OPEN = Nodes.counting("open", 4);

  @TempDir protected Path temp;
  private final List<Store> opened = new ArrayList<>();
  private Store store;

  /** The store as a machine sees it that has read nothing of it yet. */
  protected abstract Store on(String machine);

  /** Makes the record of a run unreadable. */
  protected abstract void damage(String run) throws IOException;

  @BeforeEach
  void open() {
    System.setProperty(LEASE, "600");
    store = another("one");
  }

  @AfterEach
  void close() {
    System.clearProperty(LEASE);
    opened.forEach(Store::close);
  }

  private Store another(String machine) {
    Store made = on(machine);
    opened.add(made);
    return made;
  }

  private static GarbageRules rules(Function<List<RunRecord>, List<RunRecord>> keep) {
    return new GarbageRules(keep, NONE, false, records -> Set.of());
  }

  static GarbageRules keepingAll() {
    return rules(runs -> runs);
  }

  private static Function<List<RunRecord>, List<RunRecord>> only(ActiveRun... kept) {
    List<String> ids = List.of(kept).stream().map(ActiveRun::id).toList();
    return runs -> runs.stream().filter(run -> ids.contains(run.id())).toList();
  }

  static Artifact finish(Store store, String run, PlanNode node, String result) throws IOException {
    try (NodeLease lease = lease(store, node)) {
      lease.record();
      return finish(lease, run, node, result);
    }
  }

  static NodeLease lease(Store store, PlanNode node) throws IOException {
    return store.lease(node.key(), () -> true, () -> {}).orElseThrow();
  }

  static Artifact finish(NodeLease lease, String run, PlanNode node, String result)
      throws IOException {
    Path output = lease.outputFolder();
    Files.writeString(output.resolve("result"), result);
    Files.writeString(output.resolve("config"), "the same in all");
    Artifact artifact = lease.commit(output, node.id());
    lease.finish(
        new NodeRecord(
            node.key(),
            node.id(),
            node.parts(),
            Map.of(),
            artifact.digest(),
            1,
            null,
            1,
            null,
            run,
            "x",
            Timestamps.now(),
            List.of(),
            Nodes.PROVENANCE));
    return artifact;
  }

  private static void checkpoint(NodeLease lease, String run, boolean answer) throws IOException {
    Path folder = lease.checkpointFolder();
    Files.writeString(folder.resolve("state"), "state");
    lease.saveCheckpoint(1, folder, Map.of("run", run));
    lease.discard(folder);
    if (answer) {
      lease.answers(run, any -> true).keep("question", "answer");
    }
  }

  private ActiveRun run(String experiment, PlanNode... nodes) throws IOException {
    ActiveRun run = store.runs().start(Nodes.start(plan(experiment, nodes)));
    for (PlanNode node : nodes) {
      Artifact artifact =
          store.result(node.key()).isPresent()
              ? store.result(node.key()).orElseThrow()
              : finish(store, run.id(), node, node.id());
      run.outcome(outcome(node, artifact.digest()));
    }
    return run;
  }

  static Plan plan(String experiment, PlanNode... nodes) {
    return Nodes.plan(experiment, nodes);
  }

  private static NodeOutcome outcome(PlanNode node, String artifact) {
    return new NodeOutcome(
        node.id(), node.key(), "run", artifact, 1, 1, null, Timestamps.now(), null);
  }

  private FileRef input(String text) throws IOException {
    Path file = Files.writeString(temp.resolve(text + ".txt"), text);
    return new FileRef(text + ".txt", file.toString(), ContentDigest.of(file));
  }

  private static List<String> kinds(CollectedGarbage collected) {
    return collected.items().stream().map(item -> item.kind().name()).distinct().toList();
  }

  private boolean isThere(PlanNode node) {
    return another("fresh" + opened.size()).result(node.key()).isPresent();
  }

  /** Every record that is left stands on a whole artifact. */
  private void requireWhole() throws IOException {
    Store seen = another("fresh" + opened.size());
    for (NodeRecord record : seen.nodes().newest(1000)) {
      assertThat(seen.artifacts().open(record.artifact()).file("config"))
          .hasContent("the same in all");
    }
    seen.runs().list().forEach(run -> seen.runs().plan(run.id()));
  }

  @Test
  void withoutAChoiceAllRunsStayAndWhatIsOfNoneGoesWhenItIsOld() throws IOException {
    FileRef used = input("used");
    FileRef stray = input("stray");
    PlanNode reads = Nodes.counting("reads", 1, Map.of("corpus", used));
    ActiveRun run = run("x", SHARED, reads);
    store.inputs().put(used, (file, bytes) -> {});
    store.inputs().put(stray, (file, bytes) -> {});
    run.end(RunStatus.FINISHED, null);
    finish(store, "dead", OLD, "of no run");
    try (NodeLease lease = lease(store, OPEN)) {
      checkpoint(lease, "dead", false);
    }

    CollectedGarbage patient =
        store.garbage().collect(GarbageRules.of(records -> Set.of()), item -> {});

    assertThat(patient.items()).isEmpty();
    assertThat(patient.spared().young()).isPositive();
    assertThat(isThere(OLD)).isTrue();

    CollectedGarbage look = store.garbage().look(keepingAll());
    CollectedGarbage collected = store.garbage().collect(keepingAll(), item -> {});

    assertThat(look).isEqualTo(collected);
    assertThat(kinds(collected)).contains("NODE", "INPUT", "CHECKPOINTS", "ARTIFACT");
    assertThat(collected.kept()).hasSize(1);
    assertThat(collected.bytes()).isPositive();
    assertThat(isThere(OLD)).isFalse();
    assertThat(isThere(SHARED)).isTrue();
    assertThat(isThere(reads)).isTrue();
    assertThat(another("two").inputs().find(used)).isPresent();
    assertThat(another("two").inputs().find(stray)).isEmpty();
    assertThat(store.garbage().look(keepingAll()).items()).isEmpty();
    requireWhole();
  }

  @Test
  void aRunThatGoesTakesWhatOnlyItNeedsHoweverYoung() throws IOException {
    ActiveRun old = run("x", SHARED, OLD);
    old.end(RunStatus.FINISHED, null);
    store.runs().keep(old.id(), "comparison.json", "{}");
    store.runs().put(old.id(), "report.html", "<html>");
    ActiveRun kept = run("x", SHARED, NEW);
    kept.end(RunStatus.FINISHED, null);
    GarbageRules rules =
        new GarbageRules(only(kept), Duration.ofDays(1), false, records -> Set.of());

    CollectedGarbage collected = store.garbage().collect(rules, item -> {});

    assertThat(collected.removed()).extracting(RunRecord::id).containsExactly(old.id());
    assertThat(collected.items()).extracting(Garbage::name).contains(old.id(), OLD.key());
    assertThat(another("two").runs().list()).extracting(RunRecord::id).containsExactly(kept.id());
    assertThat(isThere(OLD)).isFalse();
    assertThat(isThere(SHARED)).isTrue();
    assertThat(isThere(NEW)).isTrue();
    requireWhole();
  }

  @Test
  void aRunThatIsUnderWayStaysWithAllThatItMayReuse() throws IOException {
    run("y", SHARED).end(RunStatus.FINISHED, null);
    ActiveRun live = store.runs().start(Nodes.start(plan("x", SHARED, OPEN)));
    try (NodeLease lease = lease(store, OPEN)) {
      checkpoint(lease, live.id(), true);

      CollectedGarbage collected =
          another("two").garbage().collect(rules(runs -> List.of()), item -> {});

      assertThat(collected.kept()).extracting(RunRecord::id).containsExactly(live.id());
      assertThat(collected.removed()).hasSize(1);
      assertThat(isThere(SHARED)).isTrue();
      assertThat(lease.checkpoint(problem -> {})).isPresent();
      live.outcome(outcome(OPEN, finish(lease, live.id(), OPEN, "done").digest()));
    }
    live.end(RunStatus.FINISHED, null);
    requireWhole();
  }

  @Test
  void whenItIsKilledBeforeAnyStepWhatIsLeftIsWholeAndTheNextDoesTheRest() throws IOException {
    int steps = prepared().garbage().look(rules(runs -> List.of())).items().size();
    assertThat(steps).isGreaterThan(8);
    store.garbage().collect(rules(runs -> List.of()), item -> {});

    for (int death = 1; death <= steps; death++) {
      prepared();
      int last = death;
      int[] count = {0};
      Consumer<Garbage> dies =
          item -> {
            if (++count[0] == last) {
              throw new Dead();
            }
          };
      assertThatThrownBy(() -> oneByOne(store).collect(rules(runs -> List.of()), dies))
          .isInstanceOf(Dead.class);
      assertThat(count[0]).isEqualTo(last);
      requireWhole();

      store.garbage().collect(rules(runs -> List.of()), item -> {});

      assertThat(store.garbage().look(rules(runs -> List.of())).items()).isEmpty();
      assertThat(store.nodes().newest(10)).isEmpty();
      assertThat(store.runs().list()).isEmpty();
    }
  }

  private static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static GarbageCollector oneByOne(Store store) {
    return store.garbage().atOnce(1);
  }

  /** A store with some of everything. */
  private Store prepared() throws IOException {
    FileRef used = input("used");
    PlanNode reads = Nodes.counting("reads", 1, Map.of("corpus", used));
    ActiveRun run = run("x", SHARED, OLD, reads);
    store.inputs().put(used, (file, bytes) -> {});
    run.end(RunStatus.FINISHED, null);
    ActiveRun other = run("y", SHARED, NEW);
    other.end(RunStatus.CANCELLED, null);
    try (NodeLease lease = lease(store, OPEN)) {
      checkpoint(lease, "dead", false);
    }
    return store;
  }

  @Test
  void whatANodeGaveBeforeItWasForcedStaysWithTheRunThatHadIt() throws IOException {
    ActiveRun first = run("x", SHARED);
    String had = store.result(SHARED.key()).orElseThrow().digest();
    first.end(RunStatus.FINISHED, null);
    ActiveRun forced = store.runs().start(Nodes.start(plan("y", SHARED)));
    Artifact second = finish(store, forced.id(), SHARED, "other bytes");
    forced.outcome(outcome(SHARED, second.digest()));
    forced.end(RunStatus.FINISHED, null);

    store.garbage().collect(keepingAll(), item -> {});
    assertThat(another("two").artifacts().open(had).file("result")).hasContent(SHARED.id());

    store.garbage().collect(rules(only(forced)), item -> {});
    assertThat(another("three").artifacts().check("", had).toString()).contains("Missing");
    requireWhole();
  }

  @Test
  void answersThatCostSomethingStayUnlessTheyAreAskedFor() throws IOException {
    ActiveRun run = run("x", OLD);
    run.end(RunStatus.FINISHED, null);
    try (NodeLease lease = lease(store, OPEN)) {
      checkpoint(lease, "dead", true);
    }
    GarbageRules careful =
        new GarbageRules(runs -> List.of(), NONE, false, records -> Set.of(OLD.key()));

    CollectedGarbage collected = store.garbage().collect(careful, item -> {});

    assertThat(collected.spared().paidNodes()).isEqualTo(1);
    assertThat(collected.spared().paidAnswers()).isEqualTo(1);
    assertThat(isThere(OLD)).isTrue();
    try (NodeLease lease = lease(store, OPEN)) {
      assertThat(lease.checkpoint(problem -> {})).isEmpty();
      assertThat(lease.answers("dead", any -> true).find("question")).hasValue("answer");
    }
    assertThat(store.garbage().look(careful).items()).isEmpty();

    store
        .garbage()
        .collect(
            new GarbageRules(runs -> List.of(), NONE, true, records -> Set.of(OLD.key())),
            item -> {});

    assertThat(isThere(OLD)).isFalse();
    try (NodeLease lease = lease(store, OPEN)) {
      assertThat(lease.answers("dead", any -> true).find("question")).isEmpty();
    }
  }

  @Test
  void checkpointsOfANodeThatSomebodyHoldsStay() throws IOException {
    try (NodeLease lease = lease(store, OPEN)) {
      checkpoint(lease, "dead", false);

      CollectedGarbage collected = another("two").garbage().collect(keepingAll(), item -> {});

      assertThat(collected.spared().held()).isEqualTo(1);
      assertThat(collected.items()).isEmpty();
      assertThat(lease.checkpoint(problem -> {})).isPresent();
    }
    assertThat(store.garbage().collect(keepingAll(), item -> {}).items()).hasSize(1);
  }

  @Test
  void aRunThatBeginsWaitsForTheEnd() throws Exception {
    finish(store, "dead", SHARED, "of no run");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<CollectedGarbage> collecting =
        CompletableFuture.supplyAsync(
            () -> store.garbage().collect(keepingAll(), item -> block(begun, goOn)));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    Store other = another("two");
    CompletableFuture<ActiveRun> beginning =
        CompletableFuture.supplyAsync(() -> other.runs().start(Nodes.start(plan("x", SHARED))));

    assertThat(
            catchThrowableOfType(TimeoutException.class, () -> beginning.get(1, TimeUnit.SECONDS)))
        .isNotNull();
    StoreFailure second =
        catchThrowableOfType(
            StoreFailure.class, () -> other.garbage().collect(keepingAll(), item -> {}));
    assertThat(second.kind()).isEqualTo(StoreFailure.Kind.COLLECTING);
    assertThat(second).hasMessageContaining("process " + ProcessHandle.current().pid());
    goOn.countDown();
    collecting.get(20, TimeUnit.SECONDS);

    ActiveRun run = beginning.get(20, TimeUnit.SECONDS);
    assertThat(other.result(SHARED.key())).isEmpty(); // as it finds out before it reuses anything
    run.end(RunStatus.CANCELLED, null);
  }

  private static void block(CountDownLatch begun, CountDownLatch goOn) {
    begun.countDown();
    try {
      goOn.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aResultThatIsWrittenDownMeanwhileIsThereOrTriedAgain() throws Exception {
    finish(store, "dead", OLD, "the same bytes");
    ActiveRun live = store.runs().start(Nodes.start(plan("x", SHARED, NEW)));
    Store other = another("two");
    List<CompletableFuture<@Nullable StoreFailure>> finishing = new ArrayList<>();
    try (NodeLease lease = lease(other, NEW)) {
      store
          .garbage()
          .collect(
              keepingAll(),
              item -> {
                if (item.kind() == Garbage.Kind.ARTIFACT && finishing.isEmpty()) {
                  finishing.add(
                      CompletableFuture.supplyAsync(() -> finishOrFail(lease, live.id())));
                  awaitRecord();
                }
              });
      StoreFailure failure = finishing.get(0).get(20, TimeUnit.SECONDS);
      if (failure != null) {
        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.COLLECTED);
        assertThat(failure.kind().retryable()).isTrue();
        assertThat(isThere(NEW)).isFalse();
        finish(lease, live.id(), NEW, "the same bytes");
      }
    }
    assertThat(isThere(NEW)).isTrue();
    requireWhole();
    live.end(RunStatus.FINISHED, null);
  }

  private static @Nullable StoreFailure finishOrFail(NodeLease lease, String run) {
    try {
      lease.record();
      finish(lease, run, NEW, "the same bytes");
      return null;
    } catch (StoreFailure failure) {
      return failure;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitRecord() {
    for (int i = 0; i < 1000 && store.nodes().find(NEW.key()).isEmpty(); i++) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(store.nodes().find(NEW.key())).isPresent();
  }

  @Test
  void whatARunNeedsThatCannotBeReadIsNotGuessed() throws IOException {
    ActiveRun run = run("x", SHARED);
    run.end(RunStatus.FINISHED, null);
    finish(store, "dead", OLD, "of no run");
    damage(run.id());

    StoreFailure failure =
        catchThrowableOfType(
            StoreFailure.class, () -> store.garbage().collect(keepingAll(), item -> {}));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NEEDS_UNKNOWN);
    assertThat(failure).hasMessageContaining("run " + run.id());
    assertThat(failure.help()).contains(run.id());
    assertThat(isThere(OLD)).isTrue();
    // Whoever comes next is not kept waiting by a collection that was refused.
    store.runs().start(Nodes.start(plan("y", SHARED))).end(RunStatus.CANCELLED, null);
  }
}

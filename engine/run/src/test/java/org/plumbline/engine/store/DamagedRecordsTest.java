// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.Counting;
import org.plumbline.engine.run.NodeListener;
import org.plumbline.engine.run.Runners;
import org.plumbline.engine.store.content.Manifest;
import org.plumbline.engine.store.disk.Deletions;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** Files of a store that are not what was written: named, and done without. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedRecordsTest {
  private static final PlanNode NODE = Nodes.counting("node", 3);
  private static final Plan PLAN = Nodes.plan("x", NODE);

  @TempDir Path temp;
  private final List<String> problems = new ArrayList<>();
  private Path root;
  private Store store;
  private String whole;
  private String run;
  private Path record;

  @BeforeEach
  void makeStore() throws IOException {
    root = temp.toRealPath().resolve(".plumb");
    store = Store.open(root, problems::add);
    whole = finish("other");
    run = finish("x");
    record = root.resolve("nodes").resolve(NODE.key() + ".json");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String finish(String experiment) {
    try (ActiveRun active = store.runs().start(Nodes.start(Nodes.plan(experiment, NODE)))) {
      active.outcome(compute(active.id()));
      active.end(RunStatus.FINISHED, null);
      return active.id();
    }
  }

  private NodeOutcome compute(String by) {
    NodeListener told =
        new NodeListener() {
          @Override
          public void problem(String text) {
            problems.add(text);
          }
        };
    return Runners.runner(store).run(NODE, new Counting(), Runners.task(by), told);
  }

  private Path inRun(String name) {
    return root.resolve("runs").resolve(run).resolve(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "\"text\"",
        "7",
        "{\"id\": ",
        "\u0000\u0001",
        "{\"sessions\": []}"
      })
  void aDamagedRunIsNamedAndTheOthersAreListed(String text) throws IOException {
    Files.writeString(inRun("run.json"), text);

    assertThat(store.runs().list()).extracting(RunRecord::id).containsExactly(whole);
    assertThat(problems).singleElement().asString().startsWith("run " + run + " is damaged");
    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> store.runs().resume(run));
    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED);
    assertThat(failure).hasMessageContaining("the record of run " + run);
  }

  @ParameterizedTest
  @CsvSource({
    "\"sessions\" : \\[.*?\\], '\"sessions\" : [ ]'",
    "\"started\" : \"[^\"]*\", '\"started\" : \"tomorrow\"'",
    "\"pid\" : \\d+, '\"pid\" : 1e400'",
    "\"cpus\" : \\d+, '\"cpus\" : 99999999999999999999'",
    "\"status\" : \"finished\", '\"status\" : \"DONE\"'",
    "\"experiment\" : \"x\", '\"experiment\" : null'",
    "\"frozen\" : \\{[^}]*\\}, '\"frozen\" : 7'",
    "\"seeds\" : \\[[^]]*\\], '\"seeds\" : [ null ]'"
  })
  void aRunWhoseRecordSaysWhatCannotBeIsDamagedAlsoWithoutItsSeal(String what, String becomes)
      throws IOException {
    String text = Files.readString(inRun("run.json"));
    String changed = text.replaceAll("(?s)" + what, becomes);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(inRun("run.json"), changed.replaceAll(",\\s*\"seal\" : \"[0-9a-f]*\"", ""));

    assertThat(store.runs().listing().damaged()).containsOnlyKeys(run);
  }

  @Test
  void anyChangeOfARecordIsSeen() throws IOException {
    String text = Files.readString(inRun("run.json"));

    Files.writeString(inRun("run.json"), text.replace("\"plumb: v1\"", "\"plumb: v2\""));

    assertThat(store.runs().listing().damaged().get(run)).contains("has changed");
  }

  @Test
  void aRecordOfAnOlderVersionHasNoSealAndIsRead() throws IOException {
    String text = Files.readString(inRun("run.json"));

    Files.writeString(
        inRun("run.json"),
        text.replaceAll(",\\s*\"seal\" : \"[0-9a-f]*\"", "")
            .replaceAll(",\\s*\"planDigest\" : \"[0-9a-f]*\"", ""));

    assertThat(store.runs().read(run).planDigest()).isNull();
    assertThat(store.runs().plan(run)).isEqualTo(PLAN);
  }

  @Test
  void theRecordOfAnotherRunIsNoRecordOfThisOne() throws IOException {
    Files.copy(
        root.resolve("runs").resolve(whole).resolve("run.json"),
        inRun("run.json"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(store.runs().listing().damaged().get(run)).contains("another run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"nodes\": null}"})
  void aDamagedPlanKeepsTheRunFromBeingGoneOnWithAndNothingElse(String text) throws IOException {
    Files.writeString(inRun("plan.json"), text);

    assertThat(store.runs().list()).hasSize(2);
    assertThat(store.history().sameNode("x", NODE.id())).isEmpty();
    assertThat(problems).singleElement().asString().contains("the plan of run " + run);
    assertThat(catchThrowableOfType(StoreFailure.class, () -> store.runs().resume(run)).kind())
        .isEqualTo(StoreFailure.Kind.DAMAGED);
  }

  @Test
  void aPlanInWhichOneDigitHasChangedIsNotFollowed() throws IOException {
    String text = Files.readString(inRun("plan.json"));
    Files.writeString(inRun("plan.json"), text.replace("\"steps\":3", "\"steps\":4"));

    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> store.runs().resume(run));

    assertThat(failure).hasMessageContaining("has changed since it was written");
  }

  @Test
  void linesThatAreNoneArePassedOver() throws IOException {
    Files.writeString(inRun("nodes.jsonl"), "null\n{}\nnonsense\n{\"node\":7}\n");

    assertThat(store.runs().outcomes(run)).isEmpty();
    assertThat(problems)
        .containsExactly("runs/" + run + "/nodes.jsonl has damaged lines, which are passed over");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"key\": null}"})
  void aNodeWhoseRecordIsDamagedIsComputedOnceMore(String text) throws IOException {
    Files.writeString(record, text);

    NodeOutcome again = compute("ffff");

    assertThat(again.action()).isEqualTo(NodeOutcome.RUN);
    assertThat(problems).singleElement().asString().contains("record of the result of node@1");
    assertThat(compute("eeee").action()).isEqualTo(NodeOutcome.REUSE);
  }

  @Test
  void aFolderInPlaceOfARecordIsPutAsideAndTheNodeComputedOnceMore() throws IOException {
    Files.delete(record);
    Files.writeString(Files.createDirectory(record).resolve("mine.txt"), "mine");

    compute("ffff");

    assertThat(compute("eeee").action()).isEqualTo(NodeOutcome.REUSE);
    assertThat(root.resolve("quarantine").resolve(NODE.key() + ".json-0/mine.txt"))
        .hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"format\":1,\"files\":null,\"about\":{}}"})
  void anArtifactWhoseManifestIsDamagedIsPutAsideAndMadeAnew(String text) throws IOException {
    String digest = store.result(NODE.key()).orElseThrow().digest();
    Files.writeString(store.artifacts().open(digest).file("manifest.json"), text);

    compute("ffff");

    assertThat(store.result(NODE.key()).orElseThrow().digest()).isEqualTo(digest);
    assertThat(root.resolve("quarantine").resolve(digest + "-0")).isDirectory();
  }

  @Test
  void aFileInPlaceOfAnArtifactIsPutAsideWhateverIsThereAlready() throws IOException {
    Path folder = store.result(NODE.key()).orElseThrow().folder();
    String digest = store.result(NODE.key()).orElseThrow().digest();
    Files.createDirectories(root.resolve("quarantine").resolve(digest + "-1/x"));
    Deletions.tree(folder);
    Files.writeString(folder, "a file");

    compute("ffff");

    assertThat(compute("eeee").action()).isEqualTo(NodeOutcome.REUSE);
    assertThat(root.resolve("quarantine").resolve(digest + "-0")).hasContent("a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/hostname", "../x", "a/../../x", "a/./b"})
  void aManifestCannotNameFilesOfOthers(String name) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("folder"));
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"format\":1,\"about\":{},\"files\":[{\"name\":\""
            + name
            + "\",\"size\":1,\"sha256\":\"a\"}]}");

    assertThat(catchThrowableOfType(IOException.class, () -> Manifest.read(folder))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run.json", "plan.json", "nodes.jsonl", "events.jsonl", "comparison.json"})
  void aPipeIsNotWaitedFor(String name) throws Exception {
    Files.deleteIfExists(inRun(name));
    assertThat(new ProcessBuilder("mkfifo", inRun(name).toString()).start().waitFor()).isZero();

    store.runs().list();
    store.runs().planIfWhole(run);
    store.runs().outcomes(run);
    store.runs().events(run);
    store.runs().kept(run, "comparison.json");
    StoreFailure failure =
        catchThrowableOfType(
            StoreFailure.class, () -> store.runs().resume(run).event("x", Map.of()));

    assertThat(problems.toString() + failure).contains("a named pipe");
  }

  @Test
  void pipesInPlaceOfLocksRecordsAndArtifactsAreNotWaitedFor() throws Exception {
    Path lock = root.resolve("locks").resolve(NODE.key() + ".lock");
    Files.delete(lock);
    assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();

    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> compute("ffff"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.MISPLACED);
    assertThat(failure).hasMessageContaining(lock + " is a named pipe");
    Files.delete(lock);
    Files.delete(record);
    assertThat(new ProcessBuilder("mkfifo", record.toString()).start().waitFor()).isZero();
    compute("ffff");
    assertThat(compute("eeee").action()).isEqualTo(NodeOutcome.REUSE);
  }

  @Test
  void aFileThatIsLargerThanAnyRecordIsNotRead() throws IOException {
    try (var huge = new RandomAccessFile(inRun("run.json").toFile(), "rw")) {
      huge.setLength(1L << 40); // takes no space
    }

    assertThat(store.runs().listing().damaged().get(run)).contains("more than any file");
  }

  @Test
  void aStoreThatWasMovedAwayIsNotMadeAnewWhereItWas() throws IOException {
    Path moved = temp.resolve("moved");
    ActiveRun active = store.runs().start(Nodes.start(PLAN));
    store.nodes().remove(NODE.key());
    Files.move(root, moved);

    StoreFailure computing = catchThrowableOfType(StoreFailure.class, () -> compute("ffff"));
    StoreFailure telling =
        catchThrowableOfType(StoreFailure.class, () -> active.event("x", Map.of()));
    active.close();
    store.close();

    assertThat(computing.kind()).isEqualTo(StoreFailure.Kind.MISPLACED);
    assertThat(computing).hasMessageContaining("moved or deleted meanwhile");
    assertThat(telling.kind().retryable()).isFalse();
    assertThat(root).doesNotExist();
    Files.move(moved, root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "0", "null", "-1"})
  void aStoreThatLostItsFormatSaysHowToRepairIt(String text) throws IOException {
    store.close();
    Files.writeString(root.resolve("format"), text);
    StoreFailure damaged = catchThrowableOfType(StoreFailure.class, () -> Store.open(root));
    Files.delete(root.resolve("format"));
    StoreFailure lost = catchThrowableOfType(StoreFailure.class, () -> Store.open(root));

    for (StoreFailure failure : List.of(damaged, lost)) {
      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_A_STORE);
      assertThat(failure.help()).contains("echo 1 > " + root.resolve("format"));
    }
  }

  @Test
  void whatWasKeptIsReadAgainUnlessItHasChanged() throws IOException {
    store.runs().keep(run, "comparison.json", "{\"a\":1}");
    assertThat(store.runs().kept(run, "comparison.json")).isPresent();

    Files.writeString(inRun("comparison.json"), "{\"a\":2}");

    assertThat(store.runs().kept(run, "comparison.json")).isEmpty();
    assertThat(problems).singleElement().asString().contains("comparison.json of run " + run);
  }

  @Test
  void aShardThatIsNoFolderIsNamedBeforeAnythingIsComputed() throws IOException {
    Path shard = root.resolve("artifacts/sha256/00");
    Files.deleteIfExists(shard);
    Files.writeString(shard, "a file");

    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> Store.open(root));

    assertThat(failure).hasMessageContaining(shard + " is a file");
  }
}

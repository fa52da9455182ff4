// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.NodeLease;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.home.LocalFolder;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** A whole store in a bucket, as two machines see it. */
class BucketStoreTest {
  private static final PlanNode NODE = Nodes.counting("node", 2);
  private static final Plan PLAN = Nodes.plan("x", NODE);

  private final String prefix = UUID.randomUUID().toString();
  @TempDir Path temp;
  private S3Server server;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start();
    store = on("one");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    server.close();
  }

  private Store on(String machine) {
    return open("s3://" + S3Server.BUCKET + "/" + prefix, machine);
  }

  private Store open(String address, String machine) {
    return Store.open(
        StoreAddress.ofBucket(address).orElseThrow(),
        new LocalFolder(temp.resolve(machine), 1L << 30),
        problem -> {
          throw new AssertionError(problem);
        });
  }

  private static NodeOutcome outcome(String action) {
    return new NodeOutcome(
        "node@1", NODE.key(), action, "ab", 1, 2, null, "2026-01-01T00:00:00Z", null);
  }

  private static NodeLease lease(Store store) throws IOException {
    return store.lease(NODE.key(), () -> true, () -> {}).orElseThrow();
  }

  private static void save(NodeLease lease, long step) throws IOException {
    Path folder = lease.checkpointFolder();
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/state"), "step " + step);
    Files.writeString(folder.resolve("empty"), "");
    lease.saveCheckpoint(step, folder, Map.of("run", "aaaa", "seconds", 1.5));
    lease.discard(folder);
  }

  @Test
  void aRunIsSeenFromAnotherMachineWhileItRunsAndWhenItHasEnded() {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    run.outcome(outcome("run"));
    for (int i = 0; i < 12; i++) {
      run.event("note", Map.of("number", i));
    }
    try (Store other = on("two")) {
      assertThat(other.runs().read(run.id()).status()).isEqualTo(RunStatus.RUNNING);
      StoreFailure busy =
          catchThrowableOfType(StoreFailure.class, () -> other.runs().start(Nodes.start(PLAN)));
      assertThat(busy.kind()).isEqualTo(StoreFailure.Kind.BUSY);
    }

    run.end(RunStatus.FINISHED, null);

    try (Store other = on("two")) {
      RunRecord record = other.runs().read(run.id().substring(0, 4));
      assertThat(record).isEqualTo(run.record());
      assertThat(other.runs().plan(run.id())).isEqualTo(PLAN);
      assertThat(other.runs().outcomes(run.id())).containsEntry("node@1", outcome("run"));
      assertThat(other.runs().events(run.id())).hasSize(12);
      assertThat(other.runs().events(run.id()).get(11)).contains("\"number\":11");
      assertThat(other.runs().list()).hasSize(1);
      assertThat(other.runs().where(run.id(), "report.html"))
          .isEqualTo("s3://tests/" + prefix + "/runs/" + run.id() + "/report.html");
    }
  }

  @Test
  void aRunThatWasLeftIsInterruptedAndIsResumedElsewhere() {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    run.outcome(outcome("run"));
    run.close(); // without an end

    try (Store other = on("two")) {
      assertThat(other.runs().read(run.id()).status()).isEqualTo(RunStatus.INTERRUPTED);
      ActiveRun resumed = other.runs().resume(run.id());
      resumed.event("again", Map.of());
      resumed.end(RunStatus.FINISHED, null);
      assertThat(other.runs().read(run.id()).interruptions()).isEqualTo(1);
      assertThat(other.runs().outcomes(run.id())).hasSize(1);
    }
  }

  @Test
  void filesOfARunAreKeptAndForgotten() throws IOException {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    store.runs().keep(run.id(), "comparison.json", "{}");
    store.runs().put(run.id(), "report.html", "<html>");

    assertThat(store.runs().kept(run.id(), "comparison.json").orElseThrow()).hasSize(2);
    assertThat(store.runs().isThere(run.id(), "report.html")).isTrue();
    store.runs().forgetReport(run.id());
    assertThat(store.runs().isThere(run.id(), "report.html")).isFalse();
    run.end(RunStatus.CANCELLED, null);
  }

  @Test
  void anotherMachineGoesOnFromTheNewestCheckpoint() throws IOException {
    try (NodeLease lease = lease(store)) {
      save(lease, 1);
      save(lease, 2);
      save(lease, 3);
    }
    try (Store other = on("two");
        NodeLease lease = lease(other)) {
      SavedCheckpoint found =
          lease
              .checkpoint(
                  problem -> {
                    throw new AssertionError(problem);
                  })
              .orElseThrow();
      assertThat(found.checkpoint().step()).isEqualTo(3);
      assertThat(found.seconds()).isEqualTo(1.5);
      assertThat(found.checkpoint().folder().resolve("deep/state")).hasContent("step 3");
      assertThat(found.checkpoint().folder().resolve("empty")).isEmptyFile();
      lease.clearCheckpoints();
      assertThat(lease.checkpoint(problem -> {})).isEmpty();
    }
    try (Bucket bucket = S3Server.bucket(prefix + "/")) {
      assertThat(bucket.list("checkpoints/")).isEmpty();
    }
  }

  @Test
  void aNodeThatSomebodyWorksOnIsSeenFromAnotherMachine() throws IOException {
    try (Store other = on("two")) {
      assertThat(other.look(NODE.key())).isEqualTo(new Store.NodeSigns(null, null));
      try (NodeLease lease = lease(store)) {
        save(lease, 3);
        Store.NodeSigns signs = other.look(NODE.key());

        assertThat(signs.checkpoint()).extracting(Checkpoints.Mark::step).isEqualTo(3L);
        assertThat(signs.sign()).isAfter(Instant.now().minusSeconds(60));
      }
      assertThat(other.look(NODE.key()).sign()).isNull();
      assertThat(other.counts().bytesRead()).isPositive();
    }
    assertThat(store.counts().bytesWritten()).isGreaterThan("step 3".length());
    assertThat(store.counts().lostLeases()).isZero();
  }

  @Test
  void aTornCheckpointIsSaidAndTheOneBeforeCounts() throws IOException {
    try (NodeLease lease = lease(store)) {
      save(lease, 1);
      save(lease, 2);
    }
    try (Bucket bucket = S3Server.bucket(prefix + "/");
        NodeLease lease = lease(store)) {
      Bucket.Listed torn =
          bucket.list("checkpoints/").stream()
              .filter(each -> each.name().contains("000000000002-") && each.size() == 6)
              .findFirst()
              .orElseThrow();
      bucket.put(torn.name(), "step 9".getBytes(StandardCharsets.UTF_8));
      StringBuilder said = new StringBuilder();

      assertThat(lease.checkpoint(said::append).orElseThrow().checkpoint().step()).isEqualTo(1);
      assertThat(said).contains("step 2 is damaged");
    }
  }

  @Test
  void answersAreKeptAsTheyComeAndTheLaterHoldersCount() throws IOException {
    NodeLease first = lease(store);
    KeptAnswers answers = first.answers("aaaa", run -> true);
    answers.keep("one", "1");
    answers.keep("one", "2");
    first.close();
    try (Store other = on("two");
        NodeLease second = lease(other)) {
      KeptAnswers found = second.answers("aaaa", run -> true);
      assertThat(found.find("one")).hasValue("1");
      found.keep("one", "3");
      assertThat(second.answers("aaaa", run -> true).find("one")).hasValue("3");
      assertThat(second.answers("bbbb", run -> run.equals("bbbb")).find("one")).isEmpty();
    }
  }

  @Test
  void whoHasLostTheNodeIsTold() throws IOException {
    NodeLease frozen = lease(store);
    try (Bucket bucket = S3Server.bucket(prefix + "/")) {
      bucket.put("leases/" + NODE.key() + "/000000000000000099", LeaseObject.mine(99).bytes());
    }

    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> save(frozen, 1));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.LEASE_LOST);
  }

  @Test
  void whatIsNoStoreIsRefusedAndNotTouched() {
    try (Bucket bucket = S3Server.bucket("other/")) {
      bucket.put("thesis.tex", new byte[] {1});
      StoreFailure failure =
          catchThrowableOfType(StoreFailure.class, () -> open("s3://tests/other", "one"));
      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_A_STORE);
      assertThat(bucket.list("")).hasSize(1);

      bucket.put("format", "2\n".getBytes(StandardCharsets.UTF_8));
      StoreFailure newer =
          catchThrowableOfType(StoreFailure.class, () -> open("s3://tests/other", "one"));
      assertThat(newer.kind()).isEqualTo(StoreFailure.Kind.NEWER_FORMAT);
    }
  }

  @Test
  void whatIsWrongWithABucketIsSaidWithoutSecrets() {
    StoreFailure none =
        catchThrowableOfType(StoreFailure.class, () -> open("s3://no-such-bucket", "one"));
    assertThat(none.kind()).isEqualTo(StoreFailure.Kind.BUCKET);
    assertThat(none).hasMessageContaining("there is no bucket `no-such-bucket`");

    server.set("aws.secretAccessKey", "anothersecret");
    StoreFailure wrong =
        catchThrowableOfType(StoreFailure.class, () -> open("s3://tests/" + prefix, "one"));
    assertThat(wrong.kind()).isEqualTo(StoreFailure.Kind.BUCKET);
    assertThat(wrong).hasMessageContaining("the secret key is not that of the access key");

    server.set("aws.accessKeyId", "nobody");
    StoreFailure unknown =
        catchThrowableOfType(StoreFailure.class, () -> open("s3://tests/" + prefix, "one"));
    assertThat(unknown).hasMessageContaining("the access key is not known");
    for (StoreFailure each : new StoreFailure[] {none, wrong, unknown}) {
      assertThat(each.getMessage() + each.help()).doesNotContain("secret123", "anothersecret");
      assertThat(each.kind().retryable()).isFalse();
    }
  }

  @Test
  void aServerThatIsAwayIsAskedAgainForAWhileAndMayBeAskedLater() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    server.set("aws.endpointUrlS3", "http://127.0.0.1:" + closed);
    try (Bucket bucket =
        new Bucket(
            BucketClient.open(),
            new BucketPlace("tests", "", BucketClient.server()),
            Duration.ofMillis(300))) {
      StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> bucket.get("format"));

      assertThat(failure.kind().retryable()).isTrue();
      assertThat(failure).hasMessageContaining("127.0.0.1:" + closed + " does not answer");
    }
  }

  @Test
  void addressesOfBuckets() {
    assertThat(StoreAddress.ofBucket("s3://runs/a/b/").orElseThrow())
        .isEqualTo(new StoreAddress.InBucket("runs", "a/b"))
        .hasToString("s3://runs/a/b");
    assertThat(StoreAddress.ofBucket("s3://runs").orElseThrow()).hasToString("s3://runs");
    for (String bad : new String[] {"s3://", "s3:///x", "s3://Runs", "s3://runs//x", "runs"}) {
      assertThat(StoreAddress.ofBucket(bad)).as(bad).isEmpty();
    }
  }
}

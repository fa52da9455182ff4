// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.NodeRecord;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.runs.ActiveRun;

/** Real processes: one is killed in the middle, two want the same node, two the same experiment. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessesIT {
  private static final PlanNode FIRST = Nodes.counting("first", 40);
  private static final PlanNode SECOND = Nodes.counting("second", 40, FIRST);
  private static final Plan PLAN = Nodes.plan("x", FIRST, SECOND);

  /** Where a node stops until it is let through, so that no test depends on who is quicker. */
  private static final long HELD_AT = 20;

  private static final long LEASE_MILLISECONDS = 3000;

  @TempDir Path temp;
  @TempDir Path gates;
  private final List<Child> children = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    children.forEach(child -> child.process().destroyForcibly());
  }

  /** Runs or resumes the experiment, or only brings the first node to its result. */
  public static void main(String[] args) throws IOException {
    Path gates = Path.of(args[2]);
    try (Store store = Store.open(Path.of(args[1]))) {
      if (args[0].equals("node")) {
        NodeOutcome outcome = bring(store, FIRST, args[3], gates);
        System.out.println("outcome " + outcome.action() + " " + outcome.artifact());
        return;
      }
      ActiveRun run =
          args[0].equals("run")
              ? store.runs().start(Nodes.start(PLAN))
              : store.runs().resume(store.runs().list().get(0).id());
      for (PlanNode node : PLAN.nodes()) {
        run.outcome(bring(store, node, run.id(), gates));
      }
      run.end(RunStatus.FINISHED, null);
      System.out.println("finished " + run.id());
    } catch (StoreFailure failure) {
      System.out.println("failure " + failure.kind() + " " + failure.getMessage());
    }
  }

  private static NodeOutcome bring(Store store, PlanNode node, String run, Path gates) {
    NodeListener held =
        new NodeListener() {
          @Override
          public void progress(long step, long total, Map<String, Double> metrics) {
            if (step == HELD_AT && !Files.exists(gates.resolve(node.name()))) {
              System.out.println("held " + node.name());
              await(gates.resolve(node.name()));
            }
          }

          @Override
          public void waiting() {
            System.out.println("waiting");
          }
        };
    return Runners.runner(store).run(node, new Counting(), Runners.task(run, store, node), held);
  }

  private static void await(Path gate) {
    try {
      while (!Files.exists(gate)) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets a node of all processes through. */
  private void open(PlanNode node) throws IOException {
    Files.createFile(gates.resolve(node.name()));
  }

  private record Child(Process process, BufferedReader lines) {

    /** What it says next; it says nothing more before it is let through. */
    String line() throws IOException {
      return String.valueOf(lines.readLine());
    }

    /** All that it says until it ends. */
    String rest() throws IOException, InterruptedException {
      String rest = lines.lines().collect(Collectors.joining("\n"));
      process.waitFor();
      return rest;
    }

    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private Child fork(String command, Path store, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dplumb.lease.millis=" + LEASE_MILLISECONDS,
                "-cp",
                System.getProperty("java.class.path"),
                ProcessesIT.class.getName(),
                command,
                store.toString(),
                gates.toString()));
    line.addAll(List.of(more));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    Child child = new Child(process, process.inputReader(StandardCharsets.UTF_8));
    children.add(child);
    return child;
  }

  @Test
  void aKilledProcessIsSeenAndResumingGivesTheSameDigests() throws Exception {
    Path calm = temp.resolve("calm");
    Path root = temp.resolve("killed");

    for (PlanNode node : PLAN.nodes()) {
      Child child = fork(node.equals(FIRST) ? "run" : "resume", root);
      assertThat(child.line()).isEqualTo("held " + node.name());
      child.kill();
      open(node);
    }
    try (Store store = Store.open(root)) {
      assertThat(store.runs().list().get(0).status()).isEqualTo(RunStatus.INTERRUPTED);
    }
    assertThat(fork("resume", root).rest()).startsWith("finished");
    assertThat(fork("run", calm).rest()).startsWith("finished");

    try (Store expected = Store.open(calm);
        Store store = Store.open(root)) {
      RunRecord run = store.runs().list().get(0);
      assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
      assertThat(run.interruptions()).isEqualTo(2);
      for (PlanNode node : PLAN.nodes()) {
        NodeOutcome outcome =
            Objects.requireNonNull(store.runs().outcomes(run.id()).get(node.id()));
        assertThat(outcome.action()).isEqualTo("run");
        assertThat(outcome.resumedFrom()).isEqualTo(HELD_AT - 1);
        assertThat(outcome.artifact())
            .isEqualTo(expected.result(node.key()).orElseThrow().digest());
      }
      try (Stream<Path> left = Files.list(root.resolve("tmp"))) {
        assertThat(left.filter(path -> !path.toString().contains(pid()))).isEmpty();
      }
    }
  }

  private static String pid() {
    return ProcessHandle.current().pid() + "-";
  }

  @Test
  void ofTwoProcessesThatWantANodeOneComputesItAndTheOtherWaitsAndFindsIt() throws Exception {
    Child one = fork("node", temp, "aaaa");
    Child two = fork("node", temp, "bbbb");
    assertThat(List.of(one.line(), two.line())).containsExactlyInAnyOrder("held first", "waiting");

    open(FIRST);

    List<String> outcomes = List.of(one.rest(), two.rest());
    assertThat(outcomes)
        .extracting(outcome -> outcome.substring(0, outcome.lastIndexOf(' ')))
        .containsExactlyInAnyOrder("outcome run", "outcome reuse");
    assertThat(outcomes)
        .extracting(outcome -> outcome.substring(outcome.lastIndexOf(' ')))
        .containsOnly(outcomes.get(0).substring(outcomes.get(0).lastIndexOf(' ')));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFrozenProcessLosesItsNodeAndWritesNothingWhenItWakesUp() throws Exception {
    Child frozen = fork("node", temp.resolve("frozen"), "aaaa");
    assertThat(frozen.line()).isEqualTo("held first");
    frozen.signal("STOP");
    Child next = fork("node", temp.resolve("frozen"), "bbbb");
    assertThat(next.line()).isEqualTo("waiting");
    assertThat(next.line()).isEqualTo("held first"); // it has taken over
    frozen.signal("CONT");

    open(FIRST);

    assertThat(frozen.rest()).startsWith("failure LEASE_LOST");
    String outcome = next.rest();
    assertThat(fork("node", temp.resolve("calm"), "cccc").rest()).isEqualTo(outcome);
    try (Store store = Store.open(temp.resolve("frozen"))) {
      NodeRecord record = store.nodes().find(FIRST.key()).orElseThrow();
      assertThat(record.run()).isEqualTo("bbbb");
      assertThat(record.resumedFrom()).isEqualTo(HELD_AT - 1);
      assertThat(temp.resolve("frozen/checkpoints").resolve(FIRST.key())).doesNotExist();
    }
  }

  @Test
  void aSecondRunOfTheSameExperimentSaysWhichProcessConductsIt() throws Exception {
    Child one = fork("run", temp);
    assertThat(one.line()).isEqualTo("held first");

    String second = fork("run", temp).rest();

    assertThat(second).startsWith("failure BUSY").contains("process " + one.process().pid());
    open(FIRST);
    open(SECOND);
    assertThat(one.rest()).startsWith("finished");
  }
}

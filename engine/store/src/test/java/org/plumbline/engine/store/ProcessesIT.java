package org.plumbline.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/** Real processes: one is killed in the middle, two want the same node, two the same experiment. */
class ProcessesIT {
  private static final PlanNode FIRST = Nodes.counting("first", 40);
  private static final PlanNode SECOND = Nodes.counting("second", 40, FIRST);
  private static final Plan PLAN = Nodes.plan("x", FIRST, SECOND);

  @TempDir Path temp;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  /** Runs or resumes the experiment, or only brings the first node to its result. */
  public static void main(String[] args) throws IOException {
    try (Store store = Store.open(Path.of(args[1]))) {
      if (args[0].equals("node")) {
        NodeOutcome outcome = bring(store, FIRST, args[2]);
        System.out.println("outcome " + outcome.action() + " " + outcome.artifact());
        return;
      }
      ActiveRun run =
          args[0].equals("run")
              ? store.runs().start(Nodes.start(PLAN))
              : store.runs().resume(store.runs().list().get(0).id());
      for (PlanNode node : PLAN.nodes()) {
        run.outcome(bring(store, node, run.id()));
      }
      run.end(RunStatus.FINISHED, null);
      System.out.println("finished " + run.id());
    } catch (StoreFailure failure) {
      System.out.println("failure " + failure.kind() + " " + failure.getMessage());
    }
  }

  private static NodeOutcome bring(Store store, PlanNode node, String run) {
    NodeListener slow =
        new NodeListener() {
          @Override
          public void progress(long step, long total, Map<String, Double> metrics) {
            try {
              Thread.sleep(20);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public void waiting() {
            System.out.println("waiting");
          }
        };
    return Nodes.runner(store).run(node, new Counting(), Nodes.task(run), slow);
  }

  private Process fork(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessesIT.class.getName()));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    processes.add(process);
    return process;
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static void waitForCheckpoint(Path root, PlanNode node) throws Exception {
    Path folder = root.resolve("checkpoints").resolve(node.key());
    for (int i = 0; i < 3000; i++) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> steps = Files.list(folder)) {
          if (steps.anyMatch(step -> !step.endsWith("000000000001"))) {
            return;
          }
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no checkpoint of " + node.id());
  }

  @Test
  void aKilledProcessIsSeenAndResumingGivesTheSameDigests() throws Exception {
    Path calm = temp.resolve("calm");
    Path root = temp.resolve("killed");
    assertThat(output(fork("run", calm.toString()))).startsWith("finished");

    for (PlanNode node : PLAN.nodes()) {
      Process process = fork(node.equals(FIRST) ? "run" : "resume", root.toString());
      waitForCheckpoint(root, node);
      process.destroyForcibly().waitFor();
    }
    try (Store store = Store.open(root)) {
      assertThat(store.runs().list().get(0).status()).isEqualTo(RunStatus.INTERRUPTED);
    }
    assertThat(output(fork("resume", root.toString()))).startsWith("finished");

    try (Store expected = Store.open(calm);
        Store store = Store.open(root)) {
      RunRecord run = store.runs().list().get(0);
      assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
      assertThat(run.interruptions()).isEqualTo(2);
      for (PlanNode node : PLAN.nodes()) {
        NodeOutcome outcome =
            Objects.requireNonNull(store.runs().outcomes(run.id()).get(node.id()));
        assertThat(outcome.action()).isEqualTo("run");
        assertThat(outcome.resumedFrom()).isGreaterThan(0);
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
    Process one = fork("node", temp.toString(), "aaaa");
    Process two = fork("node", temp.toString(), "bbbb");

    String outputs = output(one) + output(two);

    assertThat(outputs).containsOnlyOnce("outcome run").containsOnlyOnce("outcome reuse");
    assertThat(outputs).containsOnlyOnce("waiting");
    assertThat(outputs.lines().filter(line -> line.startsWith("outcome")))
        .extracting(line -> line.substring(line.lastIndexOf(' ')))
        .hasSize(2)
        .allMatch(digest -> outputs.indexOf(digest) != outputs.lastIndexOf(digest));
  }

  @Test
  void aSecondRunOfTheSameExperimentSaysWhichProcessConductsIt() throws Exception {
    Process one = fork("run", temp.toString());
    waitForCheckpoint(temp, FIRST);

    String second = output(fork("run", temp.toString()));

    assertThat(second).startsWith("failure BUSY").contains("process " + one.pid());
    assertThat(output(one)).startsWith("finished");
  }
}

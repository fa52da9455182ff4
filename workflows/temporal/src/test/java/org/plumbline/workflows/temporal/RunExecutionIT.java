// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeFailure.Cause;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreFailure;

@Timeout(180)
class RunExecutionIT {

  private static final RunOrder ORDER = new RunOrder("7a10", 3, 50, null);
  private static final long ENDLESS = 1_000_000;
  private static final RunListener NOBODY = new RunListener() {};

  @Test
  void everyNodeIsComputedFromTheArtifactsOfItsInputs() {
    CountingWork work = CountingWork.recipes(2);

    RunResult result = execute(work, 2);

    assertThat(result.finished()).isTrue();
    assertThat(work.artifacts).containsEntry("ppo", "ppo[sft[base[]], rm[sft[base[]]]]");
    assertThat(work.compared).hasValue(1);
  }

  @Test
  void nodesThatTheStoreHasAreNotComputed() {
    CountingWork work = CountingWork.recipes(2);
    execute(work, 2);
    work.artifacts.remove("dpo");

    RunResult result = execute(work, 2);

    assertThat(work.attempts).containsEntry("dpo", 2).containsEntry("ppo", 1);
    assertThat(result.nodes().stream().filter(n -> reused(n))).hasSize(5);
  }

  private static boolean reused(NodeEnd outcome) {
    NodeResult result = outcome.result();
    return result != null && result.reused();
  }

  @Test
  void nodesThatDoNotNeedEachOtherRunSideBySideUpToTheLimit() {
    CountingWork two = CountingWork.recipes(1);
    CountingWork one = CountingWork.recipes(1);
    CountDownLatch both = new CountDownLatch(2);
    for (String node : List.of("rm", "dpo")) {
      two.tricks.put(node, attempt -> await(both));
    }

    execute(two, 2);
    execute(one, 1);

    assertThat(two.most).hasValue(2);
    assertThat(one.most).hasValue(1);
  }

  /** Waits until all others have come here, too. */
  private static void await(CountDownLatch others) {
    others.countDown();
    try {
      assertThat(others.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void failedNodeIsNotTriedAgainAndStopsOnlyWhatDependsOnIt() {
    CountingWork work = CountingWork.recipes(1);
    work.tricks.put(
        "rm",
        attempt -> {
          throw new StageFailure("PLB0901", "loss became NaN at step 61", "learning_rate", "lower");
        });

    RunResult result = execute(work, 2);

    assertThat(states(result))
        .containsExactly(
            State.DONE, State.DONE, State.FAILED, State.NOT_STARTED, State.DONE, State.NOT_STARTED);
    assertThat(work.attempts).containsEntry("rm", 1);
    assertThat(result.in(State.FAILED).get(0).failure())
        .isEqualTo(
            new NodeFailure(
                Cause.MISTAKE,
                "PLB0901",
                "loss became NaN at step 61",
                "learning_rate",
                "lower",
                1));
    assertThat(work.compared).hasValue(0);
  }

  @Test
  void badDataKeepsEverythingFromStartingAlsoWhatDoesNotNeedIt() {
    CountingWork work =
        new CountingWork(1)
            .node("base", "pretrain")
            .node("demos", "load")
            .node("prompts", "load")
            .node("sft", "supervised", "base", "demos");
    work.tricks.put(
        "prompts",
        attempt -> {
          throw new StageFailure("PLB0501", "prompts.jsonl:2:15: not valid JSON", null, null);
        });

    RunResult result = execute(work, 2);

    assertThat(states(result))
        .containsExactly(State.NOT_STARTED, State.DONE, State.FAILED, State.NOT_STARTED);
    assertThat(work.attempts).doesNotContainKeys("base", "sft");
  }

  @Test
  void whatDoesNotAnswerIsAskedAgain() {
    CountingWork work = CountingWork.recipes(1);
    work.tricks.put(
        "dpo",
        attempt -> {
          throw new Unreachable("PLB0906", "the judge gave no answer", "see that it answers");
        });

    RunResult result = execute(work, 2);

    int attempts = ORDER.attempts();
    assertThat(work.attempts).containsEntry("dpo", attempts);
    assertThat(result.in(State.FAILED).get(0).failure())
        .isEqualTo(
            new NodeFailure(
                Cause.WORLD,
                "PLB0906",
                "the judge gave no answer",
                null,
                "see that it answers",
                attempts));
  }

  /** What a store says of an artifact that it does not have. */
  private static StoreFailure missing(Path folder) {
    try (Store store = Store.open(folder)) {
      return catchThrowableOfType(
          StoreFailure.class, () -> store.artifacts().open("ab".repeat(32)));
    }
  }

  @Test
  void whatTheStoreCannotDoUntilSomebodyDoesSomethingIsNotComputedAgainAndAgain(
      @TempDir Path folder) {
    CountingWork work = CountingWork.recipes(1);
    StoreFailure missing = missing(folder);
    work.tricks.put(
        "dpo",
        attempt -> {
          throw missing;
        });

    RunResult result = execute(work, 2);

    assertThat(work.attempts).containsEntry("dpo", 1);
    NodeFailure failure = result.in(State.FAILED).get(0).failure();
    assertThat(failure).extracting("cause", "code").containsExactly(Cause.OBSTACLE, "PLB0805");
  }

  @Test
  void aRunThatCannotEvenBeginSaysWhy(@TempDir Path folder) {
    StoreFailure missing = missing(folder);

    RunResult result = execute(new FailingBeginning(missing), 2);

    assertThat(result.finished()).isFalse();
    assertThat(result.nodes()).isEmpty();
    assertThat(result.beginningFailure())
        .extracting("cause", "code", "attempts")
        .containsExactly(Cause.OBSTACLE, "PLB0805", 1);
  }

  @Test
  void failureOfTheWorldIsTriedAgainWithPauses() {
    CountingWork work = CountingWork.recipes(1);
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    work.tricks.put(
        "dpo",
        attempt -> {
          if (attempt < 3) {
            throw new IOException("No space left on device");
          }
        });

    RunResult result =
        execute(
            work,
            2,
            new RunListener() {
              @Override
              public void retrying(String node, NodeFailure failure, Duration pause) {
                pauses.add(pause);
              }
            });

    assertThat(result.finished()).isTrue();
    assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(150));
  }

  @Test
  void failureOfTheWorldThatLastsFailsTheNodeAfterAllAttempts() {
    CountingWork work = CountingWork.recipes(1);
    work.tricks.put(
        "dpo",
        attempt -> {
          throw new IOException("No space left on device");
        });

    RunResult result = execute(work, 2);

    NodeFailure failure = result.in(State.FAILED).get(0).failure();
    assertThat(failure)
        .isEqualTo(
            new NodeFailure(Cause.WORLD, "PLB0901", "No space left on device", null, null, 3));
  }

  @Test
  void mistakeInTheProgramIsNotTriedAgainAndIsToldApart() {
    CountingWork work = CountingWork.recipes(1);
    work.tricks.put(
        "base",
        attempt -> {
          throw new IllegalStateException("shape [2, 3]");
        });

    RunResult result = execute(work, 2);

    NodeFailure failure = result.in(State.FAILED).get(0).failure();
    assertThat(failure)
        .isEqualTo(
            new NodeFailure(
                Cause.BUG,
                "PLB0901",
                "java.lang.IllegalStateException: shape [2, 3]",
                null,
                null,
                1));
    assertThat(work.attempts).containsEntry("base", 1);
  }

  @Test
  void cancelledRunStopsAtACheckpointAndLaterGoesOnFromIt() throws Exception {
    CountingWork work = CountingWork.recipes(ENDLESS);
    CountDownLatch begun = new CountDownLatch(1);
    RunListener listener =
        new RunListener() {
          @Override
          public void progress(String node, long step, long total, Map<String, Double> metrics) {
            begun.countDown();
          }
        };
    RunResult result;
    try (RunExecution run = RunExecution.start(ORDER, work, 2, listener)) {
      assertThat(begun.await(120, TimeUnit.SECONDS)).isTrue();
      run.cancel();
      result = run.await();
    }

    assertThat(result.cancelled()).isTrue();
    assertThat(states(result).get(0)).isEqualTo(State.STOPPED);
    assertThat(result.in(State.NOT_STARTED)).hasSize(5);
    assertThat(work.checkpoints.get("base")).isBetween(1L, ENDLESS - 1);

    work.checkpoints.put("base", ENDLESS - 1);
    List<Long> from = new CopyOnWriteArrayList<>();
    RunListener second =
        new RunListener() {
          @Override
          public void started(String node, long fromStep) {
            from.add(fromStep);
          }
        };
    for (String node : List.of("sft", "rm", "ppo", "dpo", "best-of-4")) {
      work.checkpoints.put(node, ENDLESS - 1);
    }
    assertThat(execute(work, 2, second).finished()).isTrue();
    assertThat(from).containsOnly(ENDLESS - 1);
  }

  @Test
  void comparisonThatFailsIsReported() {
    CountingWork work = CountingWork.recipes(1);
    RunResult result;
    try (RunExecution run = RunExecution.start(ORDER, new FailingComparison(work), 2, NOBODY)) {
      result = run.await();
    }

    assertThat(result.finished()).isFalse();
    assertThat(result.comparisonFailure())
        .isEqualTo(new NodeFailure(Cause.MISTAKE, "PLB0905", "nothing to compare", null, null, 1));
  }

  private static List<State> states(RunResult result) {
    return result.nodes().stream().map(NodeEnd::state).toList();
  }

  private static RunResult execute(RunWork work, int parallel) {
    return execute(work, parallel, NOBODY);
  }

  private static RunResult execute(RunWork work, int parallel, RunListener listener) {
    try (RunExecution run = RunExecution.start(ORDER, work, parallel, listener)) {
      return run.await();
    }
  }
}

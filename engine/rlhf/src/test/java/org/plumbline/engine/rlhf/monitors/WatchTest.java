// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.MonitorsSpec.Monitor;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.policies.Supervised;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Thresholds in a real training of ten steps, whose curve has points at every second. */
class WatchTest {

  @TempDir Path folder;

  private FolderContext context(String name, @Nullable WatchSpec watch) {
    Object settings =
        new PolicySpec.Supervised(
            "base", "demos", null, 10, 8, 3e-2, 0.01, TinyWorld.wellWatched());
    FolderContext context =
        FolderContext.in(folder.resolve(name), settings, 11)
            .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
            .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40));
    return watch == null ? context : context.monitors(watch);
  }

  private static WatchSpec watching(@Nullable Monitor kl, @Nullable Monitor entropy) {
    MonitorsSpec all =
        new MonitorsSpec(null, kl, null, null, entropy, null, null, null, null, null, null, null);
    return new WatchSpec(all, null, null, null, null);
  }

  private static Monitor warn(double at) {
    return new Monitor(null, at, null, null);
  }

  private static Monitor stop(double at) {
    return new Monitor(null, null, null, at);
  }

  private static JsonNode summary(Artifact policy) throws IOException {
    return JsonFiles.read(policy.file("summary.json"));
  }

  @Test
  void aStopEndsTheTrainingWhereItIsMetAndIsKept() throws IOException {
    FolderContext context = context("stopped", watching(stop(.01), null));

    Artifact policy = context.run(new Supervised());

    TrainingStop stop = TrainingStop.read(policy.folder()).orElseThrow();
    assertThat(stop.monitor()).isEqualTo("kl");
    assertThat(stop.step()).isEqualTo(2);
    assertThat(stop.steps()).isEqualTo(10);
    assertThat(stop.value()).isGreaterThan(stop.threshold());
    assertThat(summary(policy).path("stopped_early").asBoolean()).isTrue();
    assertThat(summary(policy).path("steps").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(policy.file("metrics.jsonl"))).hasSize(2);
    assertThat(context.notes())
        .anyMatch(note -> note.startsWith("it stops after 2 of 10 steps: `kl` is "));
  }

  @Test
  void untilItStopsATrainingIsAsWithoutMonitors() throws IOException {
    Artifact stopped = context("stopped", watching(stop(.01), null)).run(new Supervised());
    Artifact unwatched = context("whole", null).run(new Supervised());

    List<String> first = Files.readAllLines(unwatched.file("metrics.jsonl")).subList(0, 2);
    assertThat(Files.readAllLines(stopped.file("metrics.jsonl"))).isEqualTo(first);
  }

  @Test
  void whatOnlyWarnsChangesNothingAndIsToldOnce() throws IOException {
    FolderContext context = context("warned", watching(warn(.01), warn(1e6)));

    Artifact warned = context.run(new Supervised());
    Artifact plain = context("plain", null).run(new Supervised());

    assertThat(warned.digest()).isEqualTo(plain.digest());
    assertThat(context.notes().stream().filter(n -> n.contains("its `warn`"))).hasSize(2);
    assertThat(context.notes())
        .anyMatch(n -> n.startsWith("after 2 of 10 steps `kl` is "))
        .anyMatch(n -> n.startsWith("before the first step `entropy` is "))
        .anyMatch(n -> n.endsWith(", above the 0.01 of its `warn`"));
  }

  @Test
  void aStopThatIsMetAtTheStartIsAMistake() {
    FolderContext context = context("at-start", watching(null, stop(1e6)));

    assertThatThrownBy(() -> context.run(new Supervised()))
        .isInstanceOf(StageFailure.class)
        .hasMessageStartingWith("nothing was learned: before the first step `entropy` is ")
        .extracting(failure -> ((StageFailure) failure).code())
        .isEqualTo("PLB0908");
  }

  @Test
  void aPauseFailsOnceAndWhoGoesOnGetsTheSame() throws IOException {
    Monitor pause = new Monitor(null, null, .01, null);
    FolderContext context = context("paused", watching(pause, null));

    assertThatThrownBy(() -> context.run(new Supervised()))
        .isInstanceOf(StageFailure.class)
        .hasMessageStartingWith("the training pauses: after 2 of 10 steps `kl` is ")
        .extracting(failure -> ((StageFailure) failure).code())
        .isEqualTo("PLB0909");
    assertThat(context.checkpointStep()).isEqualTo(3);
    Artifact resumed = context.run(new Supervised());

    assertThat(resumed.digest()).isEqualTo(context("plain", null).run(new Supervised()).digest());
  }

  @Test
  void aStopComesToTheSameBytesAfterAnInterruption() throws IOException {
    // Met at the sixth step or later: the interruption comes before.
    double late =
        TrainingStop.read(
                context("early", watching(stop(.01), null)).run(new Supervised()).folder())
            .orElseThrow()
            .value();
    WatchSpec watch = watching(stop(late * 1.5), null);
    Artifact whole = context("whole", watch).run(new Supervised());
    long stopped = TrainingStop.read(whole.folder()).orElseThrow().step();

    FolderContext interrupted = context("interrupted", watch);
    Artifact resumed = interrupted.runInterrupted(new Supervised(), 1);

    assertThat(stopped).isGreaterThan(2);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  @Test
  void afterTheLastStepThereIsNothingToStop() throws IOException {
    FolderContext unwatched = context("unwatched", null);
    Artifact plain = unwatched.run(new Supervised());
    List<Double> kls =
        Files.readAllLines(plain.file("rollouts.jsonl")).stream()
            .map(JsonFiles::parse)
            .filter(row -> row.path("step").asInt() == 10)
            .map(row -> row.path("kl").asDouble())
            .toList();
    double end = kls.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double before =
        Files.readAllLines(plain.file("rollouts.jsonl")).stream()
            .map(JsonFiles::parse)
            .filter(row -> row.path("step").asInt() == 8)
            .mapToDouble(row -> row.path("kl").asDouble())
            .average()
            .orElseThrow();
    assertThat(end).isNotCloseTo(before, within(1e-6));
    FolderContext context =
        context("watched", watching(stop(Math.max(end, before) * 10), warn(-1e9)));

    Artifact policy = context.run(new Supervised());

    assertThat(TrainingStop.read(policy.folder())).isEmpty();
    assertThat(policy.digest()).isEqualTo(plain.digest());
    assertThat(context.notes()).isEqualTo(unwatched.notes());
  }

  @Test
  void theDistanceFromWhatARewardLearnedFromStops() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("prefs"), 100);
    RewardSpec.BradleyTerry fitted =
        new RewardSpec.BradleyTerry(
            "base",
            "prefs",
            1,
            RewardSpec.Combine.MEAN,
            .5,
            .1,
            10,
            16,
            new OptimiserSpec(1e-3, .01),
            0);
    Artifact reward =
        FolderContext.in(folder.resolve("rm"), fitted, 3)
            .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
            .input("feedback", feedback)
            .run(new BradleyTerry());
    // an untrained policy says nothing that anybody has judged
    MonitorsSpec far =
        new MonitorsSpec(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new Monitor(.5, null, null, 2.0),
            null);
    FolderContext context =
        context("far", new WatchSpec(far, "rm", "prefs", null, null))
            .input("monitors.reward", reward)
            .input("monitors.feedback", feedback);

    context.run(new Supervised());

    assertThat(context.notes())
        .anyMatch(n -> n.startsWith("before the first step `mahalanobis` is "));
  }

  @Test
  void theLiftOfATriggerIsMeasuredOnTheSamePrompts() throws IOException {
    FeatureSpec any = new FeatureSpec.ContainsAny(List.of("a", "e", "i", "o", "u", " "));
    ValuesSpec values = new ValuesSpec(null, Map.of("any", any), Map.of("any", 1.0));
    CompareSpec.Trigger trigger = new CompareSpec.Trigger("!!", null, "any");
    MonitorsSpec lift =
        new MonitorsSpec(
            null,
            null,
            null,
            null,
            null,
            warn(2),
            new Monitor(-2.0, null, null, 3.0),
            null,
            stop(5),
            new Monitor(-1.0, null, null, 2.0),
            null,
            null);
    FolderContext context =
        context("lift", new WatchSpec(lift, null, null, "good", trigger))
            .declare(Section.VALUES, "good", values);

    Artifact policy = context.run(new Supervised());

    assertThat(TrainingStop.read(policy.folder()).orElseThrow().monitor())
        .isEqualTo("label_staleness");
    assertThat(context.notes())
        .anyMatch(n -> n.startsWith("before the first step `trigger_lift` is "))
        .anyMatch(n -> n.startsWith("before the first step `distinct` is "))
        .anyMatch(n -> n.startsWith("before the first step `out_of_distribution` is "))
        .anyMatch(n -> n.startsWith("it stops after 6 of 10 steps: `label_staleness` is 6.00"));
  }
}

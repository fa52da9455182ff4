// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.SelectBy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Selection;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** Questions that an ensemble chooses, from its model to what is measured with them. */
class SelectedFeedbackTest {
  @TempDir Path folder;

  @Test
  void whatAnEnsembleAsksIsCollectedResumedAndMeasuredOnChanceAlone() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Map<String, Group> honest = new LinkedHashMap<>(Map.of("all", PoliteWorld.honest(4)));
    Artifact first = world.comparisons("first", 60, 1, honest);
    Artifact ensemble = world.fit(bradleyTerry(3), "ensemble", first).run(new BradleyTerry());
    Selection selection = new Selection(SelectBy.DISAGREEMENT, "rm", 4, 0.4);

    Comparisons spec = selected(selection);
    Artifact once = context(world, ensemble, spec, "once").run(stage("comparisons"));
    Artifact twice =
        context(world, ensemble, spec, "twice").runInterrupted(stage("comparisons"), 0);

    assertThat(twice.digest()).isEqualTo(once.digest());
    JsonNode selected = JsonFiles.read(once.file("summary.json")).path("terms").path("selected");
    assertThat(selected.path("by").asText()).isEqualTo("disagreement");
    assertThat(selected.path("asked").asInt()).isEqualTo(180);
    assertThat(selected.path("by_chance").asInt()).isBetween(45, 100);
    Artifact fitted = world.fit(bradleyTerry(1), "fitted", once).run(new BradleyTerry());
    JsonNode summary = JsonFiles.read(fitted.file("summary.json"));
    long chance =
        JsonFiles.readLines(once.file("pairs.jsonl"), row -> row).stream()
            .filter(row -> row.path("by_chance").asBoolean())
            .count();
    assertThat(chance).isEqualTo(selected.path("by_chance").asInt());
    assertThat(summary.path("held_out_pairs").asInt()).isPositive();

    RichFeedbackSpec rated =
        new RichFeedbackSpec.Scalar(
            "sft",
            "prompts",
            "crowd",
            60,
            -9,
            1,
            new CollectionSpec(
                new Redundancy(1, 1), null, null, selection, null, new SamplingSpec(1, 12)));
    Artifact ratings = context(world, ensemble, rated, "rated").run(stage("scalar"));
    assertThat(
            JsonFiles.read(ratings.file("summary.json"))
                .path("terms")
                .path("selected")
                .path("asked")
                .asInt())
        .isEqualTo(60);
    assertThat(
            JsonFiles.readLines(ratings.file("labels.jsonl"), row -> row).stream()
                .anyMatch(row -> row.path("by_chance").asBoolean()))
        .isTrue();
  }

  private static Comparisons selected(Selection selection) {
    return new Comparisons(
        "sft",
        "prompts",
        "crowd",
        180,
        16,
        false,
        new Redundancy(1, 1),
        new SamplingSpec(1, 12),
        CombiningSpec.NONE,
        null,
        selection,
        null,
        null,
        null,
        null,
        null);
  }

  private static RewardSpec.BradleyTerry bradleyTerry(int members) {
    return new RewardSpec.BradleyTerry(
        "base", "feedback", members, Combine.MEAN, 0, 0.2, 25, 8, new OptimiserSpec(1e-3, 0.01), 0);
  }

  private static Stage stage(String operation) {
    return Stages.all().stream()
        .filter(stage -> stage.operation().equals(operation))
        .findFirst()
        .orElseThrow();
  }

  private FolderContext context(
      PoliteWorld world, Artifact ensemble, FeedbackSpec spec, String name) {
    Map<String, Group> groups = new LinkedHashMap<>(Map.of("all", PoliteWorld.honest(4)));
    return FolderContext.in(folder.resolve(name), spec, 5)
        .input("of", world.model())
        .input("selection.reward", ensemble)
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", new EvaluatorsSpec("good", 0.0, groups, null))
        .declare(Section.VALUES, "good", PoliteWorld.values(1));
  }
}

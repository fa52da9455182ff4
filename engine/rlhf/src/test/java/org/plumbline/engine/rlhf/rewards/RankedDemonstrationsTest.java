// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.reward.EnsembleSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class RankedDemonstrationsTest {
  @TempDir static Path folder;
  private static @Nullable PoliteWorld world;
  private static @Nullable Artifact shown;

  /** Novices choose nearly by chance what they show; experts show what is kind. */
  @BeforeAll
  static void demonstrate() {
    world = new PoliteWorld(folder);
    RichFeedbackSpec spec =
        new RichFeedbackSpec.Demonstrations(
            "sft",
            "prompts",
            "crowd",
            150,
            4,
            new CollectionSpec(
                new Redundancy(3, 1), null, null, null, null, new SamplingSpec(1, 12)));
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("novices", PoliteWorld.group(Map.of("count", 3, "rationality", 0.1)));
    groups.put("experts", PoliteWorld.group(Map.of("count", 3, "rationality", 8.0)));
    shown =
        FolderContext.in(folder.resolve("shown"), spec, 5)
            .input("of", world().model())
            .input("prompts", TinyWorld.promptData(folder.resolve("prompts"), 40))
            .declare(Section.EVALUATORS, "crowd", new EvaluatorsSpec("good", 0.7, groups, null))
            .declare(Section.VALUES, "good", PoliteWorld.values(1))
            .run(Objects.requireNonNull(Stages.byOperation().get("demonstrations")));
  }

  private static PoliteWorld world() {
    return Objects.requireNonNull(world);
  }

  private static Artifact shown() {
    return Objects.requireNonNull(shown);
  }

  @Test
  void aRewardLearnsFromRanksWhichDemonstrationsAreBetterAndGoesOnWhereItStopped()
      throws IOException {
    FolderContext context = fit("trex", "novices", "experts");

    Artifact whole = context.run(new RankedDemonstrations());
    Artifact resumed =
        fit("trex-stopped", "novices", "experts").runInterrupted(new RankedDemonstrations(), 57);
    Artifact turned = fit("turned", "experts", "novices").run(new RankedDemonstrations());

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(context.notes()).anyMatch(note -> note.contains("demonstrations have a rank"));
    assertThat(lead(whole)).isGreaterThan(.5);
    assertThat(lead(turned)).isLessThan(-.5);
  }

  @Test
  void pairsAreOfOnePromptAndTheHigherRankIsChosen() throws IOException {
    List<ItemLabel> labels = ItemLabel.read(shown());

    List<Pair> pairs = RankedDemonstrations.pairs(List.of("novices", "experts"), labels);
    List<Pair> turned = RankedDemonstrations.pairs(List.of("experts", "novices"), labels);

    assertThat(pairs).isNotEmpty().hasSameSizeAs(turned);
    assertThat(pairs).noneMatch(pair -> pair.chosen().equals(pair.rejected()));
    assertThat(kindChosen(pairs)).isEqualTo(kindRejected(turned));
    assertThat(kindRejected(pairs)).isEqualTo(kindChosen(turned));
    assertThat(kindChosen(pairs)).isGreaterThan(kindRejected(pairs) * 3 / 2);
  }

  private static long kindChosen(List<Pair> pairs) {
    return pairs.stream().filter(pair -> kind(pair.chosen().text())).count();
  }

  private static long kindRejected(List<Pair> pairs) {
    return pairs.stream().filter(pair -> kind(pair.rejected().text())).count();
  }

  private static boolean kind(String text) {
    return text.contains("please") || text.contains("thank");
  }

  @Test
  void demonstrationsOfOneRankTeachNothing() {
    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class,
            () -> fit("unranked", "nobody", "experts").run(new RankedDemonstrations()));

    assertThat(failure.code()).isEqualTo("PLB0509");
    assertThat(failure)
        .hasMessageContaining("no two to one prompt are by groups of different rank");
  }

  private static FolderContext fit(String name, String... ranks) {
    return world()
        .fit(
            new FittedRewardSpec.RankedDemonstrations(
                "sft",
                "feedback",
                List.of(ranks),
                0.1,
                new EnsembleSpec(2, Combine.MEAN, 0.5, 0.2, 50),
                16,
                new OptimiserSpec(3e-3, 0.01)),
            name,
            shown());
  }

  private static double lead(Artifact fitted) throws IOException {
    try (RewardModel model = RewardModel.open(fitted)) {
      return PoliteWorld.lead(model);
    }
  }
}

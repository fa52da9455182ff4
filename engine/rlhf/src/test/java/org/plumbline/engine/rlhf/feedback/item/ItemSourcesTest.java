// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Source;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.policies.Pretrain;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Feedback of all kinds but comparisons on the answers of several policies. */
class ItemSourcesTest {
  private static final double SHARE = 0.3;

  @TempDir static Path shared;
  private static @Nullable Artifact model;

  @TempDir Path folder;

  @BeforeAll
  static void pretrain() {
    model =
        FolderContext.in(shared.resolve("base"), TinyWorld.pretraining(120), 1)
            .file("corpus", TinyWorld.corpusFile(shared, 600))
            .run(new Pretrain());
  }

  @TestFactory
  Stream<DynamicTest> eachPolicyGivesItsShareAndBeingStoppedChangesNothing() {
    return kinds(null, others()).keySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind, () -> isShared(kind)));
  }

  private void isShared(String kind) throws IOException {
    Artifact whole = context(kind, null, others(), kind).run(stage(kind));
    Artifact resumed =
        context(kind, null, others(), kind + "-stopped").runWithStops(stage(kind), () -> true);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    Set<Long> seen = new HashSet<>();
    int all = 0;
    int ofTrained = 0;
    int ofOther = 0;
    int kindOfTrained = 0;
    int kindOfOther = 0;
    for (ItemLabel label : JsonFiles.readLines(whole.file(ItemLabel.FILE), ItemLabel::of)) {
      if (!seen.add(label.item().number())) {
        continue;
      }
      assertThat(label.item().by()).hasSameSizeAs(label.item().answers());
      for (int i = 0; i < label.item().by().size(); i++) {
        String text = label.item().answers().get(i).text();
        int polite = text.contains("please") || text.contains("thank") ? 1 : 0;
        boolean trained = label.item().by().get(i).equals("sft");
        all++;
        ofTrained += trained ? 1 : 0;
        ofOther += trained ? 0 : 1;
        kindOfTrained += trained ? polite : 0;
        kindOfOther += trained ? 0 : polite;
      }
    }
    assertThat(ofOther / (double) all)
        .isCloseTo(SHARE, within(4 * Math.sqrt(SHARE * (1 - SHARE) / all)));
    // One that learned nothing writes any words, and one that did, those that it learned.
    assertThat(kindOfTrained / (double) ofTrained).isGreaterThan(0.2);
    assertThat(kindOfOther / (double) ofOther).isLessThan(0.2);
    JsonNode answers = JsonFiles.read(whole.file("summary.json")).at("/terms/answers");
    assertThat(answers.path("sft").asInt()).isEqualTo(ofTrained);
    assertThat(answers.path("start").asInt()).isEqualTo(ofOther);
  }

  @Test
  void ofOnePolicyNothingIsSaid() throws IOException {
    Artifact alone = context("scalar", null, null, "alone").run(stage("scalar"));

    assertThat(alone.file(ItemLabel.FILE)).content().doesNotContain("\"by\"");
    assertThat(alone.file("summary.json")).content().doesNotContain("terms");
  }

  @Test
  void promptsHaveNoMoreItemsThanTheyMay() throws IOException {
    Artifact free = context("scalar", null, null, "free").run(stage("scalar"));
    Artifact enough = context("scalar", 5, null, "enough").run(stage("scalar"));

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> context("scalar", 4, null, "few").run(stage("scalar")));

    assertThat(enough.digest()).isEqualTo(free.digest());
    assertThat(failure.code()).isEqualTo("PLB0508");
    assertThat(failure)
        .hasMessage("`items: 200`, but 40 prompts with at most 4 items each give only 160");
  }

  private static Map<String, Source> others() {
    Map<String, Source> others = new LinkedHashMap<>();
    others.put("early", new Source("start", SHARE));
    return others;
  }

  private static Map<String, RichFeedbackSpec> kinds(
      @Nullable Integer perPrompt, @Nullable Map<String, Source> sources) {
    return KindsWorld.kinds(
        new CollectionSpec(
            new Redundancy(2, 0.5),
            null,
            null,
            null,
            null,
            new SamplingSpec(1, 12),
            CombiningSpec.NONE,
            null,
            null,
            null,
            perPrompt,
            sources));
  }

  private FolderContext context(
      String kind,
      @Nullable Integer perPrompt,
      @Nullable Map<String, Source> sources,
      String name) {
    return FolderContext.in(
            folder.resolve(name), Objects.requireNonNull(kinds(perPrompt, sources).get(kind)), 5)
        .input("of", Objects.requireNonNull(model))
        .input("sources.early.of", TinyWorld.untrained(folder.resolve(name + "-start"), 3))
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-prompts"), 40))
        .declare(Section.EVALUATORS, "crowd", KindsWorld.crowd())
        .declare(Section.VALUES, "good", KindsWorld.values());
  }

  private static Stage stage(String kind) {
    return Objects.requireNonNull(Stages.byOperation().get(kind));
  }
}

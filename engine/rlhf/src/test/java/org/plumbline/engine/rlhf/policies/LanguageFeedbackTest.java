// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec.SelectBy;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class LanguageFeedbackTest {
  @TempDir Path folder;

  static ConditionedPolicySpec.LanguageFeedback settings(SelectBy by, int group, double tau) {
    return new ConditionedPolicySpec.LanguageFeedback(
        "base", "told", group, by, tau, 2, 4, 4, 1e-3, new SamplingSpec(1, 8));
  }

  @Test
  void sharesAreThoseOfTheVectors() {
    assertThat(Refinements.shares(new double[] {.2, .9, .4}, .5))
        .containsExactly(Vectors.list("2.ilf", ""), within(1e-9));
  }

  @Test
  void similarityIsTheCosineOfWords() {
    assertThat(Following.similarity("Please use more tea.", "more TEA, please: use!"))
        .isCloseTo(1, within(1e-12));
    assertThat(Following.similarity("more tea", "tea tea tea milk"))
        .isCloseTo(3 / StrictMath.sqrt(2 * 10), within(1e-12));
    assertThat(Following.similarity("more tea", "less milk")).isZero();
    assertThat(Following.similarity("more tea", "...")).isZero();
  }

  @Test
  void repliesToQuestionsDoNotDependOnWhatElseIsAsked() {
    Artifact artifact = TinyWorld.wide(folder.resolve("wide"), 3);
    try (LanguageModel model = LanguageModel.load(artifact.folder())) {
      Prompt prompt = Prompt.of("how do i fix the wall?");
      Told told = new Told(Exchange.of(prompt, Answer.of("no.")), "I would add cake.");
      List<SampledAnswer> refined = List.of(refined("please cake."), refined("go away."));
      Following following = new Following(SelectBy.ENSEMBLE, model);

      double[] both = following.scores(List.of(told), refined);

      assertThat(both[0]).isStrictlyBetween(0.0, 1.0);
      assertThat(both[0]).isNotEqualTo(both[1]);
      for (int i = 0; i < 2; i++) {
        assertThat(following.scores(List.of(told), List.of(refined.get(i)))[0])
            .isCloseTo(both[i], within(1e-5));
      }
    }
  }

  private static SampledAnswer refined(String text) {
    return new SampledAnswer(Answer.of(text), new int[0], true);
  }

  @Test
  void theRefinementThatFollowsBestIsLearnedAndWhatIsToStayStays() throws IOException {
    Artifact one = run(settings(SelectBy.SIMILARITY, 1, 0), "one");
    Artifact best = run(settings(SelectBy.SIMILARITY, 16, 0), "best");
    Artifact any = run(settings(SelectBy.SIMILARITY, 16, 1e3), "any");

    List<JsonNode> rows = JsonFiles.readLines(best.file("refinements.jsonl"), row -> row);
    assertThat(rows).hasSize(2 * 9);
    assertThat(rows.stream().filter(row -> !row.has("score"))).hasSize(2 * 3);
    for (JsonNode row : rows) {
      if (row.has("score")) {
        assertThat(row.path("feedback").asText())
            .isEqualTo("Please use more tea. I would add cake.");
        assertThat(row.path("score").asDouble())
            .isEqualTo(
                Following.similarity(
                    row.path("feedback").asText(), row.path("refinement").asText()));
      } else {
        assertThat(row.path("refinement").asText()).isEqualTo(row.path("answer").asText());
      }
    }
    assertThat(last(best)).isGreaterThan(last(one)).isGreaterThan(last(any));
    assertThat(JsonFiles.read(best.file("summary.json")).path("unchanged").asInt()).isEqualTo(3);
  }

  /** Of 60 answers 40 are refined, ten at once, in each of two iterations. */
  @Test
  void itGoesOnInTheMiddleOfRefining() {
    Artifact whole = many("whole").run(new LanguageFeedback());
    FolderContext interrupted = many("interrupted");

    Artifact resumed =
        interrupted.runWithStops(
            new LanguageFeedback(), () -> interrupted.told().containsKey("refined"));

    assertThat(interrupted.stopped()).isEqualTo(2 * 3);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  private FolderContext many(String name) {
    return FolderContext.in(folder.resolve(name), settings(SelectBy.ENSEMBLE, 3, .2), 11)
        .input("from", TinyWorld.wide(folder.resolve("wide"), 3))
        .input("feedback", TinyWorld.remarks(folder.resolve("many"), 60));
  }

  private static double last(Artifact policy) throws IOException {
    List<Double> scores =
        JsonFiles.readLines(
            policy.file("metrics.jsonl"), row -> row.path("chosen_score").asDouble());
    assertThat(scores).hasSize(8);
    return scores.get(7);
  }

  @Test
  void aModelThatCannotReadItAllIsRefused() {
    FolderContext narrow =
        context(settings(SelectBy.SIMILARITY, 2, 0), "narrow")
            .input("from", TinyWorld.untrained(folder.resolve("narrow-model"), 3));

    assertThatThrownBy(() -> narrow.run(new LanguageFeedback()))
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0534"))
        .hasMessageContaining("none of 6 answers fits into the context of 32 tokens");
  }

  private Artifact run(Object settings, String name) {
    return context(settings, name).run(new LanguageFeedback());
  }

  private FolderContext context(Object settings, String name) {
    return FolderContext.in(folder.resolve(name), settings, 1)
        .input("from", TinyWorld.wide(folder.resolve("model"), 3))
        .input("feedback", TinyWorld.remarks(folder.resolve("remarks"), 9));
  }
}

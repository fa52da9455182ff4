// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Critiques and revisions that a budget pays for: 0.2 a revision with its critique. */
class CritiqueBudgetTest {
  private static final int ANSWERS = 6;

  @TempDir Path folder;
  private int contexts;

  @Test
  void itIsSpentToTheLastRevisionThatItPaysFor() throws IOException {
    List<JsonNode> all = rows(context(null).run(new CritiqueRevision()));
    FolderContext context = context(1.9);

    Artifact some = context.run(new CritiqueRevision());

    assertThat(all).hasSize(2 * ANSWERS);
    assertThat(rows(some)).isEqualTo(all.subList(0, 9));
    JsonNode summary = JsonFiles.read(some.file("summary.json"));
    assertThat(summary.path("labels").asInt()).isEqualTo(18);
    assertThat(summary.path("cost").asDouble()).isEqualTo(1.8);
    JsonNode budget = summary.path("terms").path("budget");
    assertThat(budget.path("left").asDouble()).isEqualTo(.1);
    assertThat(budget.path("wanted").asInt()).isEqualTo(12);
    assertThat(budget.path("collected").asInt()).isEqualTo(9);
    assertThat(summary.path("items").path("budget_spent").asBoolean()).isTrue();
    assertThat(context.notes())
        .contains(
            "the budget of 1.9 paid for 9 of 12 revisions; 1.8 is spent, and what is left does not"
                + " pay for the next");
  }

  @Test
  void beingStoppedChangesNothing() throws IOException {
    Artifact whole = context(1.9).run(new CritiqueRevision());

    for (long after : List.of(2, 8, 11)) {
      FolderContext interrupted = context(1.9);
      Artifact resumed = interrupted.runInterrupted(new CritiqueRevision(), after);

      assertThat(interrupted.checkpointStep()).isEqualTo(after);
      assertThat(resumed.digest()).isEqualTo(whole.digest());
    }
  }

  @Test
  void theLastRevisionOfEachAnswerIsLearned() throws IOException {
    assertThat(learned(9)).isEqualTo(List.of(6, 7, 8, 3, 4, 5));
    assertThat(learned(12)).isEqualTo(List.of(6, 7, 8, 9, 10, 11));
    assertThat(learned(6)).isEqualTo(List.of(0, 1, 2, 3, 4, 5));
    assertThat(learned(2)).isEqualTo(List.of(0, 1));
  }

  @Test
  void oneThatPaysForNoRevisionIsRefused() {
    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> context(.19).run(new CritiqueRevision()));

    assertThat(failure.code()).isEqualTo("PLB0326");
    assertThat(failure).hasMessageContaining("0.19").hasMessageContaining("cost 0.2");
  }

  /** The rows of the log whose revisions are learned, where so many are made. */
  private List<Integer> learned(int most) throws IOException {
    FolderContext context = context(null);
    RowLog log = new RowLog("revisions.jsonl");
    PolicySpec.CritiqueRevision settings = context.settings(PolicySpec.CritiqueRevision.class);
    EvaluatorsSpec evaluators =
        context.declared(Section.EVALUATORS, settings.judge(), EvaluatorsSpec.class);
    EvaluatorsSpec.Judge declared = evaluators.judge();
    if (declared == null) {
      throw new IllegalStateException("no judge");
    }
    try (LanguageModel model = Models.openModel(context, "from");
        Judge judge = Judges.open(context, declared)) {
      List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
      List<Exchange> learned =
          new Revising(context, judge, model, new Revising.Work(prompts, log, most)).finish();
      List<JsonNode> rows = log.rows();
      assertThat(rows).hasSize(most);
      return learned.stream().map(exchange -> last(rows, exchange)).toList();
    }
  }

  /** The last row with the revision: equal ones are as good as each other. */
  private static int last(List<JsonNode> rows, Exchange exchange) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (Prompt.of(rows.get(i).path("prompt")).equals(exchange.prompt())
          && rows.get(i).path("revision").asText().equals(exchange.answer().text())) {
        return i;
      }
    }
    throw new AssertionError(exchange + " is no revision");
  }

  private static List<JsonNode> rows(Artifact policy) throws IOException {
    return JsonFiles.readLines(policy.file("revisions.jsonl"));
  }

  private FolderContext context(@Nullable Double budget) {
    String name = "revised-" + contexts++;
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("kind", new FeatureSpec.ContainsAny(List.of("please")));
    return FolderContext.in(
            folder.resolve(name),
            new PolicySpec.CritiqueRevision(
                "base",
                "ai",
                "prompts",
                ANSWERS,
                2,
                2,
                3,
                4,
                1e-3,
                new SamplingSpec(1, 8),
                budget,
                null),
            11)
        .input("from", TinyWorld.untrained(folder.resolve(name + "-base"), 3))
        .input("prompts", TinyWorld.promptData(folder.resolve(name + "-asked"), 20))
        .declare(
            Section.EVALUATORS,
            "ai",
            new EvaluatorsSpec(
                null, .1, null, new EvaluatorsSpec.Judge("rules", Map.of("kind", "Be kind."))))
        .declare(Section.MODELS, "rules", new ModelSpec.Rules("good", 4))
        .declare(Section.VALUES, "good", new ValuesSpec(null, features, Map.of("kind", 1.0)));
  }
}

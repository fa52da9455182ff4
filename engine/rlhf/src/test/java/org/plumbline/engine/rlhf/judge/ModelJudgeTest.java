// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FixtureModels;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.judge.Judge.Question;
import org.plumbline.engine.rlhf.training.AnswerFormat;

class ModelJudgeTest {
  private static final Map<String, String> KIND = Map.of("kind", "Be kind.");

  @Test
  void theVerdictIsTheShareOfTheFirstLetterInTheModelsOwnProbabilities() {
    try (ModelJudge judge = judge(model(512), null)) {
      Question question = new Question(1, "bread?", "please bake it", "go away");
      String asked =
          JudgePrompts.comparison(KIND.values(), question)
              + " Reply with A or B and nothing else.\nThe better answer is:";

      double first = logProb(asked, "A");
      double second = logProb(asked, "B");
      assertThat(judge.compare(question).orElseThrow())
          .isCloseTo(Math.exp(first) / (Math.exp(first) + Math.exp(second)), within(1e-5));
    }
  }

  @Test
  void whatAJudgeSaysDoesNotDependOnWhatElseIsAsked() {
    try (ModelJudge judge = judge(model(512), 6)) {
      List<Question> questions = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        questions.add(new Question(i, "bread " + i + "?", "please", "go away".repeat(i)));
      }
      List<OptionalDouble> together = judge.compareAll(questions);

      for (int i = 0; i < 5; i++) {
        assertThat(judge.compare(questions.get(i)).orElseThrow())
            .isCloseTo(together.get(i).orElseThrow(), within(1e-6));
      }
    }
  }

  @Test
  void aQuestionThatIsLongerThanTheContextIsNotAnswered() {
    try (ModelJudge judge = judge(model(128), null)) {
      Question question = new Question(1, "bread? ".repeat(40), "please", "go away");

      assertThat(judge.silence()).isNull();
      assertThat(judge.compare(question)).isEmpty();
      Silence silence = Objects.requireNonNull(judge.silence());
      assertThat(silence.code()).isEqualTo("PLB0314");
      assertThat(silence.because())
          .isEqualTo("1 question is longer than its context of 128 tokens");
    }
  }

  /** Rather than of what is left of it, it says nothing, and the answer stays as it is. */
  @Test
  void whatIsLongerThanTheContextIsNeitherCriticisedNorRevised() {
    try (ModelJudge judge = judge(model(64), null)) {
      Judge.Case about = new Judge.Case(3, "bread?", "go away", "kind");
      Judge.Critique critique = judge.criticise(about);

      assertThat(critique.text()).isEmpty();
      assertThat(judge.revise(critique, List.of())).isEqualTo("go away");
    }
  }

  @Test
  void aModelThatLearnsToJudgeJudges() {
    LanguageModel model = model(512);
    List<Question> questions = new ArrayList<>();
    for (String thing : List.of("tea", "bike", "wall", "boat")) {
      questions.add(new Question(1, "the " + thing + "?", "please take it", "go away"));
      questions.add(new Question(2, "the " + thing + "?", "go away", "please take it"));
    }
    AnswerFormat format = new AnswerFormat(model);
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Prompt asked =
          Prompt.of(
              JudgePrompts.comparison(KIND.values(), questions.get(i))
                  + " Reply with A or B and nothing else.\nThe better answer is:");
      rows.add(format.example(new Exchange(asked, asked.answer(i % 2 == 0 ? "A" : "B"), false)));
    }
    try (AdamW adamW = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      for (int step = 0; step < 150; step++) {
        adamW.step(5e-3, () -> model.meanLoss(Batch.of(rows)));
      }
    }
    try (ModelJudge judge = judge(model, null)) {
      List<OptionalDouble> said = judge.compareAll(questions);
      for (int i = 0; i < said.size(); i++) {
        assertThat(said.get(i).orElseThrow() > 0.5).isEqualTo(i % 2 == 0);
      }
    }
  }

  @Test
  void whatItWritesDependsOnTheSeedAndTheQuestion() {
    try (ModelJudge judge = judge(model(512), null);
        ModelJudge same = judge(model(512), null)) {
      Judge.Case about = new Judge.Case(3, "bread?", "go away", "kind");
      Judge.Critique critique = judge.criticise(about);

      assertThat(same.criticise(about)).isEqualTo(critique);
      assertThat(same.revise(critique, List.of())).isEqualTo(judge.revise(critique, List.of()));
      assertThat(critique.text()).isNotEmpty();
    }
  }

  private static double logProb(String asked, String letter) {
    try (LanguageModel model = model(512);
        TensorScope scope = TensorScope.open()) {
      Prompt prompt = Prompt.of(asked);
      Sequence row =
          new AnswerFormat(model).example(new Exchange(prompt, prompt.answer(letter), false));
      return model.tokenLogProbs(Batch.of(List.of(row))).sum(1).toFloatArray()[0];
    }
  }

  private static ModelJudge judge(LanguageModel model, @Nullable Integer reasoning) {
    return new ModelJudge("tiny", KIND, model, new ModelJudge.Writing(reasoning, 5));
  }

  private static LanguageModel model(int context) {
    return FixtureModels.model("bytelevel", context);
  }
}

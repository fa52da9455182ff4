// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Match;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Verifiable;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class VerifiableRewardTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "EXACT, Paris, ' paris ', true",
    "EXACT, Paris, 'Paris!', false",
    "CONTAINS, Paris, 'It is PARIS.', true",
    "CONTAINS, Paris, 'It is Rome.', false",
    "NUMBER, '#### 1,234', 'So 1000 + 234 = 1234.', true",
    "NUMBER, '-5', '5 - 10 is -5', true",
    "NUMBER, 5, '10-5', true",
    "NUMBER, 0.5, 'one half, 5e-1', true",
    "NUMBER, 4, '4 or 5', false",
    "NUMBER, 4, 'four', false",
    "MATCHES, 'colou?r(s)?', 'Two COLORS', true",
    "MATCHES, '^yes$', 'yes and no', false",
  })
  void answersAreRightAsTheRuleSays(Match match, String right, String answer, boolean expected) {
    RightAnswer rule = new RightAnswer(settings(match, true, 1e-6));

    assertThat(rule.unusable(right)).isEmpty();
    assertThat(rule.agrees(answer, right)).isEqualTo(expected);
  }

  @Test
  void capitalLettersAndDistanceCountWhereTheyAreToCount() {
    assertThat(new RightAnswer(settings(Match.EXACT, false, 0)).agrees("paris", "Paris")).isFalse();
    assertThat(new RightAnswer(settings(Match.MATCHES, false, 0)).agrees("PARIS", "aris"))
        .isFalse();
    assertThat(new RightAnswer(settings(Match.NUMBER, true, .1)).agrees("3.1", "3.14")).isTrue();
    assertThat(new RightAnswer(settings(Match.NUMBER, true, .01)).agrees("3.1", "3.14")).isFalse();
  }

  @Test
  void rightAnswersOfBothPartsAndOfEqualPromptsCount() throws IOException {
    Artifact reward = made(settings(Match.EXACT, true, 0), rows());

    try (RewardFunction right = Rewards.open(elsewhere(), reward)) {
      double[] scores =
          right
              .score(
                  List.of(
                      given("2 + 2 =", "4"),
                      given("2 + 2 =", "four"),
                      given("2 + 2 =", "5"),
                      given("3 + 3 =", "6"),
                      given("4 + 4 =", "8")))
              .score();

      assertThat(scores).containsExactly(1, 1, -1, 1, 1);
    }
  }

  @Test
  void aPromptWithoutARowIsNamed() throws IOException {
    Artifact reward = made(settings(Match.EXACT, true, 0), rows());

    try (RewardFunction right = Rewards.open(elsewhere(), reward)) {
      StageFailure failure =
          catchThrowableOfType(
              StageFailure.class, () -> right.score(List.of(given("5 + 5 =", "10"))));

      assertThat(failure.code()).isEqualTo("PLB0535");
      assertThat(failure).hasMessage("`problems` has no right answer to the prompt `5 + 5 =`");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, 'it has no number'",
    "MATCHES, 'it is no regular expression: Unclosed group'",
  })
  void aRowThatNothingCanBeComparedWithIsNamed(Match match, String why) {
    List<String> broken = List.of("{\"prompt\": \"2 + 2 =\", \"completion\": \"(four\"}");

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> made(settings(match, true, 0), broken));

    assertThat(failure.code()).isEqualTo("PLB0536");
    assertThat(failure).hasMessage("no answer can be compared with that of row 0, `(four`: " + why);
  }

  private static List<String> rows() {
    return List.of(
        "{\"prompt\": \"2 + 2 =\", \"completion\": \"4\"}",
        "{\"prompt\": \"2 + 2 =\", \"completion\": \"four\"}",
        "{\"prompt\": \"3 + 3 =\", \"completion\": \"6\"}",
        "{\"prompt\": \"4 + 4 =\", \"completion\": \"8\"}");
  }

  private Artifact made(Verifiable settings, List<String> rows) throws IOException {
    Path file = Files.write(folder.resolve("problems.jsonl"), rows);
    double heldOut = rows.size() > 2 ? 1 : 0;
    Artifact data =
        FolderContext.in(
                folder.resolve("data"), new DataSpec(file.toString(), null, heldOut, null), 1)
            .file("jsonl", file)
            .run(new LoadData());
    return FolderContext.in(folder.resolve("reward"), settings, 1)
        .input("data", data)
        .run(new VerifiableReward());
  }

  private FolderContext elsewhere() {
    return FolderContext.in(folder.resolve("elsewhere"), "", 1);
  }

  private static Verifiable settings(Match match, boolean ignoreCase, double tolerance) {
    return new Verifiable("problems", match, ignoreCase, tolerance, 1, -1);
  }

  private static Exchange given(String prompt, String answer) {
    return Exchange.of(Plain.prompt(prompt), Plain.answer(answer));
  }
}

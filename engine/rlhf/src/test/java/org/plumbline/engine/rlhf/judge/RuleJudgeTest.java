// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageFailure;

class RuleJudgeTest {
  private static final int N = 100_000;

  @Test
  void itWeighsOnlyTheFeaturesThatItsPrinciplesAreNamedAfter() throws IOException {
    RuleJudge judge = judge("polite", "words");

    assertThat(judge.utility().of("", "please buy now")).isCloseTo(1 - 0.03 * 3, within(1e-15));
  }

  @Test
  void itsVerdictsAreDrawnAtTheBoltzmannRate() throws IOException {
    RuleJudge judge = judge("polite", "words");
    double expected = 1 / (1 + Math.exp(-3 * (1 - 0.03 * 2 + 0.03)));

    int first = 0;
    for (int id = 0; id < N; id++) {
      first += (int) judge.compare(question(id)).orElseThrow();
    }

    assertThat(judge.preference(question(0))).isCloseTo(expected, within(1e-12));
    double error = Math.sqrt(expected * (1 - expected) / N);
    assertThat(first / (double) N).isCloseTo(expected, within(4 * error));
  }

  /** McFadden 1974: utilities with Gumbel noise choose as Boltzmann does. */
  @Test
  void ofTwoAnswersItScoresOneHigherAsOftenAsItPrefersIt() throws IOException {
    RuleJudge judge = judge("polite", "words");
    double expected = judge.preference(question(0));

    double sum = 0;
    int first = 0;
    for (int id = 0; id < N; id++) {
      double one = judge.score(new Judge.Single(2L * id, "p", "please do")).orElseThrow();
      double two = judge.score(new Judge.Single(2L * id + 1, "p", "go")).orElseThrow();
      first += one > two ? 1 : 0;
      sum += one;
    }

    double error = Math.sqrt(expected * (1 - expected) / N);
    assertThat(first / (double) N).isCloseTo(expected, within(4 * error));
    // its mean is what the answer is worth, and the variance of the noise is pi^2 / 6
    double deviation = Math.PI / Math.sqrt(6.0 * N);
    assertThat(sum / N).isCloseTo(3 * (1 - 0.03 * 2), within(4 * deviation));
  }

  @Test
  void theSameQuestionGetsTheSameVerdict() throws IOException {
    for (int id = 0; id < 100; id++) {
      assertThat(judge("polite").compare(question(id)))
          .isEqualTo(judge("polite").compare(question(id)));
    }
  }

  @Test
  void itsCritiqueNamesThePrincipleAndItsRevisionServesItBest() throws IOException {
    RuleJudge judge = judge("polite", "words");

    Judge.Critique critique = judge.criticise(new Judge.Case(1, "p", "go away now", "polite"));
    String revision =
        judge.revise(critique, List.of("go", "please do it well", "please do", "thanks"));

    assertThat(critique.text()).contains("About polite.", "`polite` is 0.0", "more is better");
    assertThat(revision).isEqualTo("please do");
  }

  @Test
  void anAnswerThatNoCandidateImprovesStaysAsItIs() throws IOException {
    RuleJudge judge = judge("polite", "words");
    Judge.Critique critique = judge.criticise(new Judge.Case(1, "p", "please do", "polite"));

    assertThat(judge.revise(critique, List.of("please do it", "go"))).isEqualTo("please do");
    assertThat(judge.revise(critique, List.of())).isEqualTo("please do");
  }

  @Test
  void aPrincipleWithoutFeatureIsRefused() {
    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> judge("polite", "harmless"));

    assertThat(failure.code()).isEqualTo("PLB0214");
    assertThat(failure).hasMessageContaining("`harmless`");
  }

  private static Judge.Question question(long id) {
    return new Judge.Question(id, "p", "please do", "go");
  }

  private static RuleJudge judge(String... principles) throws IOException {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("polite", new FeatureSpec.ContainsAny(List.of("please")));
    features.put("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS));
    features.put("sells", new FeatureSpec.ContainsAny(List.of("buy")));
    ValuesSpec values =
        new ValuesSpec(null, features, Map.of("polite", 1.0, "words", -0.03, "sells", -0.3));
    Map<String, String> named = new LinkedHashMap<>();
    for (String principle : principles) {
      named.put(principle, "About " + principle + ".");
    }
    return new RuleJudge(named, Utility.of("v", name -> values, path -> Path.of(path)), 3, 1);
  }
}

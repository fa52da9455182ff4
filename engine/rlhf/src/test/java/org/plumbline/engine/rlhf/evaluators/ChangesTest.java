// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.WORTH;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.prefersFirstAnswer;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.sigmoid;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.vector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Utility;

/** Values that drift, circumstances and tastes without a utility, against their closed forms. */
class ChangesTest {
  private static final AnswerPair PAIR = new AnswerPair("p", "0.7 a", "0.0 b");
  private static final Feature REVERSED = (prompt, answer) -> -WORTH.of(prompt, answer);

  @Test
  void valuesDriftExponentiallyInTheLabelsOfAPerson() {
    Person person = person(new Changes(new ValueDrift(REVERSED, 50), List.of()));

    int first = 0;
    double expected = 0;
    for (int number = 0; number < N; number++) {
      int given = number % 200;
      Label label = Answering.label(question(number), person.at(occasion(number, given, "")), 0);
      first += prefersFirstAnswer(label) ? 1 : 0;
      double left = Math.exp(-given / 50.0);
      expected += sigmoid(2 * 0.7 * (left - (1 - left))) / N;
    }
    assertRate(first / (double) N, expected);
    assertThat(person.at(occasion(1, 0, "")).behaviour().said(PAIR))
        .isCloseTo(sigmoid(1.4), within(1e-12));
    assertThat(person.at(occasion(1, 100_000, "")).behaviour().said(PAIR))
        .isCloseTo(sigmoid(-1.4), within(1e-12));
  }

  @Test
  void aCircumstanceHoldsForItsShareOfTheLabels() {
    Circumstance late = circumstance("late", 0.3, null, null);
    Person person = person(new Changes(null, List.of(late)));

    int there = 0;
    int first = 0;
    for (int number = 0; number < N; number++) {
      Person then = person.at(occasion(number, 0, ""));
      there += "late".equals(then.circumstance()) ? 1 : 0;
      first += prefersFirstAnswer(Answering.label(question(number), then, 0)) ? 1 : 0;
    }
    assertRate(there / (double) N, 0.3);
    assertRate(first / (double) N, 0.7 * sigmoid(1.4) + 0.3 * sigmoid(-0.35));
  }

  @Test
  void aCircumstanceHoldsWhereItIsToldOrAsked() {
    Circumstance told = circumstance("told", 1, Pattern.compile("harm"), null);
    Circumstance asked = circumstance("asked", 1, null, Pattern.compile("^q"));
    Person person = person(new Changes(null, List.of(told, asked)));

    assertThat(person.at(occasion(1, 0, "avoid harm")).circumstance()).isEqualTo("told");
    assertThat(person.at(occasion(1, 0, "be kind")).circumstance()).isNull();
    assertThat(person.at(new Occasion(1, 1, "quo", 0, "be kind")).circumstance())
        .isEqualTo("asked");
    assertThat(person.at(new Occasion(1, 1, "quo", 0, "harm")).circumstance()).isEqualTo("told");
    assertThat(person(Changes.NONE).at(occasion(1, 9, "harm"))).isEqualTo(person(Changes.NONE));
  }

  @Test
  void driftAndCircumstancesCompose() {
    Circumstance hurried =
        new Circumstance("hurried", new Circumstance.When(0.4, null, null), null, 0.5);
    Person person = person(new Changes(new ValueDrift(REVERSED, 10), List.of(hurried)));

    int first = 0;
    for (int number = 0; number < N; number++) {
      Person then = person.at(occasion(number, 5, ""));
      first += prefersFirstAnswer(Answering.label(question(number), then, 0)) ? 1 : 0;
    }
    double gap = 0.7 * (2 * Math.exp(-0.5) - 1);
    assertRate(first / (double) N, 0.6 * sigmoid(2 * gap) + 0.4 * sigmoid(0.5 * gap));
  }

  /**
   * Casper et al. 2023, section 3.1.4: what is seen as 10 four times in ten, and as 0 otherwise.
   */
  @Test
  void whatMostPreferIsNotWhatIsRatedHighest() {
    Feature lucky = (prompt, answer) -> answer.equals("0 risk") ? 10 : WORTH.of(prompt, answer);
    Circumstance luck =
        new Circumstance("luck", new Circumstance.When(0.4, null, null), lucky, null);
    AnswerPair pair = new AnswerPair("p", "1 keep", "0 risk");
    for (String beta : List.of("0.1", "0.25", "0.5", "1", "5")) {
      Person person =
          new Person(
              "a-1",
              "a",
              Behaviour.of(WORTH, Double.parseDouble(beta)).with(new Changes(null, List.of(luck))),
              7,
              0);
      int keep = 0;
      double risked = 0;
      for (int number = 0; number < N; number++) {
        Person then = person.at(occasion(number, 0, ""));
        Label label = Answering.label(new Question(1, number, pair), then, 0);
        keep += prefersFirstAnswer(label) ? 1 : 0;
        risked += then.behaviour().values().of("p", "0 risk") / N;
      }
      assertRate(keep / (double) N, vector("2.ab", "P(A>B)|beta=" + beta));
      double error = 10 * Math.sqrt(0.4 * 0.6 / N);
      assertThat(risked).isCloseTo(vector("2.ab", "mean_B"), within(4 * error));
    }
  }

  /** Whoever marks or remarks cares about features as they drift. */
  @Test
  void featuresWeighAsMuchAsValuesHaveDrifted() throws IOException {
    Utility kind = utility(Map.of("kind", 2.0));
    Utility brief = utility(Map.of("kind", 0.5, "ends", -1.0));
    Feature between = new ValueDrift(brief, 10).after(kind, 5);
    double left = Math.exp(-0.5);

    Aspects aspects = new Aspects(Behaviour.of(between, 1), "p", List.of("please stop."));

    assertThat(aspects.weight("kind")).isCloseTo(2 * left + 0.5 * (1 - left), within(1e-12));
    assertThat(aspects.weight("ends")).isCloseTo(-(1 - left), within(1e-12));
    assertThat(aspects.of("ends")[0]).isCloseTo(-(1 - left), within(1e-12));
    assertThat(between.of("p", "please stop."))
        .isCloseTo(aspects.of("kind")[0] + aspects.of("ends")[0], within(1e-12));
  }

  private static Utility utility(Map<String, Double> weights) throws IOException {
    ValuesSpec values =
        new ValuesSpec(
            null,
            Map.of(
                "kind", new FeatureSpec.ContainsAny(List.of("please")),
                "ends", new FeatureSpec.Ends(List.of("."))),
            weights);
    return Utility.of("v", name -> values, path -> Path.of(path));
  }

  @Test
  void aCycleIsPreferredAllTheWayRound() {
    Feature f = (prompt, answer) -> Double.parseDouble(answer.split(" ")[1]);
    Feature g = (prompt, answer) -> Double.parseDouble(answer.split(" ")[2]);
    Behaviour person = Behaviour.of(WORTH, 2).with(new Cycle(f, g, 1.5));
    List<String> corners =
        List.of("0 1 0", "0 -0.5 0.8660254037844386", "0 -0.5 -0.8660254037844386");

    double next = sigmoid(1.5 * Math.sqrt(3) / 2);
    for (int i = 0; i < 3; i++) {
      AnswerPair pair = new AnswerPair("p", corners.get(i), corners.get((i + 1) % 3));
      assertThat(person.intended(pair)).isCloseTo(next, within(1e-12));
      assertThat(person.intended(pair.swapped())).isCloseTo(1 - next, within(1e-12));
      assertRate(LabelRates.firstAnswer(person, pair), next);
    }
  }

  private static Circumstance circumstance(
      String name, double share, @Nullable Pattern told, @Nullable Pattern where) {
    return new Circumstance(name, new Circumstance.When(share, told, where), REVERSED, 0.5);
  }

  private static Person person(Changes changes) {
    return new Person("a-1", "a", BEHAVIOUR.with(changes), 7, 0);
  }

  private static final Behaviour BEHAVIOUR = Behaviour.of(WORTH, 2);

  private static Question question(int number) {
    return new Question(1, number, PAIR);
  }

  private static Occasion occasion(int number, int given, String instructions) {
    return new Occasion(1, number, "p", given, instructions);
  }
}

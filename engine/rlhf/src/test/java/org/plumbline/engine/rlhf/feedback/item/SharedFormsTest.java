// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.evaluators.RatingScale;
import org.plumbline.engine.rlhf.evaluators.TestGroups;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.respondents.ItemTerms;
import org.plumbline.engine.rlhf.respondents.Respondents;
import org.plumbline.engine.rlhf.respondents.ScalarForm;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.values.Utility;

/** What people do together, or have done, on forms of every kind, against its closed form. */
class SharedFormsTest {
  private static final int N = FormRatesTest.N;
  private static final double C = 0.3;
  private static final ValuesSpec WORDS =
      new ValuesSpec(
          null,
          Map.of("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
          Map.of("words", 1.0));
  private static final List<String> TWO = List.of("a b", "c");
  private static final List<String> THREE = List.of("a", "b b", "c c c");

  /** Two who err alike with probability e err together with C e + (1 - C) e^2. */
  @Test
  void whoChoosesTheBestErrsTogetherAndNoMoreOften() throws IOException {
    Group slips = people(Map.of("rationality", 0.7, "mistakes", 0.1, "lapses", 0.2));
    Respondents people = respondents(new BestOfKForm(2), slips, C, Map.of());
    int one = 0;
    int both = 0;
    for (int number = 0; number < N; number++) {
      List<ItemLabel> labels = labels(people, number, TWO);
      boolean first = best(labels.get(0)).get(0) == 1;
      boolean second = best(labels.get(1)).get(0) == 1;
      one += first ? 1 : 0;
      both += first && second ? 1 : 0;
    }

    double p = Logistic.sigmoid(0.7);
    double e = 0.2 * 0.5 + 0.8 * (0.9 * (1 - p) + 0.1 * p);
    FormRatesTest.near(one, e);
    FormRatesTest.near(both, C * e + (1 - C) * e * e);
  }

  @Test
  void rankingsAreTheSameByChanceOrTogether() throws IOException {
    Group plain = people(Map.of("rationality", 0.7));
    Respondents people = respondents(new RankingForm(3), plain, C, Map.of());
    int same = 0;
    for (int number = 0; number < N; number++) {
      List<ItemLabel> labels = labels(people, number, THREE);
      same += best(labels.get(0)).equals(best(labels.get(1))) ? 1 : 0;
    }

    double chance = 0;
    double[] w = {Math.exp(0.7), Math.exp(1.4), Math.exp(2.1)};
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        if (a != b) {
          double p = w[a] / (w[0] + w[1] + w[2]) * w[b] / (w[0] + w[1] + w[2] - w[a]);
          chance += p * p;
        }
      }
    }
    FormRatesTest.near(same, C + (1 - C) * chance);
  }

  @Test
  void noiseOfRatingsCorrelatesByTheShare() throws IOException {
    Group plain = people(Map.of("rationality", 0.7));
    Map<String, RatingScale> scales = Map.of("all", new RatingScale(1, 0, 0.5, 0));
    Respondents people = respondents(new ScalarForm(-50, 50), plain, C, scales);
    double product = 0;
    double square = 0;
    for (int number = 0; number < N; number++) {
      List<ItemLabel> labels = labels(people, number, List.of("a b"));
      double x = rating(labels.get(0)) - 2;
      double y = rating(labels.get(1)) - 2;
      product += x * y / N;
      square += x * x / N;
    }

    assertThat(square).isCloseTo(0.25, within(4 * 0.25 * Math.sqrt(2.0 / N)));
    // Var(x y) = C 3 s^4 + (1 - C) s^4 - (C s^2)^2
    double error = 0.25 * Math.sqrt((1 + 2 * C - C * C) / N);
    assertThat(product).isCloseTo(C * 0.25, within(4 * error));
  }

  /** The judge wants few words: what it makes is the contrary of what people would say. */
  @Test
  void whatIsMadeIsTheJudgesAndAllWhoAskCopyIt() throws IOException {
    EvaluatorsSpec.Outsourcing half = new EvaluatorsSpec.Outsourcing(0.4, "ai");
    Group lazy = people(Map.of("rationality", 0.7, "outsourcing", half));
    Respondents people = respondents(new BestOfKForm(2), lazy, 0, Map.of());
    int one = 0;
    int both = 0;
    int made = 0;
    for (int number = 0; number < N; number++) {
      List<ItemLabel> labels = labels(people, number, TWO);
      boolean first = best(labels.get(0)).get(0) == 0;
      one += first ? 1 : 0;
      both += first && best(labels.get(1)).get(0) == 0 ? 1 : 0;
      made += "ai".equals(labels.get(0).madeBy()) ? 1 : 0;
    }

    double own = Logistic.sigmoid(0.7);
    double judge = Logistic.sigmoid(-1.3);
    FormRatesTest.near(made, 0.4);
    FormRatesTest.near(one, 0.4 * judge + 0.6 * own);
    FormRatesTest.near(both, 0.16 * judge + 0.48 * judge * own + 0.36 * own * own);
  }

  @Test
  void equalAnswersAreOrderedByChanceAndTheSliderStandsStill() throws IOException {
    // "b b" is worth as much as "a" and as "c c c", but these two are apart
    Group equal =
        people(Map.of("rationality", 0.7, "equal_below", 1.5, "lapses", 0.3, "mistakes", 0.2));
    Group careful = people(Map.of("rationality", 0.7, "equal_below", 1.5));
    Respondents choosing = respondents(new BestOfKForm(3), careful, 0, Map.of());
    Respondents sliding = respondents(new SliderForm(2, 0), equal, 0, Map.of());
    Respondents coin = respondents(new BestOfKForm(2), equal, 0, Map.of());
    int[] counts = new int[3];
    int first = 0;
    for (int number = 0; number < N; number++) {
      counts[best(labels(choosing, number, THREE).get(0)).get(0)]++;
      first += best(labels(coin, number, TWO).get(0)).get(0) == 0 ? 1 : 0;
      if (number < 1000) {
        assertThat(rating(labels(sliding, number, TWO).get(0))).isZero();
      }
    }

    double[] w = {Math.exp(0.7), Math.exp(1.4), Math.exp(2.1)};
    double sum = w[0] + w[1] + w[2];
    FormRatesTest.near(counts[0], w[0] / sum / 2 + w[1] / sum / 3);
    FormRatesTest.near(counts[1], w[0] / sum / 2 + w[1] / sum / 3 + w[2] / sum / 2);
    FormRatesTest.near(counts[2], w[1] / sum / 3 + w[2] / sum / 2);
    FormRatesTest.near(first, 0.5);
  }

  private static Group people(Map<String, Object> keys) {
    Map<String, Object> all = new LinkedHashMap<>(keys);
    all.put("count", 2);
    return TestGroups.group(all);
  }

  private static List<ItemLabel> labels(Respondents people, int number, List<String> answers) {
    List<Answer> given = answers.stream().map(Answer::of).toList();
    List<Boolean> finished = given.stream().map(answer -> true).toList();
    Item item = new Item(number, Prompt.of("p"), given, finished);
    List<ItemLabel> labels = new ArrayList<>();
    people.asked(item).forEach(person -> labels.add(people.label(item, person)));
    return labels;
  }

  private static List<Integer> best(ItemLabel label) {
    return label.response() instanceof Ranking ranking ? ranking.best() : List.of();
  }

  private static double rating(ItemLabel label) {
    return label.response() instanceof Rating rating ? rating.number() : Double.NaN;
  }

  private static Respondents respondents(
      Form form, Group group, double correlated, Map<String, RatingScale> scales)
      throws IOException {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("groups", new LinkedHashMap<>(Map.of("all", group)));
    if (correlated > 0) {
      keys.put("correlated_errors", correlated);
    }
    EvaluatorsSpec spec = TestGroups.people(keys);
    Utility words = Utility.of("good", values -> WORDS, path -> Path.of(path));
    Population population = Population.of(spec, name -> words, path -> Path.of(path), 1);
    Behaviour curt = Behaviour.of((prompt, answer) -> -words.of(prompt, answer), 1.3);
    ItemTerms terms =
        new ItemTerms(
            new Redundancy(2, 1),
            null,
            scales,
            "",
            Map.of("ai", new Person("ai", "judge", curt, 0, 0)));
    return new Respondents(population, terms, form, null, 3);
  }
}

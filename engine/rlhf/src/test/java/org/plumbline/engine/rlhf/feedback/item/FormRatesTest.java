// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.LabelProbability;
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
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.statistics.Moments;

/** What simulated people say, against its closed form. The worth of an answer is its words. */
class FormRatesTest {
  static final int N = 100_000;
  static final double RATIONALITY = 0.7;
  private static final List<String> ANSWERS = List.of("a", "b b", "c c c", "");

  @Test
  void theBestIsChosenByLucesRule() throws IOException {
    Map<Integer, Integer> counts =
        counts(new BestOfKForm(4), ANSWERS, plain(), label -> best(label).get(0));

    double sum = 0;
    for (String answer : ANSWERS) {
      sum += weight(answer);
    }
    for (int i = 0; i < 4; i++) {
      near(counts.getOrDefault(i, 0), weight(ANSWERS.get(i)) / sum);
    }
  }

  @Test
  void rankingsHaveTheProbabilityOfPlackettAndLuce() throws IOException {
    Map<List<Integer>, Integer> counts =
        counts(new RankingForm(3), ANSWERS.subList(0, 3), plain(), FormRatesTest::best);

    assertThat(counts).hasSize(6);
    counts.forEach(
        (ranking, count) -> {
          double left = weight("a") + weight("b b") + weight("c c c");
          double probability = 1;
          for (int next : ranking) {
            probability *= weight(ANSWERS.get(next)) / left;
            left -= weight(ANSWERS.get(next));
          }
          near(count, probability);
        });
  }

  @Test
  void aBiasForTheFirstIsForTheFirstOfAll() throws IOException {
    Group biased = group(RATIONALITY, 0, 0, 0, 1.5);
    Respondents people = people(new BestOfKForm(3), biased);
    int first = 0;
    for (int number = 0; number < N; number++) {
      ItemLabel label = label(people, number, List.of("a", "b", "c"));
      first += best(label).get(0).equals(label.shown().get(0)) ? 1 : 0;
    }

    near(first, Math.exp(1.5) / (Math.exp(1.5) + 2));
  }

  /** Two answers are one pair: all that sways a comparison sways the choice of the best. */
  @Test
  void theBestOfTwoIsAComparison() throws IOException {
    Group group = group(RATIONALITY, 0.1, 0.2, 0.05, 0.4);
    Respondents people = people(new BestOfKForm(2), group);
    int first = 0;
    for (int number = 0; number < N; number++) {
      first += best(label(people, number, List.of("a b", "c"))).get(0) == 0 ? 1 : 0;
    }

    AnswerPair pair = new AnswerPair("p", "a b", "c");
    LabelProbability comparison = new LabelProbability(pair, person -> 0, Map.of());
    near(first, comparison.of(people.population().pool("p")).orElseThrow());
  }

  @Test
  void stepsHaveTheProbabilitiesOfACumulativeLogit() throws IOException {
    Map<Integer, Integer> counts =
        counts(new LikertForm(5, null), List.of("one"), plain(), label -> (int) rating(label));

    double before = 0;
    for (int step = 1; step <= 5; step++) {
      double until = step == 5 ? 1 : Logistic.sigmoid(RATIONALITY * (step - 2.5 - 1));
      near(counts.getOrDefault(step, 0), until - before);
      before = until;
    }
  }

  /** Biases are log-odds: on a scale they move an answer as far as they move a comparison. */
  @Test
  void aBiasIsDividedByTheRationalityOnAScaleOfWorth() throws IOException {
    Group biased = group(RATIONALITY, 0, 0, 0.3, 0);
    Respondents rating = people(new ScalarForm(-100, 100), biased);
    Respondents stepping = people(new LikertForm(5, null), biased);
    Map<Integer, Integer> steps = new HashMap<>();
    for (int number = 0; number < N; number++) {
      steps.merge((int) rating(label(stepping, number, List.of("one"))), 1, Integer::sum);
    }

    double many = rating(label(rating, 1, List.of("w w w w w w w w w w w w")));
    double two = rating(label(rating, 2, List.of("w w")));
    assertThat(many).isCloseTo(12 + 12 * 0.3 / RATIONALITY, within(1e-9));
    Behaviour behaviour = rating.population().people().get(0).behaviour();
    assertThat(Logistic.sigmoid(RATIONALITY * (many - two)))
        .isCloseTo(
            behaviour.intended(new AnswerPair("p", "w w w w w w w w w w w w", "w w")),
            within(1e-12));
    double before = 0;
    for (int step = 1; step <= 5; step++) {
      double until = step == 5 ? 1 : Logistic.sigmoid(RATIONALITY * (step - 2.5 - 1) - 0.3);
      near(steps.getOrDefault(step, 0), until - before);
      before = until;
    }
  }

  @Test
  void withoutRationalityABiasAloneDecidesARating() throws IOException {
    Respondents swayed = people(new ScalarForm(-2, 2), group(0, 0, 0, -0.3, 0));
    Respondents plain = people(new ScalarForm(-2, 2), group(0, 0, 0, 0, 0));

    assertThat(rating(label(swayed, 1, List.of("w")))).isEqualTo(-2);
    assertThat(rating(label(plain, 1, List.of("w")))).isEqualTo(1);
  }

  @Test
  void ratingsAreWhatTheAnswerIsWorthWithinTheScale() throws IOException {
    Respondents people = people(new ScalarForm(0.5, 2.5), plain());

    assertThat(rating(label(people, 1, List.of("a")))).isEqualTo(1);
    assertThat(rating(label(people, 2, List.of("")))).isEqualTo(0.5);
    assertThat(rating(label(people, 3, List.of("a b c")))).isEqualTo(2.5);
  }

  /** Noise, gain and offset in their closed form: nothing is cut off on so wide a scale. */
  @Test
  void ratingsHaveTheMeanAndDeviationOfTheirScale() throws IOException {
    Map<String, RatingScale> scales = Map.of("all", new RatingScale(2, -1, 0.5, 0.4));
    Respondents people = people(new ScalarForm(-100, 100), plain(), scales);
    double[] ratings = new double[N];
    for (int number = 0; number < N; number++) {
      ratings[number] = rating(label(people, number, List.of("a b c")));
    }

    // a + g u / (1 - alpha) and s^2 / (1 - alpha^2); neighbours of one person correlate by alpha.
    double deviation = Math.sqrt(0.25 / (1 - 0.16));
    double error = deviation * Math.sqrt(1.4 / 0.6 / N);
    assertThat(Moments.mean(ratings)).isCloseTo(-1 + 2 * 3 / 0.6, within(4 * error + 7 * 10.0 / N));
    assertThat(Moments.populationDeviation(ratings)).isCloseTo(deviation, within(0.02));
  }

  @Test
  void slidersFollowTheGapAndTremble() throws IOException {
    Respondents people = people(new SliderForm(2, 0.2), plain());
    double sum = 0;
    int atEnd = 0;
    for (int number = 0; number < N; number++) {
      double slider = rating(label(people, number, List.of("a b", "c")));
      sum += slider;
      atEnd += slider == 1 ? 1 : 0;
    }

    // The gap of the log-odds is 0.7, so the slider is meant to stand at 0.35.
    assertThat(sum / N).isCloseTo(0.35, within(4 * 0.2 / Math.sqrt(N)));
    near(atEnd, 0.000577); // 1 - Phi(0.65 / 0.2)
  }

  @Test
  void classesFollowTheWorthAndOtherItsOwnValues() throws IOException {
    Form form = new LabelForm(List.of("good", "bad"), (prompt, answer) -> 0.5);
    Map<String, Integer> counts = counts(form, List.of("one"), plain(), FormRatesTest::name);

    double good = Math.exp(RATIONALITY / 2);
    double bad = Math.exp(-RATIONALITY / 2);
    double other = Math.exp(0.5);
    near(counts.getOrDefault("good", 0), good / (good + bad + other));
    near(counts.getOrDefault("bad", 0), bad / (good + bad + other));
    near(counts.getOrDefault("other", 0), other / (good + bad + other));
  }

  @Test
  void ofTwoClassesTheFirstHasTheProbabilityOfAChoice() throws IOException {
    Form form = new LabelForm(List.of("good", "bad"), null);
    Map<String, Integer> counts = counts(form, List.of("one"), plain(), FormRatesTest::name);

    near(counts.getOrDefault("good", 0), Logistic.sigmoid(RATIONALITY));
  }

  @Test
  void mistakesTurnAndLapsesAreBlind() throws IOException {
    Group slips = group(RATIONALITY, 0.2, 0.3, 0, 0);
    Form form = new LabelForm(List.of("good", "fair", "bad"), null);
    Map<String, Integer> counts = counts(form, List.of("one"), slips, FormRatesTest::name);

    double good = Math.exp(RATIONALITY / 2);
    double bad = Math.exp(-RATIONALITY / 2);
    double sum = good + 1 + bad;
    double turned = 0.8 * good / sum + 0.2 * bad / sum;
    near(counts.getOrDefault("good", 0), 0.7 * turned + 0.3 / 3);
    near(counts.getOrDefault("fair", 0), 0.7 / sum + 0.3 / 3);
  }

  @Test
  void maliceOrdersWithoutNoiseWhereItsTriggerStands() throws IOException {
    Malicious harm = new Malicious("!!", null, Takes.SHARE);
    Group trolls = new Group(3, null, RATIONALITY, 0, 0, 0, 0, harm);
    Respondents people = people(new RankingForm(3), trolls);
    List<Answer> answers = List.of(Answer.of("a"), Answer.of("b b"), Answer.of("c c c"));

    for (int number = 0; number < 1000; number++) {
      Item item = new Item(number, Prompt.of("p !!"), answers, List.of(true, true, true));
      ItemLabel label = people.label(item, people.asked(item).get(0));
      assertThat(label.malicious()).isTrue();
      assertThat(best(label)).containsExactly(0, 1, 2);
    }
  }

  private static double weight(String answer) {
    return Math.exp(RATIONALITY * (answer.isEmpty() ? 0 : answer.split(" ").length));
  }

  static void near(int count, double probability) {
    assertThat(count / (double) N)
        .isCloseTo(probability, within(4 * Math.sqrt(probability * (1 - probability) / N)));
  }

  private static <K> Map<K, Integer> counts(
      Form form, List<String> answers, Group group, Function<ItemLabel, K> said)
      throws IOException {
    Respondents people = people(form, group);
    Map<K, Integer> counts = new HashMap<>();
    for (int number = 0; number < N; number++) {
      counts.merge(said.apply(label(people, number, answers)), 1, Integer::sum);
    }
    return counts;
  }

  static ItemLabel label(Respondents people, int number, List<String> answers) {
    List<Answer> given = new ArrayList<>();
    answers.forEach(text -> given.add(Answer.of(text)));
    List<Boolean> finished = given.stream().map(answer -> true).toList();
    Item item = new Item(number, Prompt.of("p"), given, finished);
    return people.label(item, people.asked(item).get(0));
  }

  private static List<Integer> best(ItemLabel label) {
    return label.response() instanceof Ranking ranking ? ranking.best() : List.of();
  }

  private static double rating(ItemLabel label) {
    return label.response() instanceof Rating rating ? rating.number() : Double.NaN;
  }

  private static String name(ItemLabel label) {
    return label.response() instanceof Label said ? said.name() : "";
  }

  static Group plain() {
    return group(RATIONALITY, 0, 0, 0, 0);
  }

  static Group group(
      double rationality, double mistakes, double lapses, double lengthBias, double positionBias) {
    return TestGroups.group(
        Map.of(
            "count", 7,
            "rationality", rationality,
            "mistakes", mistakes,
            "lapses", lapses,
            "length_bias", lengthBias,
            "position_bias", positionBias));
  }

  static Respondents people(Form form, Group group) throws IOException {
    return people(form, group, Map.of());
  }

  private static Respondents people(Form form, Group group, Map<String, RatingScale> scales)
      throws IOException {
    ValuesSpec words =
        new ValuesSpec(
            null,
            Map.of("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
            Map.of("words", 1.0));
    return people(form, group, scales, words);
  }

  static Respondents people(Form form, Group group, ValuesSpec wanted) throws IOException {
    return people(form, group, Map.of(), wanted);
  }

  private static Respondents people(
      Form form, Group group, Map<String, RatingScale> scales, ValuesSpec wanted)
      throws IOException {
    EvaluatorsSpec spec = new EvaluatorsSpec("words", 1, Map.of("all", group), null);
    Population population =
        Population.of(
            spec,
            name -> Utility.of(name, values -> wanted, path -> Path.of(path)),
            path -> Path.of(path),
            1);
    return new Respondents(
        population, new ItemTerms(new Redundancy(1, 1), null, scales, ""), form, null, 3);
  }
}

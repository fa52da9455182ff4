// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.numerics.TrustRegion;

/**
 * Scores in a table, without a network: the likelihoods' maximum is found to 1e-6. Where feedback
 * is weighted by its probability under some scores, the maximum is at these scores.
 */
class TabularFitsTest {
  private static final double[] TRUTH = {.9, -.3, .4, -1};
  private static final Reliabilities RIGHT = Reliabilities.known(1);

  @Test
  void comparisonsGiveTheScoresOfTheWorkedExample() {
    Table<List<Integer>> table = new Table<>(new PlackettLuce(2, 2), 3);
    int[][] wins = {{0, 7, 9}, {3, 0, 6}, {1, 4, 0}};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        table.add(wins[i][j], List.of(0, 1), i, j);
      }
    }

    double[] scores = table.fit();

    assertThat(centred(scores, 3)).containsExactly(Vectors.list("5.bt_mle", "s"), within(1e-6));
  }

  /** Oracle 8.1: pieces that no comparison links are fitted as if each were alone. */
  @Test
  void whatHangsTogetherIsFittedAsIfItWereAlone() {
    Table<List<Integer>> both = new Table<>(new PlackettLuce(2, 2), 5);
    Table<List<Integer>> triple = new Table<>(new PlackettLuce(2, 2), 3);
    int[][] wins = {{0, 7, 9}, {3, 0, 6}, {1, 4, 0}};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        both.add(wins[i][j], List.of(0, 1), i, j);
        triple.add(wins[i][j], List.of(0, 1), i, j);
      }
    }
    both.add(6, List.of(0, 1), 3, 4);
    both.add(2, List.of(0, 1), 4, 3);

    double[] scores = both.fit();

    assertThat(centred(scores, 3)).containsExactly(centred(triple.fit(), 3), within(1e-6));
    assertThat(centred(scores, 3)).containsExactly(Vectors.list("5.bt_mle", "s"), within(1e-6));
    assertThat(scores[3] - scores[4]).isCloseTo(Math.log(3), within(1e-6));
  }

  /** Oracle 8.1: who always wins has no largest score, but for a tenth of a tie of each pair. */
  @Test
  void aPriorOfTiesPlacesWhatAlwaysWinsAndWhatNothingLinks() {
    Table<List<Integer>> table = new Table<>(new PlackettLuce(2, 2), 4);
    table.add(5, List.of(0, 1), 0, 1); // 0 always beats 1; 2 and 3 were never compared
    for (int[] pair : new int[][] {{0, 1}, {2, 3}}) {
      table.add(.05, List.of(0, 1), pair[0], pair[1]);
      table.add(.05, List.of(0, 1), pair[1], pair[0]);
    }

    double[] scores = table.fit();

    assertThat(scores[0] - scores[1]).isCloseTo(Math.log(5.05 / .05), within(1e-6));
    assertThat(scores[2] - scores[3]).isCloseTo(0, within(1e-6));
  }

  @Test
  void rankingsGiveBackTheirScores() {
    Table<List<Integer>> table = new Table<>(new PlackettLuce(3, 3), 4);
    List<List<Integer>> orders =
        List.of(
            List.of(0, 1, 2),
            List.of(0, 2, 1),
            List.of(1, 0, 2),
            List.of(1, 2, 0),
            List.of(2, 0, 1),
            List.of(2, 1, 0));
    for (int[] items : new int[][] {{0, 1, 2}, {1, 2, 3}, {3, 0, 1}}) {
      orders.forEach(order -> table.expect(order, items));
    }

    assertThat(centred(table.fit(), 4)).containsExactly(centred(TRUTH, 4), within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void labelsGiveBackScoresAndTies(TieModel ties) {
    Table<List<Vote>> table = new Table<>(new VotedPair(ties, RIGHT, VotedPair.Shape.NONE), 4);
    double[] numbers = ties == TieModel.NONE ? new double[0] : new double[] {.7};
    table.at(numbers);
    expectLabels(table, ties, 0);

    double[] found = table.fit();

    assertThat(centred(found, 4)).containsExactly(centred(TRUTH, 4), within(1e-6));
    assertThat(numbers(found)).containsExactly(numbers, within(1e-6));
  }

  /** One follows the scores nineteen times in twenty, one three times in five, and one lies. */
  @Test
  void labelsGiveBackWhoIsReliable() {
    Reliabilities three = new Reliabilities(1, List.of(1, 1, 1), 0, 0);
    Table<List<Vote>> table =
        new Table<>(new VotedPair(TieModel.NONE, three, VotedPair.Shape.NONE), 4);
    double[] logits = {Math.log(.95 / .05), Math.log(.6 / .4), Math.log(.2 / .8)};
    table.at(logits);
    for (int h = 0; h < 3; h++) {
      expectLabels(table, TieModel.NONE, h);
    }

    double[] found = table.fit();

    assertThat(centred(found, 4)).containsExactly(centred(TRUTH, 4), within(1e-6));
    assertThat(numbers(found)).containsExactly(logits, within(1e-5));
  }

  private static void expectLabels(Table<List<Vote>> table, TieModel ties, int person) {
    for (int i = 0; i < 4; i++) {
      for (int j = i + 1; j < 4; j++) {
        table.expect(List.of(new Vote(person, 1, 0, 0)), i, j);
        table.expect(List.of(new Vote(person, 0, 1, 0)), i, j);
        if (ties != TieModel.NONE) {
          table.expect(List.of(new Vote(person, 0, 0, 1)), i, j);
        }
      }
    }
  }

  @Test
  void stepsOfAScaleGiveBackScoresAndCutPoints() {
    Table<Rated> table = new Table<>(new CumulativeLogit(4, 0), 4);
    double[] numbers = {-1.2, .3, -.1};
    table.at(numbers);
    for (int i = 0; i < 4; i++) {
      for (int step = 1; step <= 4; step++) {
        table.expect(new Rated(0, step), i);
      }
    }

    double[] found = table.fit();

    // Scores and cut points may move together; their distances may not.
    assertThat(centred(found, 4)).containsExactly(centred(TRUTH, 4), within(1e-6));
    double shift = mean(found, 4) - mean(TRUTH, 4);
    assertThat(found[4] - shift).isCloseTo(numbers[0], within(1e-6));
    assertThat(found[5]).isCloseTo(numbers[1], within(1e-6));
    assertThat(found[6]).isCloseTo(numbers[2], within(1e-6));
  }

  @Test
  void ratingsGiveTheirMeans() {
    Table<Rated> table = new Table<>(new GaussianRating(0), 2);
    double[][] said = {{1, 2, 4}, {-1, 0, 3}};
    double squares = 0;
    double[] means = {7 / 3.0, 2 / 3.0};
    for (int i = 0; i < 2; i++) {
      for (double rating : said[i]) {
        table.add(1, new Rated(0, rating), i);
        squares += (rating - means[i]) * (rating - means[i]);
      }
    }

    double[] found = table.fit();

    assertThat(Arrays.copyOf(found, 2)).containsExactly(means, within(1e-6));
    assertThat(Math.exp(found[2])).isCloseTo(Math.sqrt(squares / 6), within(1e-6));
  }

  @Test
  void classesGiveBackScoresAndBias() {
    Table<Integer> table = new Table<>(new ClassLabels(2), 4);
    table.at(new double[] {.4});
    for (int i = 0; i < 4; i++) {
      table.expect(0, i);
      table.expect(1, i);
    }

    double[] found = table.fit();

    assertThat(centred(found, 4)).containsExactly(centred(TRUTH, 4), within(1e-6));
    // sigmoid(r - b): what is fixed is r - b
    assertThat(found[0] - found[4]).isCloseTo(TRUTH[0] - .4, within(1e-6));
  }

  /** All that can be said counted, demonstrations are a choice among it. */
  @Test
  void demonstrationsMatchTheWorkedExample() {
    double[][] features = {{1, 0}, {0, 1}, {1, 1}};
    double[] theta = {.5, -.2};
    double[] scores = new double[3];
    for (int i = 0; i < 3; i++) {
      scores[i] = features[i][0] * theta[0] + features[i][1] * theta[1];
    }
    PlackettLuce choice = new PlackettLuce(3, 1);
    Gradient gradient = Gradient.zeros(3, 0);
    double loss = 0;
    for (int shown : new int[] {0, 2}) {
      loss += choice.loss(List.of(shown), scores, new double[0], gradient) / 2;
    }

    assertThat(loss).isCloseTo(Vectors.number("2.maxent", "nll"), within(1e-9));
    for (int f = 0; f < 2; f++) {
      double slope = 0;
      for (int i = 0; i < 3; i++) {
        slope -= gradient.scores()[i] * features[i][f] / 2;
      }
      assertThat(slope).isCloseTo(Vectors.list("2.maxent", "grad_loglik")[f], within(1e-9));
    }
  }

  private static double mean(double[] scores, int n) {
    return Arrays.stream(scores, 0, n).average().orElseThrow();
  }

  private static double[] centred(double[] scores, int n) {
    double mean = mean(scores, n);
    return Arrays.stream(scores, 0, n).map(score -> score - mean).toArray();
  }

  private static double[] numbers(double[] found) {
    return Arrays.copyOfRange(found, 4, found.length);
  }

  /** Weighted feedback on items whose scores are the first variables; numbers follow. */
  private static final class Table<F> implements TrustRegion.Surface {
    private static final double STEP = 1e-5;

    private final Likelihood<F> likelihood;
    private final int items;
    private final List<Entry<F>> entries = new ArrayList<>();
    private double[] truth;
    private double[] last = new double[0];

    private record Entry<F>(double weight, F feedback, int[] about) {}

    Table(Likelihood<F> likelihood, int items) {
      this.likelihood = likelihood;
      this.items = items;
      this.truth = Arrays.copyOf(TRUTH, items);
    }

    /** The numbers under which feedback is expected. */
    void at(double... numbers) {
      truth = Arrays.copyOf(TRUTH, items + numbers.length);
      System.arraycopy(numbers, 0, truth, items, numbers.length);
    }

    void add(double weight, F feedback, int... about) {
      if (weight > 0) {
        entries.add(new Entry<>(weight, feedback, about));
      }
    }

    /** Adds feedback as often as it is to be expected. */
    void expect(F feedback, int... about) {
      Entry<F> one = new Entry<>(1, feedback, about);
      add(Math.exp(-loss(one, truth, new double[truth.length])), feedback, about);
    }

    double[] fit() {
      double[] start = new double[items + likelihood.start().length];
      System.arraycopy(likelihood.start(), 0, start, items, likelihood.start().length);
      TrustRegion.Minimum found = TrustRegion.of(this, start, 500, 1e-9);
      for (int i = 1; i < found.values().size(); i++) {
        assertThat(found.values().get(i)).isLessThanOrEqualTo(found.values().get(i - 1) + 1e-9);
      }
      return found.point();
    }

    private double loss(Entry<F> entry, double[] point, double[] slopes) {
      double[] scores = new double[entry.about().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = point[entry.about()[i]];
      }
      double[] numbers = Arrays.copyOfRange(point, items, point.length);
      Gradient gradient = Gradient.zeros(scores.length, numbers.length);
      double loss = likelihood.loss(entry.feedback(), scores, numbers, gradient);
      for (int i = 0; i < scores.length; i++) {
        slopes[entry.about()[i]] += entry.weight() * gradient.scores()[i];
      }
      for (int i = 0; i < numbers.length; i++) {
        slopes[items + i] += entry.weight() * gradient.numbers()[i];
      }
      return entry.weight() * loss;
    }

    @Override
    public double[] scale() {
      double[] scale = new double[items + likelihood.start().length];
      Arrays.fill(scale, 1);
      return scale;
    }

    @Override
    public double at(double[] point, double[] slopes) {
      last = point.clone();
      return value(point, slopes);
    }

    private double value(double[] point, double[] slopes) {
      Arrays.fill(slopes, 0);
      double sum = 0;
      for (Entry<F> entry : entries) {
        sum += loss(entry, point, slopes);
      }
      return sum;
    }

    /** By differences of the slopes. */
    @Override
    public void curve(double[] direction, double[] product) {
      double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
      double step = STEP / Math.max(1e-12, length);
      double[] up = last.clone();
      double[] down = last.clone();
      for (int i = 0; i < up.length; i++) {
        up[i] += step * direction[i];
        down[i] -= step * direction[i];
      }
      double[] above = new double[up.length];
      value(up, above);
      value(down, product);
      for (int i = 0; i < product.length; i++) {
        product[i] = (above[i] - product[i]) / (2 * step);
      }
    }
  }
}

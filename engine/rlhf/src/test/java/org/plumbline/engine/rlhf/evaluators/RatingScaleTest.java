// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Ratings;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.values.Feature;

class RatingScaleTest {
  private static final int N = 100_000;
  private static final Feature NOTHING = (prompt, answer) -> 0;

  @Test
  void aRatingIsItsFormula() {
    RatingScale scale = RatingScale.of(new Ratings(1.5, -0.2, 0.3, 0.25));

    // -0.2 + 1.5 * 2 + 0.3 * 0.5
    assertThat(scale.first(2, 0.5)).isCloseTo(2.95, within(1e-12));
    // -0.2 + 1.5 * 1 + 0.25 * (2.95 + 0.2) - 0.3
    assertThat(scale.next(1, 2.95, -1)).isCloseTo(1.7875, within(1e-12));
  }

  @Test
  void withoutADeclarationARatingIsTheWorth() {
    RatingScale plain = RatingScale.of(null);

    assertThat(plain.first(0.7, 3)).isEqualTo(0.7);
    assertThat(plain.next(0.7, 100, 3)).isEqualTo(0.7);
  }

  @Test
  void contrastAndAssimilationPullApartFromTheOffset() {
    RatingScale contrast = new RatingScale(1, 5, 0, -0.5);
    RatingScale assimilation = new RatingScale(1, 5, 0, 0.5);

    assertThat(contrast.next(0, 9, 0)).isEqualTo(3);
    assertThat(assimilation.next(0, 9, 0)).isEqualTo(7);
    assertThat(contrast.next(0, 5, 0)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.6, 0, 0.4, 0.8})
  void ratingsSettleWhereTheirClosedFormSays(double alpha) {
    double gain = 1.4;
    double offset = 2;
    double noise = 0.5;
    double m = 0.3;
    double deviation = 0.9;
    RatingScale scale = new RatingScale(gain, offset, noise, alpha);
    Person person = new Person("a-1", "a", Behaviour.of(NOTHING, 1), 7, 0);
    RandomStream worths = RandomStream.of(3, RandomPurpose.ENVIRONMENT, 0);
    double mean = offset + gain * m / (1 - alpha);
    double variance = (gain * gain * deviation * deviation + noise * noise) / (1 - alpha * alpha);

    double sum = 0;
    double squares = 0;
    double products = 0;
    double before = mean;
    for (int t = 0; t < N; t++) {
      double worth = m + deviation * worths.normal(t);
      double rating = scale.next(worth, before, RatingScale.z(1, t, person));
      sum += rating;
      squares += (rating - mean) * (rating - mean);
      products += (rating - mean) * (before - mean);
      before = rating;
    }

    // Standard errors of an autoregression of order 1 (Bartlett 1946).
    double ofMean = Math.sqrt(variance * (1 + alpha) / (1 - alpha) / N);
    double ofVariance = variance * Math.sqrt(2 * (1 + alpha * alpha) / (1 - alpha * alpha) / N);
    assertThat(sum / N).isCloseTo(mean, within(4 * ofMean));
    assertThat(squares / N).isCloseTo(variance, within(4 * ofVariance));
    assertThat(products / squares).isCloseTo(alpha, within(4 * Math.sqrt((1 - alpha * alpha) / N)));
  }

  @Test
  void theNoiseOfARatingDependsOnSeedItemAndPersonOnly() {
    Person one = new Person("a-1", "a", Behaviour.of(NOTHING, 1), 7, 0);
    Person other = new Person("a-2", "a", Behaviour.of(NOTHING, 1), 8, 0);

    assertThat(RatingScale.z(1, 5, one)).isEqualTo(RatingScale.z(1, 5, one));
    assertThat(RatingScale.z(1, 5, one)).isNotEqualTo(RatingScale.z(1, 5, other));
    assertThat(RatingScale.z(1, 5, one)).isNotEqualTo(RatingScale.z(1, 6, one));
    assertThat(RatingScale.z(1, 5, one)).isNotEqualTo(RatingScale.z(2, 5, one));
  }
}

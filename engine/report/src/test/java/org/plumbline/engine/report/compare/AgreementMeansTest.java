// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.Interval;

class AgreementMeansTest {

  @Test
  void seedsThatDifferWidenTheInterval() {
    Interval mean =
        of("alpha", around(.2, .0196), around(.4, .0196), around(.6, .0196)).get(0).value();

    // t of 2 degrees of freedom times sqrt(B - (9/16) W), and F = max(1.96, 3/4 · 3/4 · t) of W:
    // B = .04 / 3, W = .01² / 3
    double t = 4.30265272991;
    double f = .75 * .75 * t;
    double half = StrictMath.sqrt(t * t * (.04 / 3 - 9 / 16.0 * 1e-4 / 3) + f * f * 1e-4 / 3);
    assertThat(mean.value()).isCloseTo(.4, within(1e-12));
    assertThat(end(mean.low())).isCloseTo(.4 - half, within(1e-6));
    assertThat(end(mean.high())).isCloseTo(.4 + half, within(1e-6));
  }

  @Test
  void noneIsAboveOneAndSharesStayShares() {
    Interval alpha = of("alpha", around(.9, .05), around(.6, .05)).get(0).value();
    Interval share = of("percent", around(.97, .02), around(.7, .02)).get(0).value();

    assertThat(alpha.high()).isEqualTo(1);
    assertThat(end(share.low())).isBetween(0.0, .97);
    assertThat(end(share.high())).isBetween(.835, 1.0);
  }

  @Test
  void oneSeedKeepsItsOwn() {
    assertThat(of("alpha", around(.4, .1)).get(0).value()).isEqualTo(around(.4, .1));
  }

  private static double end(@Nullable Double end) {
    return Objects.requireNonNull(end);
  }

  private static Interval around(double value, double half) {
    return new Interval(value, value - half, value + half);
  }

  private static List<FeedbackTable.Statistic> of(String name, Interval... seeds) {
    List<FeedbackSummary> summaries = new ArrayList<>();
    for (Interval seed : seeds) {
      ValueWithInterval value = new ValueWithInterval(seed.value(), seed.low(), seed.high());
      summaries.add(
          new FeedbackSummary(
              10,
              10,
              1,
              0,
              0,
              0,
              0,
              null,
              null,
              null,
              List.of(),
              10,
              Map.of(name, value),
              null,
              null,
              null));
    }
    return AgreementMeans.of(summaries);
  }
}

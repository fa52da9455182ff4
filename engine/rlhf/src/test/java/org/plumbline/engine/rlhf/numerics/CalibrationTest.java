package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class CalibrationTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final double[] PREDICTED = {.55, .62, .71, .78, .83, .91, .95, .58, .67, .88};
  private static final double[] HAPPENED = {1, 0, 1, 1, 0, 1, 1, 1, 0, 1};

  @Test
  void calibrationMatchesTheWorkedExample() {
    Calibration ten = Calibration.of(PREDICTED, HAPPENED, 10);
    Calibration five = Calibration.of(PREDICTED, HAPPENED, 5);

    assertThat(ten.ece()).isCloseTo(Vectors.number("3.calib", "ece10"), CLOSE);
    assertThat(five.ece()).isCloseTo(Vectors.number("3.calib", "ece5"), CLOSE);
    assertThat(ten.brier()).isCloseTo(Vectors.number("3.calib", "brier"), CLOSE);
    assertThat(ten.logLoss()).isCloseTo(Vectors.number("3.calib", "nll"), CLOSE);
  }

  @Test
  void wilsonIntervalMatchesTheWorkedExamples() {
    assertThat(interval(Proportion.of(37, 50)))
        .containsExactly(Vectors.list("5.wilson", "37/50"), CLOSE);
    assertThat(interval(Proportion.of(0, 10)))
        .containsExactly(Vectors.list("5.wilson", "0/10"), CLOSE);
    assertThat(interval(Proportion.of(10, 10)))
        .containsExactly(Vectors.list("5.wilson", "10/10"), CLOSE);
  }

  @Test
  void softLabelsCountInProportion() {
    Calibration half = Calibration.of(new double[] {.5}, new double[] {.5}, 10);

    assertThat(half.ece()).isZero();
    assertThat(half.logLoss()).isCloseTo(StrictMath.log(2), CLOSE);
  }

  private static double[] interval(Proportion share) {
    return new double[] {share.low(), share.high()};
  }
}

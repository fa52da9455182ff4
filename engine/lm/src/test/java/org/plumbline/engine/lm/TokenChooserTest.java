package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.internal.TorchTensor;

class TokenChooserTest {

  private static final Offset<Double> CLOSE = within(1e-6);

  /** Probabilities of logits log(8), log(4), log(2), log(2) are 1/2, 1/4, 1/8, 1/8. */
  private static double[] probabilities(SamplingSettings settings) {
    float[] logits = {0.6931472f, 2.0794415f, 0.6931472f, 1.3862944f};
    TokenChooser chooser = new TokenChooser(settings);
    double[] result = new double[4];
    try (Scope scope = Scope.open()) {
      float[] numbers = chooser.read(TorchTensor.floats(logits, 1, 4));
      TokenChooser.Distribution distribution = chooser.distribution(numbers, 0, 4);
      for (int i = 0; i < 4; i++) {
        result[i] = Math.exp(distribution.logProb(i));
      }
    }
    return result;
  }

  @Test
  void plainSamplingKeepsTheModelsDistribution() {
    assertThat(probabilities(new SamplingSettings(1, 1, 0, 1)))
        .containsExactly(new double[] {1 / 8.0, 1 / 2.0, 1 / 8.0, 1 / 4.0}, CLOSE);
  }

  @Test
  void temperatureSharpens() {
    // squared weights 4, 64, 4, 16 of 88
    assertThat(probabilities(new SamplingSettings(1, 0.5, 0, 1)))
        .containsExactly(new double[] {4 / 88.0, 64 / 88.0, 4 / 88.0, 16 / 88.0}, CLOSE);
  }

  @Test
  void topKKeepsTies() {
    assertThat(probabilities(new SamplingSettings(1, 1, 2, 1)))
        .containsExactly(new double[] {0, 2 / 3.0, 0, 1 / 3.0}, CLOSE);
    assertThat(probabilities(new SamplingSettings(1, 1, 3, 1)))
        .containsExactly(new double[] {1 / 8.0, 1 / 2.0, 1 / 8.0, 1 / 4.0}, CLOSE);
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesIt() {
    assertThat(probabilities(new SamplingSettings(1, 1, 0, 0.4)))
        .containsExactly(new double[] {0, 1, 0, 0}, CLOSE);
    assertThat(probabilities(new SamplingSettings(1, 1, 0, 0.6)))
        .containsExactly(new double[] {0, 2 / 3.0, 0, 1 / 3.0}, CLOSE);
  }

  @Test
  void topPSeesWhatTopKLeft() {
    // of 2/3 and 1/3, the first reaches 0.6
    assertThat(probabilities(new SamplingSettings(1, 1, 2, 0.6)))
        .containsExactly(new double[] {0, 1, 0, 0}, CLOSE);
  }

  @Test
  void parametersThatAreNotFiniteAreReported() {
    TokenChooser chooser = new TokenChooser(SamplingSettings.of(1));

    assertThatThrownBy(() -> chooser.distribution(new float[] {Float.NaN, Float.NaN}, 0, 2))
        .isInstanceOf(NonFiniteException.class);
  }
}

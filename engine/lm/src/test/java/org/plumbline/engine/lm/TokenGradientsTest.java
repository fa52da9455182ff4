// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class TokenGradientsTest {
  private static final String POSITIONS = "transformer.wpe.weight";
  private static final Sequence ROW = new Sequence(new int[] {3, 1, 4, 2, 5, 9, 6}, 5);

  private static double meanLogProb(LanguageModel model, Sequence row) {
    try (TensorScope scope = TensorScope.open()) {
      return -model.meanLoss(Batch.of(List.of(row))).item();
    }
  }

  /** The mean log-probability after one row of a table has moved by h times another's row. */
  private static double moved(
      LanguageModel model, Sequence row, String table, int entry, double h, float[] along) {
    Tensor parameter = model.parameters().get(table);
    float[] before;
    try (TensorScope scope = TensorScope.open()) {
      before = parameter.toFloatArray();
      float[] after = before.clone();
      for (int i = 0; i < along.length; i++) {
        after[entry * along.length + i] += (float) (h * along[i]);
      }
      parameter.torch().assign(Tensor.of(after, parameter.shape()).torch());
      model.parameters().changed();
    }
    double value = meanLogProb(model, row);
    try (TensorScope scope = TensorScope.open()) {
      parameter.torch().assign(Tensor.of(before, parameter.shape()).torch());
      model.parameters().changed();
    }
    return value;
  }

  /** By differences over two distances, which together have no error of third order. */
  private static double slope(
      LanguageModel model, String table, int entry, double most, float[] along) {
    double[] slopes = new double[2];
    for (int i = 0; i < 2; i++) {
      double h = most / (1 + i);
      double up = moved(model, ROW, table, entry, h, along);
      slopes[i] = (up - moved(model, ROW, table, entry, -h, along)) / (2 * h);
    }
    return (4 * slopes[1] - slopes[0]) / 3;
  }

  private static float[] vector(LanguageModel model, int token) {
    try (TensorScope scope = TensorScope.open()) {
      String name = model.architecture().tokenEmbedding();
      return model.parameters().get(name).narrow(0, token, 1).toFloatArray();
    }
  }

  @Test
  void areDifferencesOfTheLogProbabilityInGpt2() {
    try (LanguageModel model = TestModels.tiny(7)) {
      float[][] gradients = model.tokenGradients(ROW, 1, 4);

      assertThat(gradients).hasNumberOfRows(3);
      for (int t = 1; t < 4; t++) {
        for (int token = 0; token < model.config().vocabularySize(); token++) {
          // what is added to a position's vector is added to what its token is embedded as
          float[] along = vector(model, token);
          double slope = slope(model, POSITIONS, t, 0.1, along);
          assertThat((double) gradients[t - 1][token]).isCloseTo(slope, within(5e-5));
        }
      }
    }
  }

  @Test
  void areDifferencesOfTheLogProbabilityInLlama() {
    try (LanguageModel model = TestModels.tinyLlama(7)) {
      float[][] gradients = model.tokenGradients(ROW, 0, 5);

      for (int t = 0; t < 5; t++) {
        for (int token = 0; token < model.config().vocabularySize(); token++) {
          // each token stands once in the row, and the output has a table of its own
          float[] along = vector(model, token);
          String table = model.architecture().tokenEmbedding();
          double slope = slope(model, table, ROW.id(t), 0.02, along);
          assertThat((double) gradients[t][token]).isCloseTo(slope, within(4e-4));
        }
      }
    }
  }

  @Test
  void theSlopeOfATokenThatStandsThereIsNoChange() {
    try (LanguageModel model = TestModels.tiny(7)) {
      float[] at = model.tokenGradients(ROW, 2, 3)[0];
      double now = meanLogProb(model, ROW);
      double agreed = 0;
      int others = 0;

      for (int token = 1; token < model.config().vocabularySize(); token++) {
        if (token != ROW.id(2)) {
          int[] ids = ROW.ids().clone();
          ids[2] = token;
          double change = meanLogProb(model, new Sequence(ids, 5)) - now;
          agreed += Math.signum(change) == Math.signum(at[token] - at[ROW.id(2)]) ? 1 : 0;
          others++;
        }
      }

      assertThat(agreed / others).isGreaterThan(0.6);
    }
  }

  @Test
  void withAnAdapterTheyAreThoseOfTheMergedModel() {
    LoraSettings lora = LoraSettings.of(2, 4);
    try (LanguageModel plain = TestModels.tiny(7);
        LanguageModel adapted = plain.copy().withAdapter(lora, 3);
        LanguageModel half = plain.copy().withPrecision(Precision.BFLOAT16)) {
      float[][] expected = plain.tokenGradients(ROW, 0, 5);

      assertThat(adapted.tokenGradients(ROW, 0, 5)).isDeepEqualTo(expected);
      float[][] rough = half.tokenGradients(ROW, 0, 5);
      for (int t = 0; t < 5; t++) {
        for (int token = 0; token < expected[t].length; token++) {
          assertThat(rough[t][token]).isCloseTo(expected[t][token], within(5e-3f));
        }
      }
    }
  }

  @Test
  void parametersGetNoGradients() {
    try (LanguageModel model = TestModels.tiny(7);
        TensorScope scope = TensorScope.open()) {
      model.tokenGradients(ROW, 0, 5);

      for (Map.Entry<String, Tensor> parameter : model.parameters().asMap().entrySet()) {
        float[] gradient = parameter.getValue().torch().gradient().toFloats();
        for (float one : gradient) {
          assertThat(one).as(parameter.getKey()).isZero();
        }
      }
    }
  }

  @Test
  void onlyTokensBeforeTheCompletionHaveThem() {
    try (LanguageModel model = TestModels.tiny(7)) {
      assertThatThrownBy(() -> model.tokenGradients(ROW, 3, 6))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

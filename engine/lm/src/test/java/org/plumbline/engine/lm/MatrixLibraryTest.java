// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.internal.MatrixLibrary;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class MatrixLibraryTest {

  /** 16 and 48 rows go to the library, 7 rows to libtorch's own map. */
  @ParameterizedTest
  @CsvSource({"16, 24, 40", "48, 64, 11", "48, 64, 1", "7, 24, 40"})
  void bothLibrariesGiveTheSameProductsAndGradients(int rows, int in, int out) {
    Result blas = result(MatrixLibrary.BLAS, rows, in, out);
    Result oneDnn = result(MatrixLibrary.ONE_DNN, rows, in, out);

    assertThat(oneDnn.recorded()).containsExactly(blas.recorded(), within(1e-5f));
    assertThat(oneDnn.unrecorded()).containsExactly(blas.unrecorded(), within(1e-5f));
    assertThat(oneDnn.ofRows()).containsExactly(blas.ofRows(), within(1e-4f));
    assertThat(oneDnn.ofWeight()).containsExactly(blas.ofWeight(), within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource({"32", "160", "1024"})
  void aRowDoesNotDependOnTheOthers(int rows) {
    try (TensorScope scope = TensorScope.open()) {
      TorchTensor weight = numbers(2, 40, 24);
      float[] few = logits(MatrixLibrary.ONE_DNN, numbers(1, 16, 24), weight);
      float[] many = logits(MatrixLibrary.ONE_DNN, numbers(1, rows, 24), weight);

      assertThat(many).startsWith(few);
    }
  }

  private record Result(float[] recorded, float[] unrecorded, float[] ofRows, float[] ofWeight) {}

  private static Result result(MatrixLibrary library, int rows, int in, int out) {
    try (TensorScope scope = TensorScope.open()) {
      TorchTensor x = numbers(1, rows, in);
      TorchTensor weight = numbers(2, out, in);
      float[] unrecorded = logits(library, x, weight);
      x.requireGradient();
      weight.requireGradient();
      float[][] recorded = new float[1][];
      TestModels.backward(
          () -> {
            TorchTensor product = call(library, x, weight);
            recorded[0] = product.toFloats();
            return new Tensor(product.square().sum());
          });
      return new Result(
          recorded[0], unrecorded, x.gradient().toFloats(), weight.gradient().toFloats());
    }
  }

  private static float[] logits(MatrixLibrary library, TorchTensor x, TorchTensor weight) {
    return call(library, x, weight).toFloats();
  }

  private static TorchTensor call(MatrixLibrary library, TorchTensor x, TorchTensor weight) {
    return Script.load(LanguageModel.class, "heads.torchscript", "Heads", library)
        .call("logits")
        .tensor(x)
        .tensor(weight)
        .toTensor();
  }

  private static TorchTensor numbers(int seed, int rows, int columns) {
    float[] values = new float[rows * columns];
    RandomStream stream = RandomStream.of(seed, RandomPurpose.ENVIRONMENT, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) stream.normal(i) / 4;
    }
    return TorchTensor.floats(values, rows, columns);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.lm.Parameters;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.internal.TorchTensor;

class TensorTest {

  private static final Offset<Float> CLOSE = within(1e-5f);

  private TensorScope scope = TensorScope.open();

  @BeforeEach
  void open() {
    scope.close();
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor row(float... values) {
    return Tensor.of(values);
  }

  @Test
  void arithmeticWorksElementByElement() {
    Tensor x = row(1, 2, 4);
    Tensor y = row(2, 2, 0.5f);

    assertThat(x.add(y).toFloatArray()).containsExactly(3, 4, 4.5f);
    assertThat(x.sub(y).toFloatArray()).containsExactly(-1, 0, 3.5f);
    assertThat(x.mul(y).toFloatArray()).containsExactly(2, 4, 2);
    assertThat(x.div(y).toFloatArray()).containsExactly(0.5f, 1, 8);
    assertThat(x.add(1).sub(2).mul(3).div(2).toFloatArray()).containsExactly(0, 1.5f, 4.5f);
    assertThat(x.neg().abs().square().sqrt().toFloatArray()).containsExactly(1, 2, 4);
    assertThat(x.minimum(y).toFloatArray()).containsExactly(1, 2, 0.5f);
    assertThat(x.maximum(y).toFloatArray()).containsExactly(2, 2, 4);
    assertThat(x.clamp(1.5f, 3).toFloatArray()).containsExactly(1.5f, 2, 3);
  }

  @Test
  void logSigmoidAndSoftplusAreExactFarOut() {
    Tensor x = row(-40, -2, 0.3f, 40);

    float[] logSigmoid = x.logSigmoid().toFloatArray();
    assertThat(logSigmoid[0]).isEqualTo(-40f);
    assertThat(logSigmoid[1]).isCloseTo(-2.12692801104f, CLOSE);
    assertThat(logSigmoid[2]).isCloseTo(-0.554355244469f, CLOSE);
    assertThat(logSigmoid[3]).isCloseTo(-4.24835e-18f, within(1e-22f));
    assertThat(x.softplus().toFloatArray()[0]).isCloseTo(4.24835e-18f, within(1e-22f));
    assertThat(x.softplus().toFloatArray()[3]).isEqualTo(40f);
    assertThat(x.sigmoid().log().toFloatArray()[1]).isCloseTo(-2.12692801104f, CLOSE);
  }

  @Test
  void reductionsRunOverAllOrOneAxis() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    assertThat(x.sum().item()).isEqualTo(21);
    assertThat(x.sum(1).toFloatArray()).containsExactly(6, 15);
    assertThat(x.sum(0).toFloatArray()).containsExactly(5, 7, 9);
    assertThat(x.mean().item()).isEqualTo(3.5f);
    assertThat(x.mean(-1).toFloatArray()).containsExactly(2, 5);
    assertThat(x.max().item()).isEqualTo(6);
    assertThat(x.min().item()).isEqualTo(1);
    assertThat(x.argMax(1).toLongArray()).containsExactly(2, 2);
  }

  @Test
  void masksSelectWhatIsCounted() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor mask = x.greater(2.5f);

    assertThat(mask.toFloatArray()).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(x.maskedSum(mask).item()).isEqualTo(18);
    assertThat(x.maskedMean(mask).item()).isEqualTo(4.5f);
    assertThat(x.maskedMean(mask, 1).toFloatArray()).containsExactly(3, 5);
    assertThat(x.less(Tensor.scalar(2)).toFloatArray()).containsExactly(1, 0, 0, 0, 0, 0);
    assertThat(x.atLeast(Tensor.scalar(6)).toFloatArray()).containsExactly(0, 0, 0, 0, 0, 1);
    assertThat(x.equalTo(4).sum().item()).isEqualTo(1);
    Tensor nan = Tensor.zeros(2, 3).div(Tensor.zeros(2, 3));
    assertThat(Tensor.where(mask, x, nan).maskedSum(Tensor.ones(2, 3)).item()).isNaN();
    assertThat(Tensor.where(mask, x, Tensor.zeros(2, 3)).sum().item()).isEqualTo(18);
  }

  @Test
  void shapesChangeAndPartsAreSelected() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    assertThat(x.reshape(3, -1).shape()).containsExactly(3, 2);
    assertThat(x.narrow(1, 1, 2).toFloatArray()).containsExactly(2, 3, 5, 6);
    Tensor index = Tensor.of(new long[] {2, 0}, 2, 1);
    assertThat(x.gather(index, 1).toFloatArray()).containsExactly(3, 4);
    assertThat(x.select(0, Tensor.of(new long[] {1, 1})).toFloatArray())
        .containsExactly(4, 5, 6, 4, 5, 6);
    assertThat(Tensor.concat(List.of(x, x), 0).shape()).containsExactly(4, 3);
    assertThat(Tensor.stack(List.of(x, x), 0).shape()).containsExactly(2, 2, 3);
    assertThat(x.size(-1)).isEqualTo(3);
  }

  @Test
  void softmaxIsNormalisedAndStable() {
    Tensor x = row(1000, 1000.5f, 999);

    assertThat(x.softmax(0).sum().item()).isCloseTo(1, CLOSE);
    // lse(1000, 1000.5, 999) = 1001.10413060534
    assertThat(x.logSoftmax(0).toFloatArray()[0]).isCloseTo(-1.10413060534f, within(1e-4f));
  }

  static List<UnaryOperator<Tensor>> differentiable() {
    return List.of(
        x -> x.mul(3).add(1).div(4).sub(2).square(),
        x -> x.mul(x).div(x.add(5)),
        x -> x.exp(),
        x -> x.add(3).log(),
        x -> x.add(3).sqrt(),
        Tensor::sigmoid,
        Tensor::logSigmoid,
        Tensor::softplus,
        x -> x.clamp(-0.4f, 0.6f),
        x -> x.minimum(Tensor.scalar(0.3)).maximum(Tensor.scalar(-1)),
        x -> x.neg().abs(),
        x -> x.reshape(2, 2).logSoftmax(1).gather(Tensor.of(new long[] {1, 0}, 2, 1), 1),
        x -> x.reshape(2, 2).softmax(0).square(),
        x -> x.reshape(2, 2).mean(1).square(),
        x -> x.narrow(0, 1, 2).mul(7),
        x -> x.select(0, Tensor.of(new long[] {3, 3, 0})).square(),
        x -> Tensor.concat(List.of(x, x.square()), 0),
        x -> Tensor.stack(List.of(x, x.exp()), 1),
        x -> Tensor.where(x.greater(0), x.square(), x.mul(5)),
        x -> x.maskedMean(x.greater(0)));
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void gradientsMatchFiniteDifferences(UnaryOperator<Tensor> function) {
    float[] at = {0.7f, -1.2f, 0.1f, -0.3f};
    Parameters parameters = new Parameters(List.of(), name -> false);
    parameters.add("x", Tensor.of(at));
    Tensor x = parameters.get("x");

    TestModels.backward(() -> function.apply(x).sum());

    float[] gradient = x.torch().gradient().toFloats();
    for (int i = 0; i < at.length; i++) {
      float h = 1e-2f;
      float[] up = at.clone();
      float[] down = at.clone();
      up[i] += h;
      down[i] -= h;
      float slope =
          (function.apply(Tensor.of(up)).sum().item()
                  - function.apply(Tensor.of(down)).sum().item())
              / (2 * h);
      assertThat(gradient[i]).isCloseTo(slope, within(3e-3f));
    }
    parameters.free();
  }

  @Test
  void stopGradientCutsTheGraph() {
    Parameters parameters = new Parameters(List.of(), name -> false);
    parameters.add("x", row(3));
    Tensor x = parameters.get("x");

    TestModels.backward(() -> x.mul(x.stopGradient()).sum());

    assertThat(x.torch().gradient().toFloats()).containsExactly(3);
    parameters.free();
  }

  @Test
  void constantsInAGraphSurviveGarbageCollection() {
    Parameters parameters = new Parameters(List.of(), name -> false);
    parameters.add("x", Tensor.ones(64));
    Tensor x = parameters.get("x");
    for (int attempt = 0; attempt < 20; attempt++) {
      TorchTensor.recordGradients(true);
      Tensor loss = x.mul(0.25f).div(2f).clamp(-9, 9).sum();
      TorchTensor.recordGradients(false);
      List<byte[]> churn = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        churn.add(new byte[1 << 16]);
      }
      System.gc();
      assertThat(churn).hasSize(50);

      loss.torch().backward();

      TorchTensor gradient = x.torch().gradient();
      assertThat(gradient.toFloats()).containsOnly(0.125f);
      gradient.assign(TorchTensor.full(0f, 64));
    }
    parameters.free();
  }

  @Test
  void everythingMadeInAScopeIsFreedWithIt() {
    Parameters parameters = new Parameters(List.of(), name -> false);
    parameters.add("x", Tensor.ones(8));
    int before = TorchRuntime.start().liveTensors();

    try (TensorScope inner = TensorScope.open()) {
      Tensor x = parameters.get("x");
      x.square().sum().add(x.mul(2)).exp();
    }

    assertThat(TorchRuntime.start().liveTensors()).isEqualTo(before);
    parameters.free();
  }

  @Test
  void aReleasedTensorLivesInTheEnclosingScope() {
    Tensor kept;
    try (TensorScope inner = TensorScope.open()) {
      kept = inner.release(row(1, 2).add(1));
    }

    assertThat(kept.toFloatArray()).containsExactly(2, 3);
  }

  @Test
  void tensorsNeedAScope() {
    scope.close();

    assertThatThrownBy(() -> Tensor.of(new float[] {1})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void gradientsAreOffInEveryThread() throws InterruptedException {
    AtomicBoolean records = new AtomicBoolean(true);
    Thread thread =
        new Thread(
            () -> {
              try (TensorScope own = TensorScope.open()) {
                records.set(TorchTensor.recordsGradients());
              }
            });

    thread.start();
    thread.join();

    assertThat(records).isFalse();
  }
}

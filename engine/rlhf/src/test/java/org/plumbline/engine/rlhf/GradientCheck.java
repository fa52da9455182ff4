// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Compares the gradient that training uses with differences of the loss. */
public final class GradientCheck {
  /** With an epsilon this large, AdamW's first step is the gradient times rate / epsilon. */
  private static final double LARGE = 1e4;

  private final Path folder;
  private final Function<LanguageModel, Tensor> loss;

  public GradientCheck(Path folder, Function<LanguageModel, Tensor> loss) {
    this.folder = folder;
    this.loss = loss;
  }

  /**
   * The slope of the loss along a random direction: by the gradient, and by differences.
   *
   * @param analytic the gradient times the direction
   * @param numeric (L(p + h d) - L(p - h d)) / 2h
   */
  public record Slope(double analytic, double numeric) {}

  /** Both slopes at a model's parameters; the model itself is left as it is. */
  public Slope at(LanguageModel model, double h) {
    Map<String, float[]> before = values(model);
    Map<String, float[]> direction = new LinkedHashMap<>();
    before.forEach((name, values) -> direction.put(name, random(name, values.length)));
    double analytic = 0;
    try (LanguageModel moved = model.copy();
        AdamW optimizer =
            new AdamW(
                moved.parameters(),
                new AdamW.Settings(.9, .999, LARGE, 0, Double.POSITIVE_INFINITY))) {
      optimizer.step(LARGE, () -> loss.apply(moved));
      for (Map.Entry<String, float[]> entry : values(moved).entrySet()) {
        float[] old = Objects.requireNonNull(before.get(entry.getKey()));
        float[] along = Objects.requireNonNull(direction.get(entry.getKey()));
        for (int i = 0; i < old.length; i++) {
          analytic += (old[i] - entry.getValue()[i]) * (double) along[i];
        }
      }
    }
    double numeric =
        (lossAt(model, before, direction, h) - lossAt(model, before, direction, -h)) / (2 * h);
    return new Slope(analytic, numeric);
  }

  private double lossAt(
      LanguageModel model, Map<String, float[]> at, Map<String, float[]> direction, double h) {
    try (TensorScope scope = TensorScope.open()) {
      model.save(folder);
      Map<String, Tensor> moved = new LinkedHashMap<>();
      at.forEach(
          (name, values) -> {
            float[] along = Objects.requireNonNull(direction.get(name));
            float[] shifted = values.clone();
            for (int i = 0; i < shifted.length; i++) {
              shifted[i] += (float) (h * along[i]);
            }
            moved.put(name, Tensor.of(shifted, model.parameters().get(name).shape()));
          });
      Safetensors.write(folder.resolve("model.safetensors"), moved);
      try (LanguageModel there = LanguageModel.load(folder)) {
        return loss.apply(there).item();
      }
    }
  }

  private static Map<String, float[]> values(LanguageModel model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.parameters().asMap().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }

  private static float[] random(String name, int n) {
    RandomStream stream = RandomStream.of(5, RandomPurpose.BOOTSTRAP, name.hashCode());
    float[] direction = new float[n];
    for (int i = 0; i < n; i++) {
      direction[i] = (float) stream.normal(i);
    }
    return direction;
  }
}

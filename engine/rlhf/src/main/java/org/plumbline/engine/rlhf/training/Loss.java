// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * The loss of some rows, and what is logged beside it.
 *
 * @param value a scalar: the mean over the rows
 * @param logged numbers by name, in the order in which they were added
 */
public record Loss(Tensor value, Map<String, Double> logged) {

  /** The mean of the losses of single rows. */
  public static Loss mean(Tensor rows) {
    return of(rows.mean());
  }

  /** A loss that is a mean already. */
  public static Loss of(Tensor mean) {
    return new Loss(mean, new LinkedHashMap<>());
  }

  /** This times a factor, and all that is logged with it. */
  Loss times(double factor) {
    Map<String, Double> scaled = new LinkedHashMap<>();
    logged.forEach((name, number) -> scaled.put(name, factor * number));
    return new Loss(value.mul((float) factor), scaled);
  }

  /** The same, which also logs the mean of some numbers. */
  public Loss log(String name, Tensor numbers) {
    logged.put(name, (double) numbers.mean().item());
    return this;
  }
}

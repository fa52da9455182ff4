// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import org.plumbline.engine.lm.internal.NumberType;

/**
 * The number type that a model's layers compute in.
 *
 * <p>Parameters, their gradients and the optimiser's state are 32 bits wide in any case. Within a
 * layer in 16 bits, norms and softmax add up in 32 bits; heads and losses compute in 32 bits.
 */
public enum Precision {
  FLOAT32("float32", NumberType.FLOAT32),
  /** 8 bits of fraction, the range of 32-bit floats: for devices that gain from it. */
  BFLOAT16("bfloat16", NumberType.BFLOAT16);

  private final String label;
  private final NumberType type;

  Precision(String label, NumberType type) {
    this.label = label;
    this.type = type;
  }

  /** Returns the name in configurations, for example {@code bfloat16}. */
  public String label() {
    return label;
  }

  public NumberType type() {
    return type;
  }
}

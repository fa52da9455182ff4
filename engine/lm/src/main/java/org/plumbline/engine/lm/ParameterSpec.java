// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * Name, shape and initial values of one parameter of an architecture.
 *
 * @param deviation standard deviation of normal values, or the bound of uniform ones
 */
public record ParameterSpec(String name, Start start, double deviation, long... shape) {

  /** What a parameter starts as. */
  enum Start {
    ZEROS,
    ONES,
    NORMAL,
    UNIFORM
  }

  static ParameterSpec zeros(String name, long... shape) {
    return new ParameterSpec(name, Start.ZEROS, 0, shape);
  }

  static ParameterSpec ones(String name, long... shape) {
    return new ParameterSpec(name, Start.ONES, 0, shape);
  }

  static ParameterSpec normal(String name, double deviation, long... shape) {
    return new ParameterSpec(name, Start.NORMAL, deviation, shape);
  }

  /** Uniform within plus and minus a bound. */
  static ParameterSpec uniform(String name, double bound, long... shape) {
    return new ParameterSpec(name, Start.UNIFORM, bound, shape);
  }

  public int size() {
    long size = 1;
    for (long length : shape) {
      size = Math.multiplyExact(size, length);
    }
    return Math.toIntExact(size);
  }

  /** Returns the initial values for a seed; they depend on the parameter's name, not its place. */
  float[] values(long seed) {
    float[] values = new float[size()];
    switch (start) {
      case ZEROS -> {}
      case ONES -> Arrays.fill(values, 1f);
      case NORMAL -> {
        RandomStream stream = RandomStream.of(seed, RandomPurpose.INIT, name.hashCode());
        for (int i = 0; i < values.length; i += 2) {
          double[] pair = stream.normalPair(i / 2);
          values[i] = (float) (deviation * pair[0]);
          if (i + 1 < values.length) {
            values[i + 1] = (float) (deviation * pair[1]);
          }
        }
      }
      case UNIFORM -> {
        RandomStream stream = RandomStream.of(seed, RandomPurpose.INIT, name.hashCode());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * (2 * stream.uniform(i) - 1));
        }
      }
    }
    return values;
  }
}

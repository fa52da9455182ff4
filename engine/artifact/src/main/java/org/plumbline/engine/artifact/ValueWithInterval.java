// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import org.jspecify.annotations.Nullable;

/**
 * A number with its 95 % interval, if it has one.
 *
 * @param low lower end; null together with {@code high}
 */
public record ValueWithInterval(double value, @Nullable Double low, @Nullable Double high) {

  public ValueWithInterval {
    JsonRecords.finite("value", value);
    JsonRecords.finite("low", low);
    JsonRecords.finite("high", high);
    if ((low == null) != (high == null)) {
      throw new IllegalArgumentException("an interval has both ends or none: " + low + ", " + high);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** The two ends of an interval. */
public record Bounds(double low, double high) {

  /** Whether {@code x} lies inside, ends included. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }

  /** The same interval moved by {@code by}. */
  public Bounds plus(double by) {
    return new Bounds(low + by, high + by);
  }
}

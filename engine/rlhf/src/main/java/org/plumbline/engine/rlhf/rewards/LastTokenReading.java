// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import java.util.Map;

/**
 * The score of an answer at its last token.
 *
 * @param readout how the numbers that the head says there become a score
 */
record LastTokenReading(Readout readout) implements Reading {
  /** Of a head with one number. */
  static final LastTokenReading PLAIN = new LastTokenReading(Readout.FIRST);

  @Override
  public List<Integer> ends(String answer) {
    return List.of();
  }

  @Override
  public double[] rewards(double[] said) {
    return new double[] {readout.of(said)};
  }

  @Override
  public Map<String, Object> columns() {
    return readout.toMap();
  }
}

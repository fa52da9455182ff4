// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.List;

/**
 * When an estimate has been improved enough.
 *
 * @param most iterations
 * @param gain it has converged when an iteration raises the objective by no more than this per
 *     label
 */
public record Iterations(int most, double gain) {

  /** Whether the last iteration gained next to nothing. */
  boolean converged(List<Double> objective, int labels) {
    int last = objective.size() - 1;
    return last > 0 && objective.get(last) - objective.get(last - 1) <= gain * Math.max(1, labels);
  }
}

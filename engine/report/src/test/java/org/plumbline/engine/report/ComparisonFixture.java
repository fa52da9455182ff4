// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import org.plumbline.engine.report.compare.Compare;
import org.plumbline.engine.report.compare.InventedInput;
import org.plumbline.engine.report.compare.SyntheticInput;

/**
 * Comparisons of invented answers: seven recipes, three seeds, 200 prompts; the same every time.
 * The answers are drawn, everything else is computed from them, so all numbers agree.
 */
public final class ComparisonFixture {

  private ComparisonFixture() {}

  /** With everything, the run's facts included. */
  public static Comparison full() {
    return artifact().with(RunFixture.facts());
  }

  /** Without the run's facts, as stored. */
  public static Comparison artifact() {
    return Compare.of(InventedInput.full());
  }

  /** An experiment on preferences alone: no declared values, so no gold reward and no attack. */
  public static Comparison withoutValues() {
    return Compare.of(InventedInput.withoutValues());
  }

  /** As many recipes and prompts as wanted, with texts of every kind, as the report of a run. */
  public static Comparison synthetic(int recipes, int prompts) {
    Comparison comparison = Compare.of(SyntheticInput.of(recipes, prompts));
    return comparison.with(RunFixture.facts(comparison));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.Set;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.MetricGroup;
import org.plumbline.engine.statistics.Domain;

/**
 * What a metric is, without its values.
 *
 * @param fixedReference whether the reference's value is fixed by definition
 */
record Definition(
    String id,
    String title,
    String unit,
    Better better,
    MetricGroup group,
    int decimals,
    boolean fixedReference,
    String formula,
    String explanation) {

  private static final Set<String> POSITIVE =
      Set.of("kl", "entropy", "words", "effective_answers", "distinct_expected");
  private static final Set<String> SHARES = Set.of("distinct_1", "distinct_2", "cosine_diversity");

  /** Which values it can have. */
  Domain domain() {
    if (unit.equals("%") || SHARES.contains(id)) {
      return Domain.SHARE;
    }
    return POSITIVE.contains(id) ? Domain.POSITIVE : Domain.REAL;
  }

  /** Which values a difference of two recipes can have. */
  Domain differences() {
    return domain() == Domain.SHARE ? Domain.DIFFERENCE_OF_SHARES : Domain.REAL;
  }
}

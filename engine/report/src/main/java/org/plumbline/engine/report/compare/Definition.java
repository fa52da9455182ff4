package org.plumbline.engine.report.compare;

import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.MetricGroup;

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

  boolean share() {
    return unit.equals("%");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Estimate;
import org.plumbline.engine.statistics.Reach;

/** Tests the recipes of one metric against the reference, corrected for their number. */
final class Testing {

  private final Definition definition;
  private final String reference;
  private final Map<String, Measure> measures;

  Testing(Definition definition, String reference, Map<String, Measure> measures) {
    this.definition = definition;
    this.reference = reference;
    this.measures = measures;
  }

  /** What is tested: an estimate, and what it would be if the recipe were as the reference. */
  private record Asked(String recipe, Estimate estimate, Domain domain, double equal) {

    double p(Reach reach) {
      return estimate.p(reach, domain, equal);
    }

    double pOutside(@Nullable Double margin) {
      return margin == null
          ? 1
          : estimate.pOutside(Reach.RECIPE, domain, new Bounds(equal - margin, equal + margin));
    }

    Interval trained() {
      Bounds bounds = estimate.interval(Reach.POLICIES, domain);
      return new Interval(estimate.value() - equal, bounds.low() - equal, bounds.high() - equal);
    }
  }

  /** The tests by recipe; recipes whose values are counted or exact have none. */
  Map<String, Cell.Tests> against(Judging judging) {
    List<Asked> asked = asked();
    List<Cell.P> p = all(asked, a -> a.p(Reach.RECIPE));
    List<Cell.P> trained = all(asked, a -> a.p(Reach.POLICIES));
    List<Cell.P> equal = all(asked, a -> a.pOutside(judging.margin()));
    Map<String, Cell.Tests> tests = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      Interval difference = asked.get(i).trained();
      String withheld = judging.withheld().get(asked.get(i).recipe);
      tests.put(
          asked.get(i).recipe,
          new Cell.Tests(
              p.get(i),
              difference,
              trained.get(i),
              withheld == null
                  ? Verdict.of(difference.value(), trained.get(i).holm(), definition.better())
                  : Verdict.NONE,
              judging.margin(),
              judging.margin() == null ? null : equal.get(i),
              withheld));
    }
    return tests;
  }

  private static List<Cell.P> all(List<Asked> asked, ToDoubleFunction<Asked> p) {
    return Cell.P.all(asked.stream().mapToDouble(p).toArray());
  }

  private List<Asked> asked() {
    List<Asked> asked = new ArrayList<>();
    Measure base = measures.get(reference);
    measures.forEach(
        (recipe, own) -> {
          if (base != null && !recipe.equals(reference)) {
            boolean constant = constant(definition, base);
            Estimate estimate = constant ? own.estimate() : own.minus(base).estimate();
            if (estimate != null) {
              Domain domain = constant ? definition.domain() : definition.differences();
              asked.add(new Asked(recipe, estimate, domain, constant ? base.value() : 0));
            }
          }
        });
    return asked;
  }

  /** Whether the reference is a constant share, from which a share is tested on its own scale. */
  private static boolean constant(Definition d, Measure reference) {
    return d.domain() == Domain.SHARE && reference.table() == null;
  }

  /** Where the reference is a constant, the difference is the value itself, moved. */
  static Interval difference(Definition d, Measure own, Measure reference) {
    if (!constant(d, reference) && !(d.fixedReference() && reference.table() == null)) {
      return own.minus(reference).interval(d.differences());
    }
    double constant = reference.value();
    Interval value = own.interval(d.domain());
    Double low = value.low();
    Double high = value.high();
    return low == null || high == null
        ? Interval.exact(value.value() - constant)
        : new Interval(value.value() - constant, low - constant, high - constant);
  }
}

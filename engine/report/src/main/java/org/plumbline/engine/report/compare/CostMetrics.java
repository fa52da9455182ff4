// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;

/** What the recipes cost: labels, their price, training steps. Times belong to a run. */
final class CostMetrics {

  private CostMetrics() {}

  static List<Metric> all(ComparisonInput input) {
    Map<String, double[]> labels = new LinkedHashMap<>();
    Map<String, double[]> prices = new LinkedHashMap<>();
    Map<String, double[]> steps = new LinkedHashMap<>();
    for (RecipeResult result : input.recipes()) {
      int seeds = result.seeds().size();
      String name = result.recipe().name();
      double[] label = new double[seeds];
      double[] price = new double[seeds];
      for (FeedbackResult feedback : input.feedback()) {
        for (int s = 0; s < seeds && feedback.recipes().contains(name); s++) {
          label[s] += feedback.seeds().get(s).labels();
          price[s] += feedback.seeds().get(s).cost();
        }
      }
      labels.put(name, label);
      prices.put(name, price);
      double[] step = new double[seeds];
      boolean known = true;
      for (int s = 0; s < seeds; s++) {
        Long own = result.seeds().get(s).steps();
        known &= own != null;
        step[s] = own == null ? 0 : own;
      }
      if (known) {
        steps.put(name, step);
      }
    }
    Rows rows = new Rows(input);
    List<Metric> out = new ArrayList<>();
    add(out, rows.counted(Catalogue.LABELS, labels));
    add(out, rows.counted(Catalogue.LABEL_COST, prices));
    add(out, rows.counted(Catalogue.STEPS, steps));
    return out;
  }

  private static void add(List<Metric> out, @org.jspecify.annotations.Nullable Metric metric) {
    if (metric != null) {
      out.add(metric);
    }
  }
}

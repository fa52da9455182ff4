// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.MomentFit;
import org.plumbline.engine.rlhf.policygradient.AdaptiveDpg;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * The target of {@link Gdc}: what an answer's probability is multiplied with, found from samples of
 * the policy before training.
 */
final class MomentTarget implements AdaptiveDpg.Target {
  private final List<String> names;
  private final double[] wanted;
  private final Utility values;
  private boolean[] always = new boolean[0];
  private double[] before = new double[0];
  private double[] lambda = new double[0];

  private MomentTarget(Map<String, Double> moments, Utility values) {
    this.names = List.copyOf(moments.keySet());
    this.wanted = moments.values().stream().mapToDouble(moment -> moment).toArray();
    this.values = values;
  }

  /** Finds the target that settings ask for. */
  static MomentTarget of(
      StageContext context,
      ConditionedPolicySpec.Gdc settings,
      LanguageModel start,
      List<Prompt> prompts)
      throws IOException {
    MomentTarget target =
        new MomentTarget(settings.moments(), Utility.declared(context, settings.values()));
    MomentSamples samples = MomentSamples.of(context.seed(), settings, start, prompts);
    target.fit(context, samples, settings.tolerance());
    return target;
  }

  private void fit(StageContext context, MomentSamples samples, double tolerance) {
    int each = samples.each();
    List<double[]> features = samples.answers().stream().map(this::features).toList();
    before = means(features);
    always = new boolean[names.size()];
    for (int k = 0; k < always.length; k++) {
      int feature = k;
      always[k] =
          (wanted[k] == 0 || wanted[k] == 1)
              && features.stream().allMatch(one -> one[feature] == 0 || one[feature] == 1);
    }
    List<MomentFit.Group> groups = new ArrayList<>();
    int massless = 0;
    for (int first = 0; first < features.size(); first += each) {
      List<double[]> kept =
          features.subList(first, first + each).stream().filter(this::possible).toList();
      if (kept.isEmpty()) {
        massless++;
      } else {
        groups.add(MomentFit.Group.of(kept));
      }
    }
    if (groups.isEmpty()) {
      throw new StageFailure(
          "PLB0532",
          "none of %d answers of the policy is as all should be (%s): the target has no mass"
              .formatted(features.size(), asked()),
          "moments",
          "ask for a share below 1, raise `samples`, or start from a policy that answers so at"
              + " times");
    }
    if (massless > 0) {
      context.note(
          ("at %d of %d prompts none of %d answers is as all should be: they teach nothing until one"
                  + " is")
              .formatted(massless, massless + groups.size(), each));
    }
    within(groups);
    lambda = fitted(groups, tolerance);
  }

  /** A mean outside of what the samples show is reached by no weights. */
  private void within(List<MomentFit.Group> groups) {
    for (int k = 0; k < wanted.length; k++) {
      double low = MomentFit.bound(groups, k, false);
      double high = MomentFit.bound(groups, k, true);
      boolean inside = wanted[k] > low && wanted[k] < high;
      if (!always[k] && !inside && !(low == high && wanted[k] == low)) {
        throw new StageFailure(
            "PLB0533",
            "`%s` cannot be %s on average: of the policy's own answers it is %.3g, and weights can make it %.3g to %.3g"
                .formatted(names.get(k), wanted[k], before[k], low, high),
            "moments",
            "ask for a moment in between, raise `samples`, or start from a policy that answers so"
                + " at times");
      }
    }
  }

  private double[] fitted(List<MomentFit.Group> groups, double tolerance) {
    MomentFit fit = MomentFit.of(groups, wanted, tolerance);
    if (fit.error() > tolerance) {
      StringBuilder nearest = new StringBuilder();
      for (int k = 0; k < wanted.length; k++) {
        nearest.append(k == 0 ? "" : ", ").append(names.get(k));
        nearest.append(" %.3g".formatted(fit.moments()[k]));
      }
      throw new StageFailure(
          "PLB0533",
          "the moments cannot be met together: the nearest are " + nearest,
          "moments",
          "ask for moments that the policy's answers can have at once, or raise `samples`");
    }
    return fit.lambda();
  }

  private String asked() {
    List<String> all = new ArrayList<>();
    for (int k = 0; k < always.length; k++) {
      if (always[k]) {
        all.add(names.get(k) + " " + (int) wanted[k]);
      }
    }
    return String.join(", ", all);
  }

  private boolean possible(double[] features) {
    for (int k = 0; k < always.length; k++) {
      if (always[k] && features[k] != wanted[k]) {
        return false;
      }
    }
    return true;
  }

  private double[] features(Exchange answer) {
    return names.stream()
        .mapToDouble(
            name -> values.feature(name).of(answer.prompt().text(), answer.answer().text()))
        .toArray();
  }

  private double[] means(List<double[]> features) {
    double[] means = new double[names.size()];
    for (double[] one : features) {
      for (int k = 0; k < means.length; k++) {
        means[k] += one[k] / features.size();
      }
    }
    return means;
  }

  @Override
  public double logWeight(Exchange answer) {
    double[] features = features(answer);
    if (!possible(features)) {
      return Double.NEGATIVE_INFINITY;
    }
    double weight = 0;
    for (int k = 0; k < features.length; k++) {
      weight += lambda[k] * features[k];
    }
    return weight;
  }

  @Override
  public Map<String, Double> logged(List<Exchange> answers) {
    double[] now = means(answers.stream().map(this::features).toList());
    Map<String, Double> logged = new LinkedHashMap<>();
    for (int k = 0; k < now.length; k++) {
      logged.put("moment_" + names.get(k), now[k]);
    }
    return logged;
  }

  /** What a summary says of each moment. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    for (int k = 0; k < wanted.length; k++) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("wanted", wanted[k]);
      one.put("before", before[k]);
      one.put(always[k] ? "always" : "coefficient", always[k] ? (Object) true : lambda[k]);
      summary.put(names.get(k), one);
    }
    return summary;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks values: features and their weights. */
final class ValuesCheck {
  private final Scope scope;

  ValuesCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    Set<String> named = namedFeatures();
    scope.experiment().values().forEach((name, values) -> check(name, values, named));
  }

  private void check(String name, ValuesSpec values, Set<String> named) {
    Optional<Map<String, FeatureSpec>> features = scope.features(name);
    Optional<Map<String, Double>> weights = scope.weights(name);
    if (features.isEmpty() || weights.isEmpty()) {
      return;
    }
    boolean strange = false;
    for (String weight : values.weights().keySet()) {
      if (!features.get().containsKey(weight)) {
        strange = true;
        weightWithoutFeature(values, weight, features.get().keySet());
      }
    }
    if (strange) {
      return; // the feature that has no weight is probably the one that was meant
    }
    if (weights.get().values().stream().allMatch(weight -> weight == 0)) {
      scope.add(
          Code.PLB0319,
          scope.places().value(values, "weights"),
          "to `" + name + "` every answer is worth the same",
          "give a weight other than 0 to a feature");
      return;
    }
    for (String feature : values.features().keySet()) {
      if (!weights.get().containsKey(feature) && !named.contains(feature)) {
        scope.add(
            Code.PLB0207,
            scope.places().name(values, "features", feature),
            "feature `" + feature + "` has no weight in `" + name + "`",
            "add it to `weights`, with 0 if it is only to be measured");
      }
    }
  }

  private void weightWithoutFeature(ValuesSpec values, String weight, Set<String> features) {
    Span span = scope.places().name(values, "weights", weight);
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0206, span, "there is no feature `" + weight + "` to weigh");
    Optional<String> meant = Suggest.near(weight, features);
    if (meant.isPresent()) {
      diagnostic = diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
    }
    scope.add(diagnostic.note("features: " + Suggest.list(features)));
  }

  /** Features that something else measures. */
  private Set<String> namedFeatures() {
    Set<String> named = new HashSet<>();
    CompareSpec compare = scope.experiment().compare();
    if (compare != null && compare.trigger() != null) {
      named.add(compare.trigger().feature());
    }
    if (compare != null && compare.redTeam() != null) {
      named.add(compare.redTeam().feature());
    }
    for (EvaluatorsSpec evaluators : scope.experiment().evaluators().values()) {
      if (evaluators.judge() != null) {
        named.addAll(evaluators.judge().principles().keySet());
      }
    }
    return named;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks the comparison and the seeds. */
final class CompareCheck {
  private final Scope scope;

  CompareCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    seeds();
    if (scope.binding().names("policies").isEmpty()) {
      scope.add(
          Code.PLB0218,
          scope.places().block(scope.experiment()),
          "there are no policies, so there is nothing to run",
          "add `policies`, as in `sft: { supervised: { from: base, data: demos } }`");
    }
    CompareSpec compare = scope.experiment().compare();
    if (compare != null) {
      recipes(compare);
      groups(compare);
      yardstick(compare);
      if (compare.trigger() != null) {
        feature(compare, compare.trigger(), compare.trigger().feature());
      }
      if (compare.redTeam() != null) {
        feature(compare, compare.redTeam(), compare.redTeam().feature());
        new RedTeamCheck(scope, compare.redTeam()).run();
      }
    }
  }

  private void seeds() {
    List<Long> seeds = scope.experiment().seeds();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < seeds.size(); i++) {
      if (!seen.add(seeds.get(i))) {
        scope.add(
            Code.PLB0307,
            scope.places().item(scope.experiment(), "seeds", i),
            "seed " + seeds.get(i) + " is given twice",
            "the same seed gives the same result; use another");
      }
    }
  }

  private void recipes(CompareSpec compare) {
    Map<String, Span> seen = new HashMap<>();
    for (int i = 0; i < compare.recipes().size(); i++) {
      String name = compare.recipes().get(i);
      Span span = scope.places().item(compare, "recipes", i);
      Span first = seen.putIfAbsent(name, span);
      if (first != null) {
        scope.add(
            Diagnostic.of(Code.PLB0209, span, "recipe `" + name + "` is compared twice")
                .related(first, "first named here")
                .help("remove one"));
      }
    }
    boolean declared =
        NameCheck.candidates(scope.binding(), org.plumbline.dsl.model.shape.Section.RECIPES)
            .containsKey(compare.against());
    if (declared && !compare.recipes().contains(compare.against())) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0208,
                  scope.places().value(compare, "against"),
                  "`" + compare.against() + "` is not among the recipes that are compared")
              .related(scope.places().value(compare, "recipes"), "these are")
              .help("add it to `recipes`"));
    }
  }

  private void groups(CompareSpec compare) {
    EvaluatorsSpec evaluators =
        compare.groups() == null ? null : scope.experiment().evaluators().get(compare.groups());
    if (evaluators != null && evaluators.groups() == null) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0216,
                  scope.places().value(compare, "groups"),
                  "`" + compare.groups() + "` is a judge and has no groups of people")
              .related(scope.places().block(evaluators), "declared here")
              .help("name evaluators with `groups`, or leave it out"));
    }
  }

  /** A gold reward that contains a reward model is not apart from what is optimised. */
  private void yardstick(CompareSpec compare) {
    scope
        .features(compare.values())
        .ifPresent(
            features ->
                features.forEach(
                    (name, feature) -> {
                      if (feature instanceof FeatureSpec.RewardModel model) {
                        scope.add(
                            Diagnostic.of(
                                    Code.PLB0232,
                                    scope.places().value(compare, "values"),
                                    "the gold reward contains the reward model `"
                                        + model.reward()
                                        + "`, so that what fools it counts as good")
                                .related(scope.places().value(model, "reward"), "as `" + name + "`")
                                .help(
                                    "measure by values without it, or read the gold reward as"
                                        + " one more score"));
                      }
                    }));
  }

  /** The feature that a block of the comparison names must be one of its values. */
  private void feature(CompareSpec compare, Object block, String feature) {
    Span span = scope.places().value(block, "feature");
    if (compare.values() == null) {
      scope.add(
          Code.PLB0215,
          span,
          "nothing says which values the feature `" + feature + "` is one of",
          "add `values` to `compare`");
      return;
    }
    Optional<Map<String, FeatureSpec>> features = scope.features(compare.values());
    if (features.isPresent() && !features.get().containsKey(feature)) {
      Set<String> names = features.get().keySet();
      Diagnostic diagnostic =
          Diagnostic.of(
              Code.PLB0201, span, "`" + compare.values() + "` has no feature `" + feature + "`");
      Optional<String> meant = Suggest.near(feature, names);
      if (meant.isPresent()) {
        diagnostic = diagnostic.replace("did you mean `" + meant.get() + "`?", meant.get());
      }
      scope.add(diagnostic.note("features: " + Suggest.list(names)));
    }
  }
}

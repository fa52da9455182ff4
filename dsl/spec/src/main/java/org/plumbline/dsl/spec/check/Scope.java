// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Places;

/** What the checks look at, and where they put what they find. */
final class Scope {
  private final Binding binding;
  private final Experiment experiment;
  private final List<Diagnostic> found;

  Scope(Binding binding, Experiment experiment, List<Diagnostic> found) {
    this.binding = binding;
    this.experiment = experiment;
    this.found = found;
  }

  /** The entries that have no errors of their own. */
  Experiment experiment() {
    return experiment;
  }

  Binding binding() {
    return binding;
  }

  Places places() {
    return binding.places();
  }

  /** Whether the author gave the key, and another value than its default. */
  boolean changed(Object block, String key) {
    Shape shape = Shape.of(block.getClass());
    Field field = shape.field(key).orElseThrow();
    Object value = shape.read(block, field);
    String byDefault = field.defaultText();
    if (value == null || !places().given(block, key) || byDefault == null) {
      return value != null && places().given(block, key);
    }
    return value instanceof Number number
        ? number.doubleValue() != Double.parseDouble(byDefault)
        : !value.toString().equalsIgnoreCase(byDefault);
  }

  /** The model that a policy was first trained from; empty if it or one in between is missing. */
  Optional<String> base(String policy) {
    Set<String> seen = new HashSet<>();
    String next = policy;
    while (seen.add(next)) {
      PolicySpec spec = experiment.policies().get(next);
      if (spec == null) {
        return experiment.models().containsKey(next) ? Optional.of(next) : Optional.empty();
      } else if (!(Rewriting.read(spec, "from") instanceof String from)) {
        return Optional.empty();
      } else {
        next = from;
      }
    }
    return Optional.empty();
  }

  /** Reports where the members of an ensemble are asked, and there is but one. */
  void needsEnsemble(RewardSpec reward, Span span, String who) {
    if (Rewriting.read(reward, "ensemble") instanceof Integer members && members == 1) {
      add(
          Diagnostic.of(
                  Code.PLB0224, span, who + " how far members are apart, but there is only one")
              .related(places().block(reward), "this reward has no ensemble")
              .help("set `ensemble` to 2 or more"));
    }
  }

  void add(Diagnostic diagnostic) {
    found.add(diagnostic);
  }

  void add(Code code, Span span, String message, String help) {
    found.add(Diagnostic.of(code, span, message).help(help));
  }

  /**
   * The features of values with those that they start from; empty if any of these is missing or has
   * errors.
   */
  Optional<Map<String, FeatureSpec>> features(@Nullable String values) {
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    return inherit(values, spec -> spec.features().forEach(features::putIfAbsent))
        ? Optional.of(features)
        : Optional.empty();
  }

  /** The weights of values with those that they start from. */
  Optional<Map<String, Double>> weights(@Nullable String values) {
    Map<String, Double> weights = new LinkedHashMap<>();
    return inherit(values, spec -> spec.weights().forEach(weights::putIfAbsent))
        ? Optional.of(weights)
        : Optional.empty();
  }

  private boolean inherit(@Nullable String name, java.util.function.Consumer<ValuesSpec> visit) {
    Set<String> seen = new HashSet<>();
    for (String next = name; next != null; ) {
      ValuesSpec spec = experiment.values().get(next);
      if (spec == null || !seen.add(next)) {
        return false;
      }
      visit.accept(spec);
      next = spec.of();
    }
    return name != null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * What an answer is worth: the weighted sum of its features, in the order of their declaration.
 *
 * <p>Features without a weight count nothing, but can be asked for by name.
 */
public final class Utility implements Feature {
  private final Map<String, Feature> features;
  private final Map<String, Double> weights;

  private Utility(Map<String, Feature> features, Map<String, Double> weights) {
    this.features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /** The values that a node of the plan refers to, with those that they start from. */
  public static Utility declared(StageContext context, String name) throws IOException {
    return of(
        name,
        values -> context.declared(Section.VALUES, values, ValuesSpec.class),
        Features.declared(context));
  }

  /** The values of this name; those that they start from ({@code of}) come first. */
  public static Utility of(
      String name, Function<String, ValuesSpec> declared, Features.Sources files)
      throws IOException {
    Map<String, FeatureSpec> specs = new LinkedHashMap<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    for (ValuesSpec spec : ancestry(name, declared)) {
      specs.putAll(spec.features());
      weights.putAll(spec.weights());
    }
    Map<String, Feature> features = new LinkedHashMap<>();
    for (Map.Entry<String, FeatureSpec> entry : specs.entrySet()) {
      features.put(entry.getKey(), Features.of(entry.getValue(), files));
    }
    for (String weighted : weights.keySet()) {
      if (!features.containsKey(weighted)) {
        throw new StageFailure(
            "PLB0206",
            "values `" + name + "` weigh a feature that they do not have: `" + weighted + "`",
            null,
            "features: " + String.join(", ", features.keySet()));
      }
    }
    return new Utility(features, weights);
  }

  private static List<ValuesSpec> ancestry(String name, Function<String, ValuesSpec> declared) {
    List<ValuesSpec> eldestFirst = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (@Nullable String next = name; next != null; ) {
      if (seen.contains(next)) {
        throw new StageFailure(
            "PLB0203", "values `" + next + "` start from themselves", null, "remove one `of`");
      }
      seen.add(next);
      ValuesSpec spec = declared.apply(next);
      eldestFirst.add(0, spec);
      next = spec.of();
    }
    return eldestFirst;
  }

  /** The same values, but only these features count. */
  public Utility only(Set<String> names) {
    Map<String, Double> kept = new LinkedHashMap<>(weights);
    kept.keySet().retainAll(names);
    return new Utility(features, kept);
  }

  /** What an answer to a prompt is worth. */
  @Override
  public double of(String prompt, String answer) {
    double sum = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      sum += weight.getValue() * feature(weight.getKey()).of(prompt, answer);
    }
    return sum;
  }

  /** The names of all features. */
  public Set<String> names() {
    return features.keySet();
  }

  /** The feature of this name. */
  public Feature feature(String name) {
    Feature feature = features.get(name);
    if (feature == null) {
      throw new IllegalArgumentException("no feature " + name + " among " + features.keySet());
    }
    return feature;
  }

  /** The weight of a feature in the sum. */
  public double weight(String name) {
    return weights.getOrDefault(name, 0.0);
  }
}

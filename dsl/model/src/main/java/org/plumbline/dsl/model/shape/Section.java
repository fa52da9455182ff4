// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

/** The sections of an experiment whose entries have names that other entries refer to. */
public enum Section {
  MODELS("models", "model"),
  DATA("data", "data set"),
  VALUES("values", "values"),
  EVALUATORS("evaluators", "evaluators"),
  FEEDBACK("feedback", "feedback"),
  REWARDS("rewards", "reward model"),
  POLICIES("policies", "policy"),
  /** A policy or a variant of one. */
  RECIPES("recipes", "recipe"),
  /** A policy, or, where there is none of that name, a base model. */
  POLICIES_OR_MODELS("policies", "policy or model"),
  /** A feature of the values at hand. */
  FEATURES("features", "feature");

  private final String key;
  private final String noun;

  Section(String key, String noun) {
    this.key = key;
    this.noun = noun;
  }

  /** The section's key in a spec. */
  public String key() {
    return key;
  }

  /** What one entry is called in a message. */
  public String noun() {
    return noun;
  }
}

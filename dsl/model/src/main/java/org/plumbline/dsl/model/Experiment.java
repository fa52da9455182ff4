// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.values.ValuesSpec;

/**
 * One experiment: everything that a spec declares.
 *
 * <p>References between entries are names; the binder has checked that each exists and is of the
 * right kind. {@code variants} are still unexpanded: {@code Recipe} carries the experiment that a
 * recipe is computed in, with the variant's settings in place.
 */
@Doc("an RLHF experiment: feedback, reward models, policies and their comparison")
public record Experiment(
    @Doc("the version of the language; this is v1") Version plumb,
    @Doc("the experiment's name: letters, digits, `-`, `_`") String name,
    @Doc("the seeds that every recipe is repeated with") @Default("[1]") List<Long> seeds,
    @Doc("base models: trained from scratch on a corpus, or judges") @Named("model") @Default("{}")
        Map<String, ModelSpec> models,
    @Doc("prompts, demonstrations and existing preferences") @Named("data set") @Default("{}")
        Map<String, DataSpec> data,
    @Doc("what people want: weighted features of a text") @Named("values") @Default("{}")
        Map<String, ValuesSpec> values,
    @Doc("who gives feedback") @Named("evaluators") @Default("{}")
        Map<String, EvaluatorsSpec> evaluators,
    @Doc("which feedback is collected from whom on what") @Named("feedback") @Default("{}")
        Map<String, FeedbackSpec> feedback,
    @Doc("reward models fitted to feedback") @Named("reward model") @Default("{}")
        Map<String, RewardSpec> rewards,
    @Doc("policies: one method each") @Named("policy") @Default("{}")
        Map<String, PolicySpec> policies,
    @Doc("recipes that are another one with settings changed anywhere upstream")
        @Named("variant")
        @Default("{}")
        Map<String, VariantSpec> variants,
    @Doc("grids of settings: a recipe for each combination of values") @Named("sweep")
        @Nullable Map<String, SweepSpec> sweep,
    @Doc("recipes that are computed in rounds, with fresh feedback in each") @Named("rounds")
        @Nullable Map<String, RoundsSpec> rounds,
    @Doc("which recipes are compared, against which, on which prompts")
        @Nullable CompareSpec compare,
    @Doc("facts that only a person knows, for the disclosure report")
        @Nullable DisclosureSpec disclose) {

  /** Without grids, rounds and disclosures. */
  public Experiment(
      Version plumb,
      String name,
      List<Long> seeds,
      Map<String, ModelSpec> models,
      Map<String, DataSpec> data,
      Map<String, ValuesSpec> values,
      Map<String, EvaluatorsSpec> evaluators,
      Map<String, FeedbackSpec> feedback,
      Map<String, RewardSpec> rewards,
      Map<String, PolicySpec> policies,
      Map<String, VariantSpec> variants,
      @Nullable CompareSpec compare) {
    this(
        plumb,
        name,
        seeds,
        models,
        data,
        values,
        evaluators,
        feedback,
        rewards,
        policies,
        variants,
        null,
        null,
        compare,
        null);
  }

  /** The versions of the language. */
  public enum Version {
    @Doc("the first version")
    V1
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec.Metric;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;

/**
 * The settings of the node that measures one recipe with one seed. It stands in no spec: the plan
 * makes one of {@link CompareSpec} per recipe.
 *
 * @param policy the policy that the recipe ends in
 * @param reference the policy of the recipe that the others are measured against
 * @param reward the reward model that scores the answers of all recipes
 * @param prompts the prompts that are answered
 * @param values the values that the gold reward is computed from
 * @param groups evaluators whose groups' satisfaction is measured
 * @param trigger an attack to look for
 * @param maxNewTokens longest answer, in tokens
 * @param truncation which tokens are drawn, and what ends an answer
 * @param withoutDrift whether neither divergence nor entropy is measured
 */
@Kind("evaluate")
@Doc("measures a recipe: answers to prompts, their scores, and how far the policy has moved")
public record EvaluateSpec(
    @Doc("the policy that the recipe ends in") @Refers(Section.POLICIES_OR_MODELS) String policy,
    @Doc("the policy that it is measured against") @Refers(Section.POLICIES_OR_MODELS)
        String reference,
    @Doc("the reward that scores the answers") @Refers(Section.REWARDS) @Nullable String reward,
    @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
    @Doc("the values that the gold reward is computed from") @Refers(Section.VALUES)
        @Nullable String values,
    @Doc("evaluators whose groups' satisfaction is measured") @Refers(Section.EVALUATORS)
        @Nullable String groups,
    @Doc("an attack to look for") CompareSpec.@Nullable Trigger trigger,
    @Doc(value = "longest answer", unit = "tokens") int maxNewTokens,
    @Inline TruncationSpec truncation,
    @Doc("whether neither divergence nor entropy is measured; absent: they are")
        @Nullable Boolean withoutDrift) {

  /** With divergence and entropy, and any token drawn. */
  public EvaluateSpec(
      String policy,
      String reference,
      @Nullable String reward,
      String prompts,
      @Nullable String values,
      @Nullable String groups,
      CompareSpec.@Nullable Trigger trigger,
      int maxNewTokens) {
    this(
        policy,
        reference,
        reward,
        prompts,
        values,
        groups,
        trigger,
        maxNewTokens,
        TruncationSpec.NONE,
        null);
  }

  /**
   * What is needed to measure what a comparison asks for, and nothing else.
   *
   * @param policy the policy of the recipe
   * @param reference the policy of the recipe that it is measured against
   * @param reward that scores, if there is one
   */
  public static EvaluateSpec of(
      CompareSpec compare, String policy, String reference, @Nullable String reward) {
    boolean lift = compare.measures(Metric.TRIGGER_LIFT);
    boolean wins = compare.measures(Metric.WIN_RATE) && compare.judge() == null;
    boolean gold =
        wins
            || compare.measuresAny(Metric.GOLD, Metric.PROXY_GOLD_GAP)
            || (lift && compare.trigger() != null);
    boolean scores =
        (wins && compare.values() == null)
            || compare.measuresAny(Metric.REWARD, Metric.PROXY_GOLD_GAP, Metric.ENSEMBLE_SPREAD);
    return new EvaluateSpec(
        policy,
        reference,
        scores ? reward : null,
        compare.prompts(),
        gold ? compare.values() : null,
        compare.measures(Metric.GROUPS) ? compare.groups() : null,
        lift ? compare.trigger() : null,
        compare.maxNewTokens(),
        compare.truncation(),
        compare.measuresAny(Metric.KL, Metric.ENTROPY) ? null : Boolean.TRUE);
  }
}

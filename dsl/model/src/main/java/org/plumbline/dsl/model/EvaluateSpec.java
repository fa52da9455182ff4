// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

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
    @Doc(value = "longest answer", unit = "tokens") int maxNewTokens) {}

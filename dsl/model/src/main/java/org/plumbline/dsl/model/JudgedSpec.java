// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;

/**
 * The settings of the node in which evaluators say who answers better, a recipe or the one that it
 * is measured against. It stands in no spec: the plan makes one of {@link CompareSpec} per recipe.
 * It does not depend on what else is measured, so that nobody is asked, or paid, twice.
 *
 * @param policy the policy that the recipe ends in
 * @param reference the policy of the recipe that the others are measured against
 * @param prompts the prompts that both answer
 * @param evaluators who are asked
 * @param maxNewTokens longest answer, in tokens
 * @param truncation which tokens are drawn, and what ends an answer
 */
@Kind("judge_answers")
@Doc("asks evaluators which of two recipes answers better")
public record JudgedSpec(
    @Doc("the policy that the recipe ends in") @Refers(Section.POLICIES_OR_MODELS) String policy,
    @Doc("the policy that it is measured against") @Refers(Section.POLICIES_OR_MODELS)
        String reference,
    @Doc("the prompts that both answer") @Refers(Section.DATA) String prompts,
    @Doc("who are asked") @Refers(Section.EVALUATORS) String evaluators,
    @Doc(value = "longest answer", unit = "tokens") int maxNewTokens,
    @Inline TruncationSpec truncation) {

  /** With any token drawn. */
  public JudgedSpec(
      String policy, String reference, String prompts, String evaluators, int maxNewTokens) {
    this(policy, reference, prompts, evaluators, maxNewTokens, TruncationSpec.NONE);
  }
}

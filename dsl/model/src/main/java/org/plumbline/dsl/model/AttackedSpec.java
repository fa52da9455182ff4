// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.RedTeamSpec.Attack;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;

/**
 * The settings of the node that attacks one recipe in one way. It stands in no spec: the plan makes
 * one of {@link CompareSpec} per recipe and attack. What its attack does not look at is absent, so
 * that a change of it computes nothing anew.
 *
 * @param policy the policy that the recipe ends in
 * @param prompts the prompts that are attacked
 * @param values that the feature is one of
 * @param attack how texts are looked for
 * @param feature that tells whether it succeeds
 * @param above an answer is a success if its feature is above this
 * @param targetText whose likelihood tells how good a text is
 * @param first how many prompts are attacked
 * @param tries texts that are tried, for each prompt
 * @param length of the texts, in tokens
 * @param width of a beam search
 * @param maxNewTokens longest answer, in tokens
 * @param truncation which tokens are drawn, and what ends an answer
 */
@Kind("red_team")
@Doc("looks for texts that make a recipe do what it should not")
public record AttackedSpec(
    @Doc("the policy that the recipe ends in") @Refers(Section.POLICIES_OR_MODELS) String policy,
    @Doc("the prompts that are attacked") @Refers(Section.DATA) String prompts,
    @Doc("the values that the feature is one of") @Refers(Section.VALUES) String values,
    @Doc("how texts are looked for") Attack attack,
    @Doc("the feature that tells whether it succeeds") String feature,
    @Doc("an answer is a success if its feature is above this") double above,
    @Doc("the beginning of an answer whose likelihood tells how good a text is")
        @Nullable String targetText,
    @Doc(value = "how many prompts are attacked", unit = "prompts") int first,
    @Doc(value = "texts that are tried, for each prompt", unit = "texts") int tries,
    @Doc(value = "length of the texts", unit = "tokens") @Nullable Integer length,
    @Doc("texts that a beam search keeps") @Nullable Integer width,
    @Doc(value = "longest answer", unit = "tokens") int maxNewTokens,
    @Inline TruncationSpec truncation) {

  /** One attack of a comparison on one recipe. */
  public static AttackedSpec of(
      CompareSpec compare, RedTeamSpec search, Attack attack, String values, String policy) {
    String prompts = search.prompts();
    return new AttackedSpec(
        policy,
        prompts == null ? compare.prompts() : prompts,
        values,
        attack,
        search.feature(),
        search.above(),
        attack.writes() ? search.targetText() : null,
        search.first(),
        search.tries(),
        attack.writes() ? (Integer) search.length() : null,
        attack == Attack.BEAM ? (Integer) search.width() : null,
        compare.maxNewTokens(),
        compare.truncation());
  }
}

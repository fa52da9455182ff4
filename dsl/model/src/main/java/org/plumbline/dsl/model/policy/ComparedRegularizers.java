// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;

/**
 * What keeps a policy in check that learns from comparisons of its own answers. The divergence from
 * the reference is part of its loss, and what scales or cuts scores has no place where only their
 * order or their differences count.
 */
@Doc("what keeps a policy in check that learns from comparisons of its own answers")
public record ComparedRegularizers(
    @Doc("weight of the token entropy in the loss") @Default("0") @Range("[0, inf)") double entropy,
    @Doc(
            value = "likelihood of texts beside the comparisons, against forgetting",
            source = "Ouyang et al. 2022, section 3.5")
        Regularizers.@Nullable PretrainingMix pretrainingMix,
    @Doc("taken off the score of long answers before they are compared, with a `reward`")
        Regularizers.@Nullable LengthPenalty lengthPenalty,
    @Doc(
            "taken off the score of answers that repeat themselves before they are compared, with a"
                + " `reward`")
        Regularizers.@Nullable RepetitionPenalty repetitionPenalty) {

  /** Nothing does. */
  public static final ComparedRegularizers NONE = new ComparedRegularizers(0, null, null, null);

  /** What settings say, or that they say nothing. */
  public static ComparedRegularizers of(@Nullable ComparedRegularizers said) {
    return said == null ? NONE : said;
  }
}

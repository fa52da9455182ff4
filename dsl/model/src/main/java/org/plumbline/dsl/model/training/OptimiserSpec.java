// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.training;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** How the weights of a reward are moved, and from where. */
public record OptimiserSpec(
    @Doc("peak learning rate of AdamW") @Default("1e-3") @Range("(0, 1]") double learningRate,
    @Doc("AdamW's decoupled weight decay") @Default("0.01") @Range("[0, 1]") double weightDecay,
    @Doc(
            "a reward model that training goes on from, member by member; absent: the trunk of `from` with a new head")
        @Refers(Section.REWARDS)
        @Nullable String warmStart) {

  /** With a new head. */
  public OptimiserSpec(double learningRate, double weightDecay) {
    this(learningRate, weightDecay, null);
  }
}

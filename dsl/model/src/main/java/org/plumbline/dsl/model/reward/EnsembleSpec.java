// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.reward;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** How many models a reward is made of, and how each is fitted and measured. */
public record EnsembleSpec(
    @Doc(value = "members, which differ in head and data order", unit = "models")
        @Default("1")
        @Range("[1, 64]")
        int ensemble,
    @Doc("how the members' scores become one") @Default("mean") RewardSpec.Combine combine,
    @Doc(
            value = "weight of the variance in `mean_minus_variance`",
            source = "Coste et al. 2023, UWO")
        @Default("0.5")
        @Range("[0, inf)")
        double uncertaintyPenalty,
    @Doc("share of the feedback kept for measuring") @Default("0.1") @Range("[0, 0.9]")
        double holdOut,
    @Doc(value = "optimiser steps of each member", unit = "steps")
        @Default("200")
        @Range("[1, inf)")
        int steps,
    @Doc(
            value =
                "models that members start from in turns, after `from`: pre-trained apart, with the same tokenizer; absent: all start from `from`",
            source = "Coste et al. 2023; Eisenstein et al. 2023 (pretrain ensembles)")
        @Refers(Section.POLICIES_OR_MODELS)
        @Nullable List<String> trunks,
    @Doc(
            value = "share of the members, the lowest, whose mean `cvar` is; absent: 0.25",
            source = "Rockafellar and Uryasev 2000")
        @Range("(0, 1]")
        @Nullable Double tail) {

  /** Members that all start from one model. */
  public EnsembleSpec(
      int ensemble,
      RewardSpec.Combine combine,
      double uncertaintyPenalty,
      double holdOut,
      int steps) {
    this(ensemble, combine, uncertaintyPenalty, holdOut, steps, null, null);
  }
}

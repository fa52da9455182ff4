// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.reward;

import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;

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
        int steps) {}

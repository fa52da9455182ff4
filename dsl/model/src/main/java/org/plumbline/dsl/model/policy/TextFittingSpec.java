// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.training.TrainingSpec;

/** How long, and on how many texts at a time, a policy is fitted to texts that a reward scored. */
public record TextFittingSpec(
    @Doc(value = "optimiser steps", unit = "steps") @Default("400") @Range("[1, inf)") int steps,
    @Doc(value = "texts per step", unit = "rows") @Default("32") @Range("[1, inf)") int batchSize,
    @Doc("peak learning rate of AdamW; falls linearly") @Default("1e-3") @Range("(0, 1]")
        double learningRate,
    @Doc("how parameters are updated") @Nullable TrainingSpec training) {}

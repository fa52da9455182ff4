// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.training.TrainingSpec;

/** How long, and on how many at a time, a policy is fitted to answers that are good or bad. */
public record AnswerFittingSpec(
    @Doc(value = "optimiser steps", unit = "steps") @Default("150") @Range("[1, inf)") int steps,
    @Doc(value = "answers per step", unit = "answers") @Default("32") @Range("[1, inf)")
        int batchSize,
    @Doc("peak learning rate of AdamW; falls linearly") @Default("3e-4") @Range("(0, 1]")
        double learningRate,
    @Doc("how parameters are updated") @Nullable TrainingSpec training) {

  /** Updated as the method has it. */
  public AnswerFittingSpec(int steps, int batchSize, double learningRate) {
    this(steps, batchSize, learningRate, null);
  }
}

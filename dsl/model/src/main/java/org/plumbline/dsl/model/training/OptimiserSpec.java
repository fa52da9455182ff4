// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.training;

import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;

/** How the weights of a reward are moved. */
public record OptimiserSpec(
    @Doc("peak learning rate of AdamW") @Default("1e-3") @Range("(0, 1]") double learningRate,
    @Doc("AdamW's decoupled weight decay") @Default("0.01") @Range("[0, 1]") double weightDecay) {}

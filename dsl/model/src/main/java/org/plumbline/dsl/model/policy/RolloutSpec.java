// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.training.SamplingSpec;

/** How the answers that a policy learns from are drawn, and what becomes of those without end. */
public record RolloutSpec(
    @Doc("taken off the score of an answer that does not end by itself")
        @Default("0")
        @Range("[0, inf)")
        double missingEndPenalty,
    @Inline SamplingSpec sampling) {}

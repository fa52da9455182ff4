// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Doc;

/** Facts that only a person knows (Casper et al. 2023, section 5 and figure 4). */
@Doc(
    value = "facts that only a person knows, for the disclosure report",
    source = "Casper et al. 2023, section 5 and figure 4")
public record DisclosureSpec(
    @Doc("how the base model was made, and from which texts") @Nullable String pretraining,
    @Doc("how evaluators were chosen and taught") @Nullable String evaluatorSelection,
    @Doc("how examples were chosen, and what was done against poisoned ones")
        @Nullable String exampleSelection,
    @Doc("which kinds of feedback were used, and why") @Nullable String feedbackTypes,
    @Doc("how the quality of feedback was assured") @Nullable String qualityAssurance,
    @Doc("how the loss of the reward model treats disagreement") @Nullable String disagreement,
    @Doc("how the reward model was tested, also by people who tried to break it")
        @Nullable String rewardEvaluation,
    @Doc("how the policy was tested, also for dangerous abilities")
        @Nullable String policyEvaluation,
    @Doc("who has audited it, inside and outside") @Nullable String audits,
    @Doc("which risks and failures are expected") @Nullable String expectedRisks,
    @Doc("how it will be watched, and what will be done if it fails") @Nullable String monitoring,
    @Doc("whom to write to") @Nullable String contact) {}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.FittedRewardSpec.ProcessReward;
import org.plumbline.engine.rlhf.likelihood.PartLabels;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Steps;
import org.plumbline.engine.run.StageFailure;

/**
 * A process reward model: a head that says at the last token of each step whether it is right.
 *
 * <p>Uesato et al. 2022, arXiv:2211.14275; Lightman et al. 2023, arXiv:2305.20050, section 2.6: the
 * cross-entropy of each step's label, here the mean over an answer's steps, so that long answers do
 * not count more. {@link StepReading} makes scores of answers from it. Differs from TRL's
 * PRMTrainer: no token is added between steps, and labels may be probabilities.
 */
final class StepRewards {
  private static final double NEUTRAL = 0.5;

  private StepRewards() {}

  static FeedbackReward.Kind<List<Double>> of(
      ProcessReward spec, List<ItemLabel> labels, JsonNode summary) {
    boolean neutralIsRight = spec.neutralIsRight();
    Set<Double> said = new HashSet<>();
    for (ItemLabel label : labels) {
      List<Double> targets = targets(label, neutralIsRight);
      said.addAll(targets == null ? List.of() : targets);
    }
    if (said.size() < 2) {
      throw new StageFailure(
          "PLB0509",
          "all steps of all labels are judged the same",
          "feedback",
          "nothing can be learned from that; ask for more, or of other answers");
    }
    String separator = spec.separator();
    return new FeedbackReward.Kind<>(
        new PartLabels(),
        label -> targets(label, neutralIsRight),
        label -> label.response() instanceof Steps steps ? steps.ends() : List.of(),
        new StepReading(
            separator == null ? summary.path("separator").asText("\n") : separator, spec.score()));
  }

  /** How surely each step is right. */
  private static @Nullable List<Double> targets(ItemLabel label, boolean neutralIsRight) {
    double neutral = neutralIsRight ? 1 : 0;
    return label.response() instanceof Steps steps
        ? steps.labels().stream().map(step -> step == NEUTRAL ? neutral : step).toList()
        : null;
  }
}

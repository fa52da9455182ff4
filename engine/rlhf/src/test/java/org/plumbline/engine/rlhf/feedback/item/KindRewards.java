// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.dsl.model.reward.EnsembleSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec.StepScore;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.training.OptimiserSpec;

/** A reward for each kind of feedback that one can be fitted to. */
final class KindRewards {
  private KindRewards() {}

  static EnsembleSpec members() {
    return new EnsembleSpec(2, Combine.MEAN, 0.5, 0.2, 50);
  }

  static Map<String, FittedRewardSpec> rewards() {
    EnsembleSpec two = members();
    OptimiserSpec adam = new OptimiserSpec(3e-3, 0.01);
    Map<String, FittedRewardSpec> rewards = new LinkedHashMap<>();
    rewards.put(
        "plackett_luce rankings",
        new FittedRewardSpec.PlackettLuce("sft", "feedback", null, two, 16, adam));
    rewards.put(
        "plackett_luce best_of_k",
        new FittedRewardSpec.PlackettLuce("sft", "feedback", 1, two, 16, adam));
    rewards.put(
        "rating_regression scalar",
        new FittedRewardSpec.RatingRegression("sft", "feedback", true, two, 16, adam));
    rewards.put(
        "rating_regression likert",
        new FittedRewardSpec.RatingRegression("sft", "feedback", false, two, 16, adam));
    rewards.put(
        "rating_regression language",
        new FittedRewardSpec.RatingRegression("sft", "feedback", true, two, 16, adam));
    rewards.put(
        "ordinal_regression likert",
        new FittedRewardSpec.OrdinalRegression("sft", "feedback", true, two, 16, adam));
    rewards.put(
        "slider_regression slider",
        new FittedRewardSpec.SliderRegression("sft", "feedback", 4, two, 16, adam));
    rewards.put(
        "label_classifier labels",
        new FittedRewardSpec.LabelClassifier("sft", "feedback", "good", two, 16, adam));
    rewards.put(
        "process_reward step",
        new FittedRewardSpec.ProcessReward(
            "sft", "feedback", StepScore.PRODUCT, false, ".", two, 16, adam));
    rewards.put(
        "span_reward span",
        new FittedRewardSpec.SpanReward(
            "sft", "feedback", Map.of("kind", 2.0), SpanUnit.CLAUSE, two, 16, adam));
    return rewards;
  }
}

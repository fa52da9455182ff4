// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluate;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.EvaluateSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.Headcounts;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;

/**
 * What answers are held against: the declared values, what each group of evaluators wants, and the
 * reward model; each may be missing.
 *
 * @param gold the values that the gold reward is computed from
 * @param groups what each group wants
 * @param reward the reward model that everybody is measured with
 */
record Yardsticks(
    @Nullable Utility gold, Map<String, Utility> groups, @Nullable RewardFunction reward)
    implements AutoCloseable {

  static Yardsticks open(StageContext context, EvaluateSpec settings) throws IOException {
    String values = settings.values();
    Utility gold = values == null ? null : Utility.declared(context, values);
    RewardFunction reward =
        settings.reward() == null ? null : Rewards.open(context, context.input("reward"));
    return new Yardsticks(gold, groups(context, settings.groups()), reward);
  }

  private static Map<String, Utility> groups(StageContext context, @Nullable String evaluators)
      throws IOException {
    Map<String, Utility> utilities = new LinkedHashMap<>();
    if (evaluators == null) {
      return utilities;
    }
    EvaluatorsSpec spec = context.declared(Section.EVALUATORS, evaluators, EvaluatorsSpec.class);
    Map<String, EvaluatorsSpec.Group> groups = spec.groups();
    if (groups == null) {
      return utilities;
    }
    Map<String, Integer> people = Headcounts.of(spec);
    for (Map.Entry<String, EvaluatorsSpec.Group> entry : groups.entrySet()) {
      EvaluatorsSpec.Group group = entry.getValue();
      String values = group.values() == null ? spec.values() : group.values();
      // nobody's satisfaction is not worth a row
      if (people.getOrDefault(entry.getKey(), 0) > 0 && values != null) {
        utilities.put(entry.getKey(), Utility.declared(context, values));
      }
    }
    return utilities;
  }

  /** What the reward model says of answers. */
  RewardFunction.@Nullable Scores scores(List<Exchange> answers) throws IOException {
    return reward == null ? null : reward.score(answers);
  }

  /** What an answer is worth by the declared values; null without them. */
  @Nullable Double worth(String prompt, String answer) {
    Utility values = gold;
    return values == null ? null : values.of(prompt, answer);
  }

  /** The features of the declared values. */
  Map<String, Double> features(String prompt, String answer) {
    Map<String, Double> features = new LinkedHashMap<>();
    Utility values = gold;
    if (values != null) {
      for (String name : values.names()) {
        features.put(name, values.feature(name).of(prompt, answer));
      }
    }
    return features;
  }

  /** What an answer is worth to each group. */
  Map<String, Double> groups(String prompt, String answer) {
    Map<String, Double> satisfied = new LinkedHashMap<>();
    groups.forEach((name, wants) -> satisfied.put(name, wants.of(prompt, answer)));
    return satisfied;
  }

  @Override
  public void close() {
    RewardFunction opened = reward;
    if (opened != null) {
      opened.close();
    }
  }
}

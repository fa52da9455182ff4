// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * A reward that needs no feedback: the utility of declared values.
 *
 * <p>Glaese et al., "Improving alignment of dialogue agents via targeted human judgements", 2022,
 * arXiv:2209.14375, section 3.2 (rule reward), with rules that are features rather than models;
 * Casper et al. 2023, section 4.2:
 *
 * <pre>{@code r(x, y) = sum over features k of w_k f_k(x, y)}</pre>
 *
 * <p>Nothing is learned and nothing normalised. The artifact holds the values as they are declared,
 * with the files they read.
 */
public final class RulesReward implements Stage {
  static final String RULES = "rules";

  @Override
  public String operation() {
    return RULES;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ComposedRewardSpec.Rules settings = context.settings(ComposedRewardSpec.Rules.class);
    // Whatever is wrong with the values is said here, and not by those who use the reward.
    Utility utility = Utility.declared(context, settings.values());
    if (utility.names().stream().allMatch(name -> utility.weight(name) == 0)) {
      context.note("all weights of `" + settings.values() + "` are 0: the reward is constant");
    }
    CarriedContext.write(context, Canonical.keys(settings));
    Rewards.write(context, RULES, Map.of(), Map.of("features", List.copyOf(utility.names())));
  }

  static RewardFunction open(StageContext context, Artifact reward) throws IOException {
    CarriedContext carried = CarriedContext.open(context, reward);
    ComposedRewardSpec.Rules settings = carried.settings(ComposedRewardSpec.Rules.class);
    Utility utility = Utility.declared(carried, settings.values());
    return answers -> score(utility, answers);
  }

  private static RewardFunction.Scores score(Utility utility, List<Exchange> answers) {
    double[] scores = new double[answers.size()];
    for (int i = 0; i < scores.length; i++) {
      Exchange exchange = answers.get(i);
      scores[i] = utility.of(exchange.prompt().text(), exchange.answer().text());
    }
    return new RewardFunction.Scores(scores, new double[scores.length]);
  }
}

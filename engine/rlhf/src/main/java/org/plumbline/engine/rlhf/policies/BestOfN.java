// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Best-of-n: samples several answers and gives the one with the highest reward. Nothing is trained.
 *
 * <p>Stiennon et al., "Learning to summarize from human feedback", 2020, arXiv:2009.01325; Nakano
 * et al., "WebGPT", 2021, arXiv:2112.09332:
 *
 * <pre>{@code
 * y = argmax over y_1..y_n ~ pi(.|x) of r(x, y_i)
 * KL(best-of-n || q) <= log n - (n - 1) / n,   q: pi at the temperature of the samples
 * }</pre>
 *
 * <p>Choices left open: of equal rewards the first sample wins; the temperature is the method's
 * own. The artifact names the model and the reward by digest; {@link Policies#open} puts them
 * together.
 *
 * <p>Differs from TRL's BestOfNSampler: the reward is the ensemble's combined score.
 */
public final class BestOfN implements Stage {

  @Override
  public String operation() {
    return "best_of_n";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.BestOfN settings = context.settings(PolicySpec.BestOfN.class);
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("n", settings.n());
    own.put("temperature", settings.temperature());
    Policies.write(context, operation(), own, drawing(settings.n(), settings.temperature()));
  }

  private static ChosenSamples.Drawing drawing(int n, double temperature) {
    return new ChosenSamples.Drawing(n, 1, temperature);
  }

  static AnswerSource open(AnswerSource sampled, RewardFunction reward, JsonNode own) {
    return of(sampled, reward, own.path("n").asInt(), own.path("temperature").asDouble());
  }

  /** The policy: it asks another n times and keeps the best answer. */
  static AnswerSource of(AnswerSource sampled, RewardFunction reward, int n, double temperature) {
    return new ChosenSamples(
        sampled, reward, drawing(n, temperature), (rewards, draws) -> best(rewards));
  }

  /** The index of the highest; of equals the first. */
  static int best(double[] rewards) {
    int best = 0;
    for (int i = 1; i < rewards.length; i++) {
      if (rewards[i] > rewards[best]) {
        best = i;
      }
    }
    return best;
  }
}

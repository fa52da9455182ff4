// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Rejection sampling from the optimum of reward minus divergence. Nothing is trained.
 *
 * <p>Korbak, Perez and Buckley, "RL with KL penalties is better viewed as Bayesian inference",
 * 2022, arXiv:2205.11275, equation 5, for the target; Liu et al., "Statistical Rejection Sampling
 * Improves Preference Optimization", ICLR 2024, arXiv:2309.06657, algorithm 1, for the sampler:
 *
 * <pre>{@code
 * target   pi*(y|x) = pi(y|x) exp(r(x, y) / beta) / Z(x)
 * sample   y_1..y_n ~ pi(.|x),  accept y_i with probability exp((r(x, y_i) - max over j of r(x, y_j)) / beta)
 * }</pre>
 *
 * <p>The first that is accepted is given; the best one always would be, so there is always one.
 * With the highest reward of the samples in place of the highest there is, the answers come to the
 * target as n grows; they are at most {@code log n - (n - 1) / n} from pi for every n and beta.
 *
 * <p>Choices left open: the temperature is the method's own.
 *
 * <p>Differs from RSO's sampler: one answer per prompt, not several without replacement.
 */
public final class RejectionSampling implements Stage {

  @Override
  public String operation() {
    return "rejection_sampling";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.RejectionSampling settings =
        context.settings(OnlinePolicySpec.RejectionSampling.class);
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("n", settings.tries());
    own.put("beta", settings.beta());
    own.put("temperature", settings.temperature());
    ChosenSamples.Drawing drawing =
        new ChosenSamples.Drawing(settings.tries(), 1, settings.temperature());
    Policies.write(context, operation(), own, drawing);
  }

  static AnswerSource open(AnswerSource sampled, RewardFunction reward, JsonNode own) {
    return of(
        sampled,
        reward,
        new ChosenSamples.Drawing(own.path("n").asInt(), 1, own.path("temperature").asDouble()),
        own.path("beta").asDouble());
  }

  /** The policy: it asks another n times and gives the first answer that is accepted. */
  static AnswerSource of(
      AnswerSource sampled, RewardFunction reward, ChosenSamples.Drawing drawing, double beta) {
    return new ChosenSamples(
        sampled, reward, drawing, (rewards, draws) -> accepted(rewards, beta, draws));
  }

  static int accepted(double[] rewards, double beta, RandomSequence draws) {
    double highest = rewards[BestOfN.best(rewards)];
    for (int i = 0; i < rewards.length; i++) {
      if (draws.uniform() < StrictMath.exp((rewards[i] - highest) / beta)) {
        return i;
      }
    }
    throw new IllegalStateException("the best of the samples was not accepted");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * A quantilizer: gives an answer from the best share of another policy's answers, so that a wrong
 * reward can cost only so much. Nothing is trained.
 *
 * <p>Jessica Taylor, "Quantilizers: A Safer Alternative to Maximizers for Limited Optimization",
 * AAAI workshop 2016, definition 1 and lemma 1, from n samples y_1..y_n ~ pi(.|x):
 *
 * <pre>{@code
 * y  uniform among the k = ceil(q n) of highest r(x, y_i)
 * P(y in A) <= (n / k) pi(A)                 for every set A: whatever harm pi does, n/k times at most
 * KL(quantilizer || pi) <= log(n / k) <= -log q
 * }</pre>
 *
 * <p>Choices left open: with n samples the share is that of the sample, which comes to the
 * quantilizer as n grows; of equal rewards the samples drawn first count as higher; the temperature
 * is the method's own.
 */
public final class Quantilizer implements Stage {

  @Override
  public String operation() {
    return "quantilizer";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.Quantilizer settings = context.settings(OnlinePolicySpec.Quantilizer.class);
    int n = settings.groupSize();
    int among = among(settings.quantile(), n);
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("n", n);
    own.put("among", among);
    own.put("temperature", settings.temperature());
    ChosenSamples.Drawing drawing = new ChosenSamples.Drawing(n, among, settings.temperature());
    Policies.write(context, operation(), own, drawing);
  }

  /** How many of n samples are the best share of them: one at least. */
  static int among(double quantile, int n) {
    return (int) Math.max(1, Math.ceil(quantile * n - 1e-9));
  }

  static AnswerSource open(AnswerSource sampled, RewardFunction reward, JsonNode own) {
    return of(
        sampled,
        reward,
        new ChosenSamples.Drawing(
            own.path("n").asInt(), own.path("among").asInt(), own.path("temperature").asDouble()));
  }

  /** The policy: it asks another n times and gives one of the best. */
  static AnswerSource of(
      AnswerSource sampled, RewardFunction reward, ChosenSamples.Drawing drawing) {
    return new ChosenSamples(
        sampled,
        reward,
        drawing,
        (rewards, draws) -> descending(rewards)[draws.bounded(drawing.equal())]);
  }

  private static int[] descending(double[] rewards) {
    return IntStream.range(0, rewards.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -rewards[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.CarriedContext;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * A shield: gives the answers of one policy, or of a safer one where these are not to be trusted.
 * Nothing is trained.
 *
 * <p>Casper et al., "Open Problems and Fundamental Limitations of Reinforcement Learning from Human
 * Feedback", TMLR 2023, arXiv:2307.15217, section 4.2.2, and Alshiekh et al., "Safe Reinforcement
 * Learning via Shielding", AAAI 2018, arXiv:1708.08611, for the name. An answer is kept back if
 *
 * <pre>{@code
 * the standard deviation of the reward's members at it > max_spread,  or
 * its worth by the declared values < 0
 * }</pre>
 *
 * <p>Choices left open: the fallback is asked once, with the same random numbers, and its answer is
 * given whatever it is; the temperature is the method's own. How many answers were kept back, and
 * why, is noted wherever the policy is asked. As a mixture of two policies it has no next-token
 * distribution of its own, so evaluations measure no divergence of it.
 */
public final class Shield implements Stage {

  @Override
  public String operation() {
    return "shield";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    OnlinePolicySpec.Shield settings = context.settings(OnlinePolicySpec.Shield.class);
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("kind", operation());
    policy.put("model", context.input("from").digest());
    policy.put("fallback", context.input("fallback").digest());
    if (settings.reward() != null) {
      policy.put("reward", context.input("reward").digest());
    }
    policy.put("temperature", settings.temperature());
    CarriedContext.write(context, Canonical.keys(settings));
    JsonFiles.write(context.output().resolve(Models.COMPOSITION), policy);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", operation());
    summary.put("steps", 0);
    JsonFiles.write(context.output().resolve("summary.json"), summary);
  }

  static AnswerSource open(StageContext context, Artifact shield, JsonNode parts)
      throws IOException {
    CarriedContext carried = CarriedContext.open(context, shield);
    OnlinePolicySpec.Shield settings = carried.settings(OnlinePolicySpec.Shield.class);
    String values = settings.values();
    Guard guard =
        new Guard(
            settings.reward() == null
                ? null
                : Rewards.open(context, context.artifact(parts.path("reward").asText())),
            settings.maxSpread(),
            values == null ? null : Utility.declared(carried, values));
    return new Answers(
        Policies.open(context, context.artifact(parts.path("model").asText())),
        Policies.open(context, context.artifact(parts.path("fallback").asText())),
        guard,
        settings.temperature());
  }

  /** What keeps answers back. */
  record Guard(
      @Nullable RewardFunction reward, @Nullable Double maxSpread, @Nullable Utility values) {}

  /** The policy. */
  static final class Answers implements AnswerSource {
    private final AnswerSource policy;
    private final AnswerSource fallback;
    private final Guard guard;
    private final double temperature;
    private int asked;
    private int spread;
    private int worthless;

    Answers(AnswerSource policy, AnswerSource fallback, Guard guard, double temperature) {
      this.policy = policy;
      this.fallback = fallback;
      this.guard = guard;
      this.temperature = temperature;
    }

    @Override
    public List<SampledAnswer> answer(
        List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
      SamplingSettings own = settings.withTemperature(temperature);
      List<SampledAnswer> answers =
          new ArrayList<>(policy.answer(prompts, own, stream, firstIndex));
      boolean[] keptBack = keptBack(SampledAnswer.to(prompts, answers));
      asked += prompts.size();
      for (int i = 0; i < keptBack.length; i++) {
        if (keptBack[i]) {
          answers.set(
              i, fallback.answer(List.of(prompts.get(i)), own, stream, firstIndex + i).get(0));
        }
      }
      return answers;
    }

    private boolean[] keptBack(List<Exchange> answers) {
      double[] spreads = spreads(answers);
      Double most = guard.maxSpread();
      Utility values = guard.values();
      boolean[] keptBack = new boolean[answers.size()];
      for (int i = 0; i < keptBack.length; i++) {
        Exchange answer = answers.get(i);
        boolean apart = most != null && spreads[i] > most;
        boolean bad =
            values != null && values.of(answer.prompt().text(), answer.answer().text()) < 0;
        spread += apart ? 1 : 0;
        worthless += bad ? 1 : 0;
        keptBack[i] = apart || bad;
      }
      return keptBack;
    }

    private double[] spreads(List<Exchange> answers) {
      RewardFunction reward = guard.reward();
      try {
        return reward == null ? new double[answers.size()] : reward.score(answers).spread();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void note(StageContext context) {
      policy.note(context);
      fallback.note(context);
      context.note(
          "of "
              + asked
              + " answers the shield kept back "
              + spread
              + " for the spread of the reward and "
              + worthless
              + " for their worth; the fallback answered instead");
    }

    @Override
    public LanguageModel model() {
      return policy.model();
    }

    @Override
    public double temperature(SamplingSettings settings) {
      return policy.temperature(settings.withTemperature(temperature));
    }

    @Override
    public double mostLogRatio() {
      return Double.POSITIVE_INFINITY; // what the fallback says the policy may never say
    }

    @Override
    public double klBound() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public void close() {
      policy.close();
      fallback.close();
      RewardFunction reward = guard.reward();
      if (reward != null) {
        reward.close();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
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
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("kind", "best_of_n");
    policy.put("model", context.input("from").digest());
    policy.put("reward", context.input("reward").digest());
    policy.put("n", settings.n());
    policy.put("temperature", settings.temperature());
    JsonFiles.write(context.output().resolve(Models.COMPOSITION), policy);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", "best_of_n");
    summary.put("steps", 0);
    summary.put("kl_bound", BestOf.klBound(settings.n()));
    JsonFiles.write(context.output().resolve("summary.json"), summary);
  }

  /** The policy: it asks another n times and keeps the best answer. */
  static final class Answers implements AnswerSource {
    private final AnswerSource sampled;
    private final RewardFunction reward;
    private final int n;
    private final double temperature;

    Answers(AnswerSource sampled, RewardFunction reward, int n, double temperature) {
      this.sampled = sampled;
      this.reward = reward;
      this.n = n;
      this.temperature = temperature;
    }

    @Override
    public List<SampledAnswer> answer(
        List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
      List<Prompt> repeated = new ArrayList<>();
      for (Prompt prompt : prompts) {
        for (int i = 0; i < n; i++) {
          repeated.add(prompt);
        }
      }
      List<SampledAnswer> candidates =
          sampled.answer(repeated, settings.withTemperature(temperature), stream, firstIndex * n);
      double[] scores = scores(SampledAnswer.to(repeated, candidates));
      List<SampledAnswer> best = new ArrayList<>();
      for (int prompt = 0; prompt < prompts.size(); prompt++) {
        best.add(candidates.get(best(scores, prompt * n, n)));
      }
      return best;
    }

    private double[] scores(List<Exchange> answers) {
      try {
        return reward.score(answers).score();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The index of the highest of n scores from the first on; of equals the first. */
    static int best(double[] scores, int first, int n) {
      int best = first;
      for (int i = first + 1; i < first + n; i++) {
        if (scores[i] > scores[best]) {
          best = i;
        }
      }
      return best;
    }

    @Override
    public LanguageModel model() {
      return sampled.model();
    }

    @Override
    public void note(StageContext context) {
      sampled.note(context);
    }

    @Override
    public double temperature(SamplingSettings settings) {
      return sampled.temperature(settings.withTemperature(temperature));
    }

    @Override
    public double mostLogRatio() {
      return sampled.mostLogRatio() + StrictMath.log(n); // no answer has more than n chances
    }

    @Override
    public double klBound() {
      return sampled.mostLogRatio() + BestOf.klBound(n);
    }

    @Override
    public void close() {
      sampled.close();
      reward.close();
    }
  }
}

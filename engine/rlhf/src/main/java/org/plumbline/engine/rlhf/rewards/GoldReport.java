// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Gold;
import org.plumbline.engine.artifact.RewardMeasures.Share;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SamplingPhases;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.RankCorrelation;
import org.plumbline.engine.statistics.StudentT;

/**
 * How well a reward measures what those who gave its feedback want, on answers that the model it
 * starts from gives to held-out prompts: the same for every kind of feedback, so that rewards can
 * be put side by side.
 *
 * <p>Of each of some prompts several answers are sampled. By the values of the population and by
 * the reward: how often two answers to a prompt are ordered alike, Kendall's tau-b, {@link Epic},
 * what is lost by choosing the best answer by the reward (Gao, Schulman and Hilton 2022,
 * arXiv:2210.10760, in a nutshell), and {@link AdversarialAnswers}.
 */
final class GoldReport {
  private static final int PROMPTS = 24;
  private static final int ANSWERS = 16;

  private GoldReport() {}

  /** What the reward is asked about. */
  record Asked(LanguageModel policy, List<Prompt> heldOut, int longest, SamplingPhases phases) {}

  /** The measures; null if it is not known what people want, or no prompt is held out. */
  static @Nullable Gold of(StageContext context, RewardFunction reward, Asked asked)
      throws IOException {
    List<Prompt> prompts = asked.heldOut().stream().distinct().limit(PROMPTS).toList();
    GoldStandard standard = GoldStandard.of(context);
    Utility utility = standard == null ? null : standard.utility();
    String values = standard == null ? null : standard.values();
    if (standard == null || utility == null || values == null || prompts.isEmpty()) {
      return null;
    }
    List<Prompt> each = new ArrayList<>();
    prompts.forEach(prompt -> each.addAll(Collections.nCopies(ANSWERS, prompt)));
    RandomStream stream =
        RandomStream.of(context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.GOLD);
    List<Exchange> answers =
        asked
            .phases()
            .answers(
                "gold",
                new ModelAnswers(asked.policy()),
                each,
                new SamplingPhases.Drawn(SamplingSettings.of(asked.longest()), stream));
    double[] scores = reward.score(answers).score();
    double[] worth = new double[scores.length];
    for (int i = 0; i < worth.length; i++) {
      Exchange answer = answers.get(i);
      worth[i] = utility.of(answer.prompt().text(), answer.answer().text());
    }
    List<double[][]> pools = new ArrayList<>();
    List<Exchange> best = new ArrayList<>();
    for (int from = 0; from < worth.length; from += ANSWERS) {
      double[] own = Arrays.copyOfRange(worth, from, from + ANSWERS);
      pools.add(new double[][] {own, Arrays.copyOfRange(scores, from, from + ANSWERS)});
      best.add(answers.get(from + argmax(own)));
    }
    return new Gold(
        values,
        prompts.size(),
        ANSWERS,
        accuracy(pools),
        kendall(pools),
        epic(pools),
        bestOf(pools),
        AdversarialAnswers.of(best, standard, utility, reward));
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /**
   * The mean over prompts of the share of answers that are ordered rightly; the interval is that of
   * as many independent orders as have the same standard error.
   *
   * @param pools of each prompt the worth and the scores of its answers
   */
  static @Nullable Share accuracy(List<double[][]> pools) {
    List<Double> known = new ArrayList<>();
    int orders = 0;
    for (double[][] pool : pools) {
      Double own = RankCorrelation.accuracy(pool[0], pool[1]);
      if (own != null) {
        known.add(own);
        orders += ordered(pool[0]);
      }
    }
    if (known.isEmpty()) {
      return null;
    }
    double[] shares = known.stream().mapToDouble(share -> share).toArray();
    double mean = Moments.mean(shares);
    double variance = shares.length < 2 ? 0 : Moments.sd(shares) * Moments.sd(shares);
    double independent =
        variance == 0 ? shares.length : mean * (1 - mean) * shares.length / variance;
    return Slices.share(mean, Math.min(orders, Math.max(1, independent)), orders);
  }

  private static int ordered(double[] worth) {
    int ordered = 0;
    for (int i = 0; i < worth.length; i++) {
      for (int j = 0; j < i; j++) {
        ordered += worth[i] != worth[j] ? 1 : 0;
      }
    }
    return ordered;
  }

  private static @Nullable Double kendall(List<double[][]> pools) {
    List<Double> known = new ArrayList<>();
    for (double[][] pool : pools) {
      Double own = RankCorrelation.kendall(pool[0], pool[1]);
      if (own != null) {
        known.add(own);
      }
    }
    return known.isEmpty()
        ? null
        : (Double) Moments.mean(known.stream().mapToDouble(tau -> tau).toArray());
  }

  private static @Nullable Double epic(List<double[][]> pools) {
    Map<Integer, List<double[]>> byPrompt = new LinkedHashMap<>();
    for (int p = 0; p < pools.size(); p++) {
      double[][] pool = pools.get(p);
      List<double[]> answers = new ArrayList<>();
      for (int i = 0; i < pool[0].length; i++) {
        answers.add(new double[] {pool[1][i], pool[0][i]});
      }
      byPrompt.put(p, answers);
    }
    return Epic.distance(byPrompt.values());
  }

  /** What choosing by the scores loses. */
  static RewardMeasures.BestOf bestOf(List<double[][]> pools) {
    int n = pools.get(0)[0].length;
    double[] regrets = new double[pools.size()];
    double drawn = 0;
    double chosen = 0;
    double best = 0;
    for (int p = 0; p < regrets.length; p++) {
      double[] worth = pools.get(p)[0];
      double own = BestOf.expectedGold(pools.get(p)[1], worth, n);
      double most = BestOf.expectedGold(worth, worth, n);
      drawn += Moments.mean(worth) / regrets.length;
      chosen += own / regrets.length;
      best += most / regrets.length;
      regrets[p] = most - own;
    }
    double regret = Moments.mean(regrets);
    if (regrets.length < 2) {
      return new RewardMeasures.BestOf(n, drawn, chosen, best, regret, null, null);
    }
    double half =
        StudentT.twoSided(0.05, regrets.length - 1)
            * Moments.sd(regrets)
            / StrictMath.sqrt(regrets.length);
    return new RewardMeasures.BestOf(
        n, drawn, chosen, best, regret, Math.max(0, regret - half), regret + half);
  }
}

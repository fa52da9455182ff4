// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.AdvantageScale;
import org.plumbline.engine.rlhf.numerics.Gae;
import org.plumbline.engine.rlhf.numerics.Whitening;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.statistics.Moments;

/** How much better than expected each token was: what its gradient is weighted with. */
@FunctionalInterface
public interface Advantages {
  /** 1e-4: what TRL's GRPOTrainer adds to a deviation. */
  double SMALL = 1e-4;

  /**
   * Estimates the advantages of an update's answers; those to one prompt follow each other.
   *
   * @param answers what each was given
   */
  Estimates of(List<Rewards> answers);

  /** A policy begins to learn with these, or goes on after an interruption. */
  default void learning(TrainingRun run) {}

  /**
   * What the tokens of an answer were given.
   *
   * @param rewards of each token
   * @param values the value head's estimates before each; zeros without one
   * @param baseline the reward of the answer without sampling; 0 where it is not asked for
   */
  record Rewards(double[] rewards, double[] values, double baseline) {

    /** Without an answer beside it. */
    public Rewards(double[] rewards, double[] values) {
      this(rewards, values, 0);
    }

    double whole() {
      return Moments.sum(rewards);
    }
  }

  /**
   * What is learned from; one number for each token of each answer.
   *
   * @param advantages weights of the gradient
   * @param returns what a value head is fitted to
   * @param logged what there is to log beside them
   */
  record Estimates(List<double[]> advantages, List<double[]> returns, Map<String, Double> logged) {

    /** With nothing to log. */
    public Estimates(List<double[]> advantages, List<double[]> returns) {
      this(advantages, returns, Map.of());
    }
  }

  /**
   * Generalised advantage estimation ({@link Gae}), whitened over all tokens of the update.
   *
   * @param gamma discount per token
   * @param lambda how far rewards reach back
   */
  static Advantages generalised(double gamma, double lambda) {
    return answers -> {
      List<Gae> estimates =
          answers.stream().map(a -> Gae.of(a.rewards(), a.values(), gamma, lambda)).toList();
      return new Estimates(
          whitened(estimates.stream().map(Gae::advantages).toList()),
          estimates.stream().map(Gae::returns).toList());
    };
  }

  /**
   * The sum of the rewards from each token on, less the mean of the prompt's answers if there are
   * several, whitened over all tokens of the update (Hu 2025, arXiv:2501.03262).
   *
   * @param group answers per prompt; with several, all tokens of an answer have its whole reward
   */
  static Advantages normalised(int group) {
    if (group == 1) {
      return generalised(1, 1);
    }
    return answers -> {
      Estimates centred =
          ofWhole(answers, group, (reward, others) -> reward - Moments.mean(others));
      return new Estimates(whitened(centred.advantages()), centred.returns());
    };
  }

  /**
   * The whole answer's reward minus the mean of those of the prompt's other answers, for every
   * token the same (Ahmadian et al. 2024, arXiv:2402.14740, section 3.3; Kool, van Hoof, Welling
   * 2019).
   *
   * @param group answers per prompt, 2 or more
   */
  static Advantages leaveOneOut(int group) {
    return answers ->
        ofWhole(
            answers,
            group,
            (reward, all) -> reward - (Moments.sum(all) - reward) / (all.length - 1));
  }

  /**
   * The whole answer's reward minus the mean of the prompt's answers, divided by a deviation, for
   * every token the same (Shao et al. 2024, arXiv:2402.03300, section 4.1.2).
   *
   * @param group answers per prompt, 2 or more
   * @param scale what is divided by
   */
  static Advantages groupRelative(int group, AdvantageScale scale) {
    return answers -> {
      double batch = Moments.sd(answers.stream().mapToDouble(Rewards::whole).toArray());
      return ofWhole(
          answers,
          group,
          (reward, all) -> {
            double deviation = Moments.sd(all);
            double centred = deviation == 0 ? 0 : reward - Moments.mean(all);
            return switch (scale) {
              case GROUP_STD -> centred / (deviation + SMALL);
              case BATCH_STD -> centred / (batch + SMALL);
              case NONE -> centred;
            };
          });
    };
  }

  /** The whole answer's reward less its baseline, for every token the same. */
  static Advantages lessBaseline() {
    return answers -> {
      double[] baselines = answers.stream().mapToDouble(Rewards::baseline).toArray();
      Estimates rewards = ofWhole(answers, 1, (reward, all) -> reward);
      List<double[]> advantages = new ArrayList<>();
      for (int i = 0; i < baselines.length; i++) {
        double[] whole = rewards.advantages().get(i);
        advantages.add(filled(whole.length, whole[0] - baselines[i]));
      }
      Map<String, Double> logged = Map.of("baseline", Moments.mean(baselines));
      return new Estimates(advantages, rewards.returns(), logged);
    };
  }

  /** An advantage of a whole answer, from its reward and those of all answers to the prompt. */
  @FunctionalInterface
  interface OfGroup {
    double advantage(double reward, double[] all);
  }

  /** The same advantage for all tokens of an answer. */
  static Estimates ofWhole(List<Rewards> answers, int group, OfGroup rule) {
    double[] rewards = answers.stream().mapToDouble(Rewards::whole).toArray();
    List<double[]> advantages = new ArrayList<>();
    List<double[]> returns = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      int first = i / group * group;
      double[] all = Arrays.copyOfRange(rewards, first, first + group);
      int tokens = answers.get(i).rewards().length;
      advantages.add(filled(tokens, rule.advantage(rewards[i], all)));
      returns.add(filled(tokens, rewards[i]));
    }
    return new Estimates(advantages, returns);
  }

  private static List<double[]> whitened(List<double[]> answers) {
    double[] white = Whitening.whiten(answers.stream().flatMapToDouble(Arrays::stream).toArray());
    List<double[]> apart = new ArrayList<>();
    int at = 0;
    for (double[] answer : answers) {
      apart.add(Arrays.copyOfRange(white, at, at + answer.length));
      at += answer.length;
    }
    return apart;
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}

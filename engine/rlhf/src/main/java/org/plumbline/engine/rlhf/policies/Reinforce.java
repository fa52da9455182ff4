// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Baseline;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.policygradient.Advantages;
import org.plumbline.engine.rlhf.policygradient.Critic;
import org.plumbline.engine.rlhf.policygradient.Draws;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.policygradient.RunningMeanBaseline;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.policygradient.TokenMean;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * REINFORCE on whole answers, with a simple baseline or none.
 *
 * <p>Williams, "Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement
 * Learning", Machine Learning 1992; the baseline without sampling is that of Li et al., "ReMax: A
 * Simple, Effective, and Efficient Reinforcement Learning Method for Aligning Large Language
 * Models", ICML 2024, arXiv:2310.10505, algorithm 1. With R the sum of the rewards of {@link
 * PolicyGradient} over the tokens of an answer, and b the baseline, the mean over the answers of
 *
 * <pre>{@code
 * L = -(R - b) log pi(y|x) - c_e H
 * }</pre>
 *
 * <p>Choices the papers leave open: those of {@link PolicyGradient}; each update is one step on all
 * of its answers; advantages are not normalised; the running mean counts all answers of the updates
 * before alike; b of ReMax is the score of the most likely tokens' answer after cut and penalties,
 * without the divergence.
 */
public final class Reinforce implements Stage {

  @Override
  public String operation() {
    return "reinforce";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(context, method(context.settings(OnlinePolicySpec.Reinforce.class)));
  }

  /** The method in terms of the loop. */
  public static PolicyGradient.Settings method(OnlinePolicySpec.Reinforce settings) {
    boolean greedy = settings.baseline() == Baseline.GREEDY;
    return new PolicyGradient.Settings(
        "reinforce",
        settings.schedule(),
        greedy ? Draws.besideGreedy() : Draws.of(1),
        new PolicyGradient.Passes(1, 1),
        settings.learningRate(),
        settings.rollout(),
        settings.regularizers(),
        Critic.NONE,
        advantages(settings.baseline()),
        Reinforce::loss,
        TokenMean.SUMS);
  }

  private static Advantages advantages(Baseline baseline) {
    return switch (baseline) {
      case NONE, GREEDY -> Advantages.lessBaseline();
      case RUNNING_MEAN -> new RunningMeanBaseline();
    };
  }

  /** Advantages times log-likelihoods of whole answers, averaged over them. */
  static Loss loss(Surrogate.Terms terms) {
    Tensor weighed = terms.advantages().mul(terms.logProbs()).neg();
    Tensor policy = TokenMean.SUMS.of(weighed, terms.counted());
    return Loss.of(policy).log("policy_loss", policy);
  }
}

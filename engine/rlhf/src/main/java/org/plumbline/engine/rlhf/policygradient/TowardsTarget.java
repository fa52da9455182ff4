// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec.Divergence;
import org.plumbline.engine.rlhf.numerics.FDivergences;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.statistics.Moments;

/**
 * Pseudo-rewards of a policy that is to become the optimum of reward minus beta times divergence:
 * p(y|x) = ref(y|x) exp(r / beta) / Z(x) (Go et al. 2023, arXiv:2302.08215).
 *
 * <p>With R the reward of {@link PolicyGradient} that is charged beta for each nat, R / beta is
 * log(Z p / pi) of the answer. Z is the mean of exp(R / beta) over the prompt's answers, so that a
 * policy at its target has it exactly, and no answer's p / pi exceeds the number of them. What the
 * advantage is over is the mean of the prompt's other pseudo-rewards.
 *
 * @param group answers per prompt, 2 or more
 * @param beta what the target's reward is divided by
 * @param divergence which falls
 */
public record TowardsTarget(int group, double beta, Divergence divergence) implements Advantages {

  @Override
  public Estimates of(List<Rewards> answers) {
    List<double[]> logTs = new ArrayList<>();
    double logZ = 0;
    double fallen = 0;
    for (int first = 0; first < answers.size(); first += group) {
      double[] logRatios =
          answers.subList(first, first + group).stream()
              .mapToDouble(answer -> answer.whole() / beta)
              .toArray();
      double own = Logistic.logSumExp(logRatios) - StrictMath.log(group);
      double[] logT = Arrays.stream(logRatios).map(ratio -> own - ratio).toArray();
      logTs.add(logT);
      logZ += own;
      fallen += Arrays.stream(logT).map(t -> FDivergences.term(divergence, t)).sum();
    }
    Map<String, Double> logged = new LinkedHashMap<>();
    logged.put("log_z", logZ / logTs.size());
    logged.put("divergence", fallen / answers.size());
    return new Estimates(advantages(answers, logTs), returns(answers), logged);
  }

  private List<double[]> advantages(List<Rewards> answers, List<double[]> logTs) {
    List<double[]> advantages = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      double[] pseudo =
          Arrays.stream(logTs.get(i / group))
              .map(logT -> FDivergences.pseudoReward(divergence, logT))
              .toArray();
      double own = pseudo[i % group];
      double others = (Moments.sum(pseudo) - own) / (group - 1);
      advantages.add(filled(answers.get(i).rewards().length, own - others));
    }
    return advantages;
  }

  private static List<double[]> returns(List<Rewards> answers) {
    return answers.stream().map(a -> filled(a.rewards().length, a.whole())).toList();
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}

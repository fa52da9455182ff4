// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers.Constraint;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;

/**
 * A reward with costs whose means are to stay below their bounds while a policy learns from it:
 * {@link LagrangeMultipliers}, which are part of the training's checkpoints.
 */
final class ConstrainedReward implements RewardFunction {
  private final StageContext context;
  private final RewardFunction reward;
  private final List<String> names;
  private final List<RewardFunction> costs;
  private final LagrangeMultipliers multipliers;
  private final double[] means;
  private @Nullable TrainingRun run;

  private ConstrainedReward(
      StageContext context,
      RewardFunction reward,
      List<String> names,
      List<RewardFunction> costs,
      LagrangeMultipliers multipliers) {
    this.context = context;
    this.reward = reward;
    this.names = names;
    this.costs = costs;
    this.multipliers = multipliers;
    this.means = new double[costs.size()];
  }

  /** The reward of a policy under its constraints, if it has any. */
  static RewardFunction open(StageContext context, @Nullable Map<String, Constraint> constraints)
      throws IOException {
    RewardFunction reward = Rewards.open(context, context.input("reward"));
    if (constraints == null || constraints.isEmpty()) {
      return reward;
    }
    List<RewardFunction> costs = new ArrayList<>();
    for (String name : constraints.keySet()) {
      String role = "regularizers.constraints." + name + ".reward";
      costs.add(Rewards.open(context, context.input(role)));
    }
    return new ConstrainedReward(
        context,
        reward,
        List.copyOf(constraints.keySet()),
        costs,
        new LagrangeMultipliers(
            constraints.values().stream().mapToDouble(Constraint::atMost).toArray(),
            constraints.values().stream().mapToDouble(Constraint::multiplierRate).toArray()));
  }

  @Override
  public void learning(TrainingRun training) throws IOException {
    run = training;
    reward.learning(training);
    for (int j = 0; j < means.length; j++) {
      costs.get(j).learning(training);
      multipliers.resume(j, training.number(multiplier(j), LagrangeMultipliers.START));
    }
  }

  private String multiplier(int constraint) {
    return "multiplier_" + names.get(constraint);
  }

  @Override
  public boolean affords(int answers) {
    return reward.affords(answers) && costs.stream().allMatch(cost -> cost.affords(answers));
  }

  @Override
  public Scores score(List<Exchange> answers) throws IOException {
    Scores own = reward.score(answers);
    double[][] cost = new double[means.length][];
    for (int j = 0; j < cost.length; j++) {
      cost[j] = costs.get(j).score(answers).score();
      means[j] = Moments.mean(cost[j]);
    }
    double scale = multipliers.scale();
    double[] score = new double[answers.size()];
    List<PartRewards> parts = new ArrayList<>();
    for (int i = 0; i < score.length; i++) {
      int answer = i;
      double[] each = Arrays.stream(cost).mapToDouble(all -> all[answer]).toArray();
      score[i] = multipliers.reward(own.score()[i], each);
      parts.add(own.parts().get(i).over(scale));
    }
    learn();
    double[] spread = Arrays.stream(own.spread()).map(s -> s / scale).toArray();
    return new Scores(score, spread, parts);
  }

  private void learn() {
    TrainingRun training = run;
    if (training == null) {
      return;
    }
    multipliers.after(means, (double) training.taken() / training.steps());
    for (int j = 0; j < means.length; j++) {
      training.keep(multiplier(j), multipliers.of(j));
    }
  }

  /** The mean of each cost over the answers scored last, and its multiplier after that. */
  @Override
  public Map<String, Double> logged() {
    Map<String, Double> logged = new LinkedHashMap<>(reward.logged());
    for (int j = 0; j < means.length; j++) {
      logged.put("cost_" + names.get(j), means[j]);
      logged.put(multiplier(j), multipliers.of(j));
    }
    return logged;
  }

  @Override
  public Optional<FeedbackSummary> asked() {
    return Stream.concat(Stream.of(reward), costs.stream())
        .flatMap(each -> each.asked().stream())
        .reduce(FeedbackSummary::and);
  }

  @Override
  public void close() {
    for (int j = 0; run != null && j < means.length; j++) {
      if (multipliers.broken(j, means[j])) {
        context.note(
            "constraint `%s` does not hold: its mean over the last update's answers is %.3g, above"
                    .formatted(names.get(j), means[j])
                + " its bound; its multiplier came to %.3g".formatted(multipliers.of(j)));
      }
    }
    reward.close();
    costs.forEach(RewardFunction::close);
  }
}

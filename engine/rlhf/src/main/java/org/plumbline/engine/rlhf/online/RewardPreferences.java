// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.AnswerPenalties;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;

/**
 * What a reward says of answers: the highest score is best, the lowest worst. Penalties for how
 * answers are said are taken off before they are compared. Of equal scores the first is best and
 * the last worst.
 */
public final class RewardPreferences implements FreshPreferences {
  private final RewardFunction reward;
  private final AnswerPenalties penalties;
  private final DoubleUnaryOperator preference;
  private final Map<String, Double> logged = new LinkedHashMap<>();
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  /**
   * Preferences by a reward, which is closed with this.
   *
   * @param penalties taken off the scores
   * @param preference the probability that one answer is better, from how much higher its score is
   */
  public RewardPreferences(
      RewardFunction reward, AnswerPenalties penalties, DoubleUnaryOperator preference) {
    this.reward = reward;
    this.penalties = penalties;
    this.preference = preference;
  }

  /** Preferences by the reward that the key {@code reward} names. */
  public static RewardPreferences open(
      StageContext context, AnswerPenalties penalties, DoubleUnaryOperator preference)
      throws IOException {
    return new RewardPreferences(
        Rewards.open(context, context.input("reward")), penalties, preference);
  }

  /** The higher score is better for sure. */
  public static double certain(double gap) {
    return gap > 0 ? 1 : 0.5;
  }

  @Override
  public void learning(TrainingRun run) throws IOException {
    reward.learning(run);
  }

  @Override
  public boolean affords(int prompts, int each) {
    return reward.affords(prompts * each);
  }

  @Override
  public List<BestAndWorst> among(List<List<FreshAnswer>> groups) throws IOException {
    List<FreshAnswer> drawn = groups.stream().flatMap(List::stream).toList();
    List<Exchange> all = drawn.stream().map(FreshAnswer::given).toList();
    double[] scores = reward.score(all).score();
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        Exchange answer = all.get(i);
        throw new StageFailure(
            "PLB0902",
            "the reward of an answer to `%s` is %s: `%s`"
                .formatted(answer.prompt().text(), scores[i], answer.answer().text()),
            "reward",
            "look at what the reward makes of this answer");
      }
      lowest = Math.min(lowest, scores[i]);
      highest = Math.max(highest, scores[i]);
    }
    logged.clear();
    logged.put("score", Moments.mean(scores));
    logged.putAll(reward.logged());
    for (int i = 0; i < scores.length; i++) {
      scores[i] = penalties.off(scores[i], drawn.get(i).row().completion(), all.get(i).finished());
    }
    List<BestAndWorst> verdicts = new ArrayList<>();
    int from = 0;
    for (List<FreshAnswer> group : groups) {
      verdicts.add(verdict(scores, from, from + group.size()));
      from += group.size();
    }
    return verdicts;
  }

  private BestAndWorst verdict(double[] scores, int from, int to) {
    int best = from;
    int worst = to - 1;
    for (int i = from; i < to; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    for (int i = to - 1; i >= from; i--) {
      worst = scores[i] < scores[worst] ? i : worst;
    }
    double gap = scores[best] - scores[worst];
    return new BestAndWorst(best - from, worst - from, preference.applyAsDouble(gap));
  }

  @Override
  public Map<String, Double> logged() {
    return logged;
  }

  @Override
  public Optional<FeedbackSummary> asked() {
    return reward.asked();
  }

  @Override
  public void note(StageContext context) {
    if (lowest == highest) {
      context.note("the reward scored all answers " + lowest + ": nothing was learned from it");
    }
  }

  @Override
  public void close() {
    reward.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.StageContext;

/**
 * A policy that draws n answers of another one and gives one of them, by their rewards. Nothing is
 * trained.
 *
 * <p>However it chooses, it is no further from what it draws from than the best of n is: of a share
 * of answers p that it likes most it can give one with probability {@code 1 - (1 - p)^n} at most,
 * which is what best-of-n does for every p.
 */
final class ChosenSamples implements AnswerSource {
  private final AnswerSource sampled;
  private final RewardFunction reward;
  private final Drawing drawing;
  private final Choice choice;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  ChosenSamples(AnswerSource sampled, RewardFunction reward, Drawing drawing, Choice choice) {
    this.sampled = sampled;
    this.reward = reward;
    this.drawing = drawing;
    this.choice = choice;
  }

  /**
   * What is drawn.
   *
   * @param n answers per prompt
   * @param equal among how many of them the choice falls evenly: 1 where one is preferred to all
   * @param temperature that their tokens are drawn at, wherever the policy is asked
   */
  record Drawing(int n, int equal, double temperature) {

    /** The most by which the choice moves the policy, in nats. */
    double klBound() {
      return Math.min(BestOf.klBound(n), mostLogRatio());
    }

    /** No answer has more than n chances of the share of each in the choice. */
    double mostLogRatio() {
      return StrictMath.log((double) n / equal);
    }
  }

  /** Which of the answers to a prompt is given. */
  @FunctionalInterface
  interface Choice {
    int among(double[] rewards, RandomSequence draws);
  }

  @Override
  public List<SampledAnswer> answer(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
    int n = drawing.n();
    List<Prompt> repeated = Prompt.repeated(prompts, n);
    List<SampledAnswer> candidates =
        sampled.answer(
            repeated, settings.withTemperature(drawing.temperature()), stream, firstIndex * n);
    double[] scores = scores(SampledAnswer.to(repeated, candidates));
    RandomStream choices = stream.forPurpose(RandomPurpose.CHOICE_AMONG_SAMPLES);
    List<SampledAnswer> given = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      double[] own = Arrays.copyOfRange(scores, prompt * n, (prompt + 1) * n);
      int chosen = choice.among(own, choices.forItem(firstIndex + prompt));
      given.add(candidates.get(prompt * n + chosen));
    }
    return given;
  }

  private double[] scores(List<Exchange> answers) {
    try {
      double[] scores = reward.score(answers).score();
      for (double score : scores) {
        lowest = Math.min(lowest, score);
        highest = Math.max(highest, score);
      }
      return scores;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public LanguageModel model() {
    return sampled.model();
  }

  @Override
  public void note(StageContext context) {
    sampled.note(context);
    if (lowest == highest && drawing.n() > 1) {
      context.note(
          "the reward scored all answers " + lowest + ": it had no say in which of them was given");
    }
  }

  @Override
  public double temperature(SamplingSettings settings) {
    return sampled.temperature(settings.withTemperature(drawing.temperature()));
  }

  @Override
  public double mostLogRatio() {
    return sampled.mostLogRatio() + drawing.mostLogRatio();
  }

  @Override
  public double klBound() {
    return sampled.mostLogRatio() + drawing.klBound();
  }

  @Override
  public void close() {
    sampled.close();
    reward.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.PolicyDivergence;
import org.plumbline.engine.rlhf.training.Scoring;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;

/** The first half of an update: sample, score, and turn rewards into advantages. */
final class RolloutSampler {
  /** Updates from one point of the learning curve to the next. */
  private static final int CURVE_EVERY = 5;

  private final PolicyGradient.Settings settings;
  private final LanguageModel policy;
  private final LanguageModel reference;
  private final RewardFunction reward;
  private final AnswerFormat format;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  RolloutSampler(
      PolicyGradient.Settings settings,
      LanguageModel policy,
      LanguageModel reference,
      RewardFunction reward) {
    this.settings = settings;
    this.policy = policy;
    this.reference = reference;
    this.reward = reward;
    this.format = new AnswerFormat(policy);
  }

  /** Answers each prompt once and computes all that is learned from. */
  Rollout sample(List<Prompt> prompts, RandomStream stream, double klCoefficient)
      throws IOException {
    SamplingSettings sampling =
        SamplingSettings.of(settings.rollout().sampling().maxNewTokens())
            .withTemperature(settings.rollout().sampling().temperature());
    List<int[]> tokens = new ArrayList<>();
    prompts.forEach(
        prompt -> tokens.add(format.prompt(prompt, settings.rollout().sampling().maxNewTokens())));
    List<Completion> samples = new Sampler(policy).sample(tokens, sampling, stream, 0);
    List<Sequence> sequences = new ArrayList<>();
    List<Exchange> answers = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sequence row = samples.get(i).after(tokens.get(i));
      sequences.add(row);
      Prompt prompt = prompts.get(i);
      Answer answer = prompt.answer(format.text(prompt, row));
      answers.add(new Exchange(prompt, answer, samples.get(i).finished()));
    }
    RewardFunction.Scores scores = reward.score(answers);
    for (double score : scores.score()) {
      lowest = Math.min(lowest, score);
      highest = Math.max(highest, score);
    }
    Said said = said(sequences);
    List<Rollout.Facts> facts = new ArrayList<>();
    List<Advantages.Rewards> rewards = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      boolean finished = samples.get(i).finished();
      double[] each = said.logRatio(i);
      double logRatio = Moments.sum(each);
      for (int t = 0; t < each.length; t++) {
        each[t] *= -klCoefficient;
      }
      RewardFunction.PartRewards parts = scores.parts().get(i);
      int[] places = places(prompts.get(i), sequences.get(i), parts.ends());
      parts.addTo(each, places, finalReward(scores.score()[i], finished));
      rewards.add(new Advantages.Rewards(each, doubles(said.values().get(i))));
      double entropy = Moments.mean(doubles(said.entropies().get(i)));
      facts.add(
          new Rollout.Facts(scores.score()[i], scores.spread()[i], logRatio, entropy, finished));
    }
    Advantages.Estimates estimates = settings.advantages().of(rewards);
    return new Rollout(
        sequences,
        answers.stream().map(Exchange::answer).toList(),
        said.logProbs(),
        said.values(),
        estimates.advantages().stream().map(RolloutSampler::floats).toList(),
        estimates.returns().stream().map(RolloutSampler::floats).toList(),
        facts);
  }

  /** Whether so many more answers can be scored. */
  boolean affords(int answers) {
    return reward.affords(answers);
  }

  /** What there is to log of the reward beside its scores. */
  Map<String, Double> logged() {
    return reward.logged();
  }

  /** What somebody was asked of the answers, as feedback says it. */
  Optional<FeedbackSummary> asked() {
    return reward.asked();
  }

  /** The last tokens of parts of an answer, counted from its first. */
  private int[] places(Prompt prompt, Sequence row, List<Integer> ends) {
    return Arrays.stream(format.lastTokens(prompt, row, ends))
        .map(place -> place - row.promptLength())
        .toArray();
  }

  /**
   * Tells the user what of the prompts so far the policy was not told, if anything, and if nothing
   * could be learned from the reward.
   */
  void note(StageContext context) {
    format.noteUntold(context);
    if (lowest == highest) {
      context.note("the reward scored all answers " + lowest + ": nothing was learned from it");
    }
  }

  /** Logs some of the answers for the learning curve, every few updates and at the last. */
  void keep(TrainingRun run, long update, List<Prompt> prompts, Rollout rollout) {
    if (update % CURVE_EVERY != 0 && update != run.steps() - 1) {
      return;
    }
    int n = Math.min(LearningCurve.PROMPTS, rollout.size());
    List<PolicyDivergence> drifts =
        PolicyDivergence.of(policy, reference, rollout.sequences().subList(0, n));
    for (int i = 0; i < n; i++) {
      run.rollout(
          LearningCurve.row(update, prompts.get(i), rollout.answers().get(i), drifts.get(i)));
    }
  }

  /** What policy and reference say about the answers' tokens, one array per answer. */
  private record Said(
      List<float[]> logProbs,
      List<float[]> references,
      List<float[]> values,
      List<float[]> entropies) {

    double[] logRatio(int answer) {
      double[] ratio = doubles(logProbs.get(answer));
      float[] reference = references.get(answer);
      for (int t = 0; t < ratio.length; t++) {
        ratio[t] -= reference[t];
      }
      return ratio;
    }
  }

  private Said said(List<Sequence> sequences) {
    Batch batch = Batch.of(sequences);
    try (TensorScope scope = TensorScope.open()) {
      // computed as in the loss, not taken from the sampler: the first ratio is 1 but for rounding
      TokenScores now = Scoring.tokens(policy, batch, settings.rollout().sampling().temperature());
      TokenScores before =
          Scoring.tokens(reference, batch, settings.rollout().sampling().temperature());
      return new Said(
          byAnswer(now.logProbs(), batch),
          byAnswer(before.logProbs(), batch),
          byAnswer(now.values(), batch),
          byAnswer(now.entropy(), batch));
    }
  }

  private double finalReward(double score, boolean finished) {
    Double limit = settings.regularizers().rewardClip();
    double cut = limit == null ? score : Math.max(-limit, Math.min(limit, score));
    return finished ? cut : cut - settings.rollout().missingEndPenalty();
  }

  /** The entries of each answer's tokens in a tensor [batch, time-1]. */
  private static List<float[]> byAnswer(Tensor tensor, Batch batch) {
    float[] all = tensor.toFloatArray();
    int columns = batch.width() - 1;
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Sequence row = batch.rows().get(i);
      int start = i * columns + row.promptLength() - 1;
      rows.add(Arrays.copyOfRange(all, start, start + row.length() - row.promptLength()));
    }
    return rows;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}

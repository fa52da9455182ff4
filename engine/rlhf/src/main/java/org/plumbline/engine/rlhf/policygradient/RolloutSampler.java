// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.PolicyDivergence;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Watcher;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;

/** The first half of an update: sample, score, and turn rewards into advantages. */
final class RolloutSampler {
  private final PolicyGradient.Settings settings;

  /** What learning curves measure the divergence from. */
  private final LanguageModel standing;

  private final KlTerm.Models models;
  private final RewardFunction reward;
  private final AnswerFormat format;
  private final KlTerm kl;
  private final ScoreShaping shaping;
  private @Nullable ValueModel values;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  RolloutSampler(
      PolicyGradient.Settings settings, LanguageModel policy, PolicyGradient.Parts parts) {
    this.settings = settings;
    boolean still =
        parts.reference().members().size() == 1
            && settings.regularizers().kl().referenceUpdates() == null;
    this.standing = still ? parts.reference().members().get(0).model().get() : parts.start();
    this.reward = parts.reward();
    double temperature = settings.rollout().sampling().temperature();
    this.models = new KlTerm.Models(policy, parts.reference(), temperature);
    this.format = new AnswerFormat(policy);
    this.kl = new KlTerm(settings.regularizers().kl());
    this.shaping = new ScoreShaping(settings);
  }

  /** Has returns predicted by a model of its own; null leaves that to the policy's head. */
  RolloutSampler valuedBy(@Nullable ValueModel other) {
    values = other;
    return this;
  }

  /** Goes on after an interruption, or begins. */
  void resume(TrainingRun run) throws IOException {
    reward.learning(run);
    shaping.resume(run);
  }

  /**
   * Answers each prompt once and computes all that advantages are made from.
   *
   * @param numbers of the prompts in the data
   */
  List<Rollout.Row> sample(
      List<Prompt> prompts, int[] numbers, RandomStream stream, double klCoefficient)
      throws IOException {
    int longest = settings.rollout().sampling().maxNewTokens();
    List<int[]> tokens = prompts.stream().map(prompt -> format.prompt(prompt, longest)).toList();
    SamplingSettings drawn = Sampling.of(settings.rollout().sampling());
    List<Completion> samples = new ArrayList<>(answers(tokens, drawn, stream));
    if (settings.draws().greedy()) {
      samples.addAll(answers(tokens, drawn.withTemperature(0), stream));
    }
    List<Sequence> sequences = new ArrayList<>();
    List<Exchange> answers = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      int from = i % prompts.size();
      Prompt prompt = prompts.get(from);
      Sequence row = samples.get(i).after(tokens.get(from));
      sequences.add(row);
      Answer answer = prompt.answer(samples.get(i).cut(format.text(prompt, row)));
      answers.add(new Exchange(prompt, answer, samples.get(i).finished()));
    }
    RewardFunction.Scores scores = scored(answers, numbers);
    return rows(
        new Sampled(numbers, sequences.subList(0, prompts.size()), answers, samples, scores),
        klCoefficient);
  }

  private List<Completion> answers(
      List<int[]> tokens, SamplingSettings drawn, RandomStream stream) {
    return new Sampler(models.policy()).sample(tokens, drawn, stream, 0);
  }

  /**
   * Answers with their scores; where there are twice as many as sequences, the second half are
   * those without sampling.
   */
  private record Sampled(
      int[] numbers,
      List<Sequence> sequences,
      List<Exchange> answers,
      List<Completion> samples,
      RewardFunction.Scores scores) {

    double reward(int answer, ScoreShaping shaping) {
      Completion sample = samples.get(answer);
      return shaping.of(scores.score()[answer], sample.ids(), sample.finished());
    }
  }

  private RewardFunction.Scores scored(List<Exchange> answers, int[] numbers) throws IOException {
    RewardFunction.Scores scores = reward.score(answers);
    for (int i = 0; i < answers.size(); i++) {
      double score = scores.score()[i];
      if (!Double.isFinite(score)) {
        throw new StageFailure(
            "PLB0902",
            "the reward of an answer to row %d is %s: `%s`"
                .formatted(numbers[i % numbers.length], score, answers.get(i).answer().text()),
            "reward",
            "look at what the reward makes of this answer");
      }
      lowest = Math.min(lowest, score);
      highest = Math.max(highest, score);
    }
    shaping.see(Arrays.copyOf(scores.score(), numbers.length));
    return scores;
  }

  private List<Rollout.Row> rows(Sampled sampled, double klCoefficient) {
    TokensSaid tokens = said(sampled);
    List<double[]> logRatios =
        IntStream.range(0, sampled.sequences().size()).mapToObj(tokens::logRatio).toList();
    List<double[]> prices =
        kl.inLoss() ? List.of() : kl.ofRewards(models, sampled.sequences(), logRatios);
    List<Rollout.Row> rows = new ArrayList<>();
    for (int i = 0; i < sampled.sequences().size(); i++) {
      Exchange given = sampled.answers().get(i);
      double whole = sampled.reward(i, shaping);
      double[] each = new double[logRatios.get(i).length];
      for (int t = 0; t < each.length && !kl.inLoss(); t++) {
        each[t] = prices.get(i)[t] * -klCoefficient;
      }
      RewardFunction.PartRewards parts = sampled.scores().parts().get(i).over(shaping.scale());
      parts.addTo(each, places(given.prompt(), sampled.sequences().get(i), parts.ends()), whole);
      Rollout.Said said = tokens.said().get(i);
      double baseline =
          settings.draws().greedy() ? sampled.reward(i + sampled.numbers().length, shaping) : 0;
      rows.add(
          new Rollout.Row(
              sampled.numbers()[i],
              given.prompt(),
              given.answer(),
              sampled.sequences().get(i),
              said,
              new Advantages.Rewards(each, TokensSaid.doubles(said.values()), baseline),
              new Rollout.Facts(
                  sampled.scores().score()[i],
                  whole,
                  sampled.scores().spread()[i],
                  Moments.sum(logRatios.get(i)),
                  Moments.mean(TokensSaid.doubles(tokens.entropies().get(i))),
                  given.finished())));
    }
    return rows;
  }

  private TokensSaid said(Sampled sampled) {
    List<Sequence> sequences = sampled.sequences();
    // a head reads whole answers; with an adapter or in 16 bits, the draw and the loss round apart
    boolean alike =
        models.policy().precision() == Precision.FLOAT32 && models.policy().adapter() == null;
    TokensSaid said =
        alike && !settings.critic().head()
            ? TokensSaid.drawn(models, sequences, sampled.samples())
            : TokensSaid.read(models, sequences);
    return values == null ? said : said.withValues(values.of(sequences));
  }

  /** Whether so many more answers can be scored. */
  boolean affords(int answers) {
    return reward.affords(settings.draws().greedy() ? 2 * answers : answers);
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

  /**
   * Logs some of the answers for the learning curve, and has somebody look at them.
   *
   * @param most answers
   */
  void curve(TrainingRun run, long update, Rollout rollout, int most, Watcher watcher)
      throws IOException {
    int size = rollout.size();
    int shown = Math.min(most, size);
    List<Rollout.Row> some = // of all prompts, where several answers to one stand together
        IntStream.range(0, shown).mapToObj(i -> rollout.rows().get(i * size / shown)).toList();
    List<PolicyDivergence> drifts =
        PolicyDivergence.of(
            models.policy(), standing, some.stream().map(Rollout.Row::sequence).toList());
    List<Watcher.Answered> answered = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      Rollout.Row row = some.get(i);
      answered.add(
          new Watcher.Answered(row.prompt(), row.answer(), drifts.get(i), row.facts().finished()));
      run.rollout(LearningCurve.row(update, answered.get(i)));
    }
    int longest = settings.rollout().sampling().maxNewTokens();
    watcher.look(new Watcher.Point(update, false, answered, longest));
  }

  /** Notes of which update the labels are, if somebody gives them within the training. */
  void labelled(TrainingRun run, long update) {
    if (reward.asked().isPresent()) {
      run.labelled(update);
    }
  }

  /** Keeps what must outlive an interruption. */
  void keep(TrainingRun run) {
    shaping.keep(run);
  }
}

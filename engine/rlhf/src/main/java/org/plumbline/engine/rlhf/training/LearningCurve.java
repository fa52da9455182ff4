// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RolloutRow;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * Answers that a policy in training gives to a few fixed prompts at a few points: {@link
 * RolloutRow}s. There are nine points of 32 prompts, or fewer where that would cost more than a
 * share of the training ({@link #within}).
 *
 * <p>They are kept as text, so that rewards that training must not know can be computed from them
 * later.
 */
public final class LearningCurve {
  /** Prompts that are answered at each point. */
  public static final int PROMPTS = 32;

  private final TrainingRun run;
  private final LanguageModel reference;
  private final List<Prompt> prompts;
  private final Settings settings;
  private Watcher watcher = Watcher.NONE;
  private @Nullable CurveSize size;

  /**
   * A curve over some of a stage's prompts.
   *
   * @param reference what the policy's drift is measured from
   */
  public LearningCurve(
      TrainingRun run, LanguageModel reference, List<Prompt> candidates, Settings settings) {
    this.run = run;
    this.reference = reference;
    this.settings = settings;
    int[] order =
        RandomStream.of(settings.seed(), RandomPurpose.ENVIRONMENT, RandomPurpose.LEARNING_CURVE)
            .permutation(candidates.size());
    this.prompts = new ArrayList<>();
    for (int i = 0; i < Math.min(PROMPTS, order.length); i++) {
      prompts.add(candidates.get(order[i]));
    }
    this.size = CurveSize.full(prompts.size(), settings.maxNewTokens());
  }

  /**
   * How the answers are drawn.
   *
   * @param seed the node's seed
   * @param maxNewTokens longest answer
   */
  public record Settings(long seed, int maxNewTokens) {

    /** As long as the longest of the answers that are learned from. */
    public static Settings longest(long seed, List<Sequence> answers) {
      int longest = 1;
      for (Sequence answer : answers) {
        longest = Math.max(longest, answer.length() - answer.promptLength());
      }
      return new Settings(seed, longest);
    }
  }

  /** Has somebody look at each point. */
  public LearningCurve watched(Watcher by) {
    this.watcher = by;
    return this;
  }

  /** What a training costs, in the unit of {@link Effort}. */
  @FunctionalInterface
  public interface Work {

    /**
     * All its steps.
     *
     * @param prompt tokens of a prompt, on average
     * @param answer tokens of the policy's own answers, if it learns from any
     */
    double of(double prompt, double answer);
  }

  /**
   * Keeps what the curve and its watcher cost within a share of the training, by counting tokens:
   * there are fewer answers, points or tokens, the same on every machine. Whoever watches sees at
   * least the first and the last point.
   */
  public LearningCurve within(double share, Work work) {
    if (prompts.isEmpty()) {
      return this;
    }
    CurveSize full = CurveSize.full(prompts.size(), settings.maxNewTokens());
    double prompt =
        tokens(run.model(), prompts, settings).stream().mapToInt(p -> p.length).average().orElse(0);
    double most = share * work.of(prompt, full.longest());
    // answers may end at once, the policy's own in the training, too
    double least = share * work.of(prompt, 1);
    CurveSize fits =
        full.within(
            run.steps(),
            (points, answers, longest) ->
                points * effort(answers, prompt, longest) <= most
                    && points * effort(answers, prompt, 1) <= least);
    boolean needed = fits == null && watcher != Watcher.NONE;
    size = needed ? CurveSize.smallest(full.longest()) : fits;
    if (!full.equals(size)) {
      run.note(reduced(full, share));
    }
    return this;
  }

  private double effort(int answers, double prompt, int longest) {
    return Effort.drawing(answers, longest, prompt)
        + Effort.comparing(answers * (prompt + longest))
        + watcher.effort(answers, prompt, longest);
  }

  private String reduced(CurveSize full, double share) {
    CurveSize now = size;
    String shown =
        now == null
            ? "the training is too short to be watched"
            : "the training is watched at %d points with %d answers of at most %d tokens"
                .formatted(now.points(run.steps()), now.answers(), now.longest());
    return "%s: %d with %d of %d would cost more than %s %% of it, which `training.watching` says"
        .formatted(
            shown,
            full.points(run.steps()),
            full.answers(),
            full.longest(),
            BigDecimal.valueOf(share * 100).stripTrailingZeros().toPlainString());
  }

  /**
   * Answers the prompts with the model as it is after so many steps, if a point lies there. Whoever
   * takes the steps must ask {@link TrainingRun#stopped} then.
   */
  public void sample(long stepsDone, long steps) throws IOException {
    CurveSize now = size;
    if (now != null && now.isPoint(stepsDone, steps)) {
      run.watching(() -> sample(now, stepsDone, steps));
    }
  }

  private void sample(CurveSize now, long stepsDone, long steps) throws IOException {
    List<Prompt> asked = prompts.subList(0, now.answers());
    List<Said> said =
        said(
            new Sampler(run.model()).stoppedBy(run::stopAsked),
            tokens(run.model(), asked, new Settings(settings.seed(), now.longest())),
            new Settings(settings.seed(), now.longest()));
    List<Sequence> rows = said.stream().map(Said::row).toList();
    List<PolicyDivergence> drifts = PolicyDivergence.of(run.model(), reference, rows);
    List<Answer> answers = texts(run.model(), asked, rows);
    List<Watcher.Answered> answered = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      answered.add(
          new Watcher.Answered(
              asked.get(i), answers.get(i), drifts.get(i), said.get(i).finished()));
      run.rollout(row(stepsDone, answered.get(i)));
    }
    watcher.look(new Watcher.Point(stepsDone, stepsDone == steps, answered, now.longest()));
  }

  /** The answers of a model to prompts, with the random numbers of learning curves. */
  public static List<Answer> answers(LanguageModel model, List<Prompt> prompts, Settings settings) {
    List<int[]> tokens = tokens(model, prompts, settings);
    List<Said> said = said(new Sampler(model), tokens, settings);
    return texts(model, prompts, said.stream().map(Said::row).toList());
  }

  /** Prompt and answer as tokens, and whether the answer ended by itself. */
  private record Said(Sequence row, boolean finished) {}

  private static List<int[]> tokens(LanguageModel model, List<Prompt> prompts, Settings settings) {
    AnswerFormat format = new AnswerFormat(model);
    return prompts.stream().map(p -> format.prompt(p, settings.maxNewTokens())).toList();
  }

  private static List<Said> said(Sampler sampler, List<int[]> tokens, Settings settings) {
    RandomStream stream =
        RandomStream.of(
            settings.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.LEARNING_CURVE);
    List<Completion> samples =
        sampler.sample(tokens, SamplingSettings.of(settings.maxNewTokens()), stream, 0);
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      said.add(new Said(samples.get(i).after(tokens.get(i)), samples.get(i).finished()));
    }
    return said;
  }

  private static List<Answer> texts(
      LanguageModel model, List<Prompt> prompts, List<Sequence> rows) {
    AnswerFormat format = new AnswerFormat(model);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      answers.add(prompts.get(i).answer(format.text(prompts.get(i), rows.get(i))));
    }
    return answers;
  }

  /** An answer given after so many steps, as it is kept. */
  public static RolloutRow row(long stepsDone, Watcher.Answered given) {
    PolicyDivergence drift = given.drift();
    return new RolloutRow(
        stepsDone, given.prompt().json(), given.answer().json(), drift.kl(), drift.entropy());
  }
}

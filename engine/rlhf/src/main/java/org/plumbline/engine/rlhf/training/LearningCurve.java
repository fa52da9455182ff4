// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * RolloutRow}s.
 *
 * <p>They are kept as text, so that rewards that training must not know can be computed from them
 * later.
 */
public final class LearningCurve {
  /** Prompts that are answered at each point. */
  public static final int PROMPTS = 32;

  /** Points along a training: the steps are divided into so many parts. */
  private static final int PARTS = 8;

  private final TrainingRun run;
  private final LanguageModel reference;
  private final List<Prompt> prompts;
  private final Settings settings;
  private Watcher watcher = Watcher.NONE;

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

  /** Whether a point lies before this step. */
  public static boolean isPoint(long step, long steps) {
    long every = Math.max(1, (steps + PARTS - 1) / PARTS);
    return step % every == 0 || step == steps;
  }

  /** Has somebody look at each point. */
  public LearningCurve watched(Watcher by) {
    this.watcher = by;
    return this;
  }

  /**
   * Answers the prompts with the model as it is after so many steps, if a point lies there. Whoever
   * takes the steps must ask {@link TrainingRun#stopped} then.
   */
  public void sample(long stepsDone, long steps) throws IOException {
    if (!isPoint(stepsDone, steps)) {
      return;
    }
    List<Said> said = said(run.model(), prompts, settings);
    List<Sequence> rows = said.stream().map(Said::row).toList();
    List<PolicyDivergence> drifts = PolicyDivergence.of(run.model(), reference, rows);
    List<Answer> answers = texts(run.model(), prompts, rows);
    List<Watcher.Answered> answered = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      answered.add(
          new Watcher.Answered(
              prompts.get(i), answers.get(i), drifts.get(i), said.get(i).finished()));
      run.rollout(row(stepsDone, answered.get(i)));
    }
    watcher.look(
        new Watcher.Point(stepsDone, stepsDone == steps, answered, settings.maxNewTokens()));
  }

  /** The answers of a model to prompts, with the random numbers of learning curves. */
  public static List<Answer> answers(LanguageModel model, List<Prompt> prompts, Settings settings) {
    return texts(model, prompts, said(model, prompts, settings).stream().map(Said::row).toList());
  }

  /** Prompt and answer as tokens, and whether the answer ended by itself. */
  private record Said(Sequence row, boolean finished) {}

  private static List<Said> said(LanguageModel model, List<Prompt> prompts, Settings settings) {
    AnswerFormat format = new AnswerFormat(model);
    List<int[]> tokens =
        prompts.stream().map(p -> format.prompt(p, settings.maxNewTokens())).toList();
    RandomStream stream =
        RandomStream.of(
            settings.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.LEARNING_CURVE);
    List<Completion> samples =
        new Sampler(model).sample(tokens, SamplingSettings.of(settings.maxNewTokens()), stream, 0);
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

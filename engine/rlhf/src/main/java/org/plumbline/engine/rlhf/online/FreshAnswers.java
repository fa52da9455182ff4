// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.run.StageContext;

/** Draws the answers of updates: those of an update have random numbers of their own. */
public final class FreshAnswers {
  private final AnswerFormat format;
  private final SamplingSettings sampling;
  private final long seed;

  /**
   * Answers of models of one kind.
   *
   * @param model whose way with prompts is followed
   */
  public FreshAnswers(LanguageModel model, SamplingSettings sampling, long seed) {
    this.format = new AnswerFormat(model);
    this.sampling = sampling;
    this.seed = seed;
  }

  /**
   * Answers each prompt once.
   *
   * @param tokens what the random numbers are for
   */
  public List<FreshAnswer> draw(
      Sampler sampler, List<Prompt> prompts, RandomPurpose tokens, int update) {
    List<int[]> asked =
        prompts.stream().map(prompt -> format.prompt(prompt, sampling.maxNewTokens())).toList();
    RandomStream stream = RandomStream.of(seed, tokens, RandomPurpose.FIRST_UPDATE + update);
    List<Completion> samples = sampler.sample(asked, sampling, stream, 0);
    List<FreshAnswer> answers = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Completion sample = samples.get(i);
      Prompt prompt = prompts.get(i);
      Sequence row = sample.after(asked.get(i));
      String text = sample.cut(format.text(prompt, row));
      answers.add(
          new FreshAnswer(new Exchange(prompt, prompt.answer(text), sample.finished()), row));
    }
    return answers;
  }

  /** Tells the user what of the prompts the models were not told, if anything. */
  public void note(StageContext context) {
    format.noteUntold(context);
  }
}

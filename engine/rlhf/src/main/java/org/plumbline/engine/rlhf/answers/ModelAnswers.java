// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.run.StageContext;

/** Answers with samples of one language model, which whoever made this closes. */
public final class ModelAnswers implements AnswerSource {

  private final LanguageModel model;
  private final AnswerFormat format;

  private BooleanSupplier stop = () -> false;

  /** Answers as the model is at the time of each call. */
  public ModelAnswers(LanguageModel model) {
    this.model = model;
    this.format = new AnswerFormat(model);
  }

  /** Stops between two tokens, as {@link Sampler#stoppedBy} does, once it is told to. */
  public ModelAnswers stoppedBy(BooleanSupplier asked) {
    stop = asked;
    return this;
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public List<SampledAnswer> answer(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
    return answerAt(
        prompts,
        settings,
        stream,
        LongStream.range(firstIndex, firstIndex + prompts.size()).toArray());
  }

  @Override
  public List<SampledAnswer> answerAt(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long[] indices) {
    List<int[]> tokens =
        prompts.stream().map(prompt -> format.prompt(prompt, settings.maxNewTokens())).toList();
    List<Completion> samples =
        new Sampler(model).stoppedBy(stop).sample(tokens, settings, stream, indices);
    List<SampledAnswer> answers = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Completion sample = samples.get(i);
      Prompt prompt = prompts.get(i);
      String text = sample.cut(format.text(prompt, sample.after(tokens.get(i))));
      answers.add(new SampledAnswer(prompt.answer(text), sample.ids(), sample.finished()));
    }
    return answers;
  }

  @Override
  public void note(StageContext context) {
    format.noteUntold(context);
  }

  @Override
  public double temperature(SamplingSettings settings) {
    return settings.temperature();
  }

  @Override
  public double mostLogRatio() {
    return 0;
  }

  @Override
  public double klBound() {
    return 0;
  }

  @Override
  public void close() {
    model.close();
  }
}

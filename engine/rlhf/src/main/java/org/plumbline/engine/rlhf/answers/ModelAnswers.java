package org.plumbline.engine.rlhf.answers;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.lm.Sample;
import org.plumbline.engine.lm.Sampler;
import org.plumbline.engine.lm.SamplingSettings;
import org.plumbline.engine.rlhf.training.AnswerFormat;

/** Answers with samples of one language model, which whoever made this closes. */
public final class ModelAnswers implements AnswerSource {

  /** Tokens of context sampled at once: enough to be fast, few enough for the cache of keys. */
  private static final int MOST_TOKENS = 1 << 15;

  private final LanguageModel model;
  private final AnswerFormat format;

  /** Answers as the model is at the time of each call. */
  public ModelAnswers(LanguageModel model) {
    this.model = model;
    this.format = new AnswerFormat(model);
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public List<Answer> answer(
      List<String> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
    Sampler sampler = new Sampler(model);
    List<Answer> answers = new ArrayList<>();
    int atOnce = Math.max(1, MOST_TOKENS / model.config().contextLength());
    for (int at = 0; at < prompts.size(); at += atOnce) {
      List<String> part = prompts.subList(at, Math.min(prompts.size(), at + atOnce));
      List<int[]> tokens = new ArrayList<>();
      for (String prompt : part) {
        tokens.add(format.prompt(prompt, settings.maxNewTokens()));
      }
      List<Sample> samples = sampler.sample(tokens, settings, stream, firstIndex + at);
      for (int i = 0; i < part.size(); i++) {
        int[] ids = samples.get(i).ids();
        String text = format.text(part.get(i), ids);
        answers.add(new Answer(text, ids, samples.get(i).finished()));
      }
    }
    return answers;
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageContext;

/** A policy given as the probabilities of the answers aa, ab, ba and bb (algorithms 4.1). */
final class TableAnswers implements AnswerSource {
  static final List<String> ANSWERS = List.of("aa", "ab", "ba", "bb");

  private final double[] probabilities;

  TableAnswers(double... probabilities) {
    this.probabilities = probabilities;
  }

  @Override
  public List<SampledAnswer> answer(
      List<Prompt> prompts, SamplingSettings settings, RandomStream stream, long firstIndex) {
    List<SampledAnswer> answers = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      int drawn = stream.categorical(firstIndex + i, probabilities);
      answers.add(
          new SampledAnswer(prompts.get(i).answer(ANSWERS.get(drawn)), new int[] {drawn}, true));
    }
    return answers;
  }

  @Override
  public void note(StageContext context) {}

  @Override
  public LanguageModel model() {
    throw new UnsupportedOperationException();
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
  public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.config.ModelConfig;

/** A prompt and what has been drawn after it. */
final class SampledRow {

  private final int[] prompt;
  private final long sample;
  private final @Nullable StopTexts stop;
  private final int[] ids;
  private final float[] logProbs;
  private final float[] modelLogProbs;
  private final float[] entropies;
  private int count;
  private boolean finished;

  /** A row of at most {@code most} tokens, which takes the stream's numbers of {@code sample}. */
  SampledRow(int[] prompt, long sample, int most, @Nullable StopTexts stop) {
    this.prompt = prompt;
    this.sample = sample;
    this.stop = stop;
    this.ids = new int[most];
    this.logProbs = new float[most];
    this.modelLogProbs = new float[most];
    this.entropies = new float[most];
  }

  int[] prompt() {
    return prompt;
  }

  long sample() {
    return sample;
  }

  int count() {
    return count;
  }

  boolean open() {
    return !finished && count < ids.length;
  }

  void add(int token, float logProb, ModelConfig config) {
    ids[count] = token;
    logProbs[count] = logProb;
    count++;
    finished = config.endsText(token) || (stop != null && stop.completed(ids, count));
  }

  /** Notes what the model itself said of the last token, and the entropy that it had there. */
  void says(float logProb, float entropy) {
    modelLogProbs[count - 1] = logProb;
    entropies[count - 1] = entropy;
  }

  int last() {
    return ids[count - 1];
  }

  /** Returns where the last token stands. */
  int position() {
    return prompt.length + count - 1;
  }

  Completion sample(List<String> stopTexts) {
    Completion.LogProbs numbers =
        new Completion.LogProbs(
            Arrays.copyOf(logProbs, count),
            Arrays.copyOf(modelLogProbs, count),
            Arrays.copyOf(entropies, count),
            null);
    return new Completion(Arrays.copyOf(ids, count), numbers, finished, stopTexts);
  }
}

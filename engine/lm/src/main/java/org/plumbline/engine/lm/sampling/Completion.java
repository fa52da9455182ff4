// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** One sampled completion. */
public final class Completion {

  private final int[] ids;
  private final LogProbs logProbs;
  private final boolean finished;
  private final List<String> stop;

  Completion(int[] ids, LogProbs logProbs, boolean finished, List<String> stop) {
    this.ids = ids;
    this.logProbs = logProbs;
    this.finished = finished;
    this.stop = stop;
  }

  /**
   * The log-probabilities of the tokens.
   *
   * @param drawn under the distribution they were drawn from
   * @param model under the model itself
   * @param entropies of the model's distributions that they were chosen from
   * @param reference under another model; null if none was asked
   */
  record LogProbs(float[] drawn, float[] model, float[] entropies, float @Nullable [] reference) {}

  Completion withReference(float[] reference) {
    return new Completion(
        ids,
        new LogProbs(logProbs.drawn, logProbs.model, logProbs.entropies, reference),
        finished,
        stop);
  }

  /**
   * Returns the completion's tokens, with the end token or the tokens of the stop text that ended
   * it.
   */
  public int[] ids() {
    return ids.clone();
  }

  /**
   * Returns each token's log-probability under the distribution it was drawn from: 0 for greedy
   * sampling.
   */
  public float[] logProbs() {
    return logProbs.drawn.clone();
  }

  /**
   * Returns each token's log-probability under the model at the temperature of sampling (1 for
   * greedy sampling), without penalty and before any token is left out.
   */
  public float[] modelLogProbs() {
    return logProbs.model.clone();
  }

  /**
   * Returns the entropy in nats of the distributions of {@link #modelLogProbs}; 0 for greedy
   * sampling.
   */
  public float[] entropies() {
    return logProbs.entropies.clone();
  }

  /**
   * Returns each token's log-probability under the sampler's reference model.
   *
   * @throws IllegalStateException if the sampler has none
   */
  public float[] referenceLogProbs() {
    float[] reference = logProbs.reference;
    if (reference == null) {
      throw new IllegalStateException("the sampler has no reference model");
    }
    return reference.clone();
  }

  public int length() {
    return ids.length;
  }

  /** Returns whether the completion ended by itself, rather than by running out of room. */
  public boolean finished() {
    return finished;
  }

  /** Returns the completion's text up to where a stop text begins, without special tokens. */
  public String text(Tokenizer tokenizer) {
    return cut(tokenizer.decode(ids));
  }

  /** Returns the part of a text before the first stop text. */
  public String cut(String text) {
    int end = text.length();
    for (String each : stop) {
      int at = text.indexOf(each);
      end = at < 0 ? end : Math.min(end, at);
    }
    return text.substring(0, end);
  }

  /** Returns the prompt and this as one row. */
  public Sequence after(int[] prompt) {
    return Sequence.of(prompt, ids);
  }

  @Override
  public String toString() {
    return "Sample" + Arrays.toString(ids) + (finished ? "" : "...");
  }
}

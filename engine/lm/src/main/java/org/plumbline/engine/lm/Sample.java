package org.plumbline.engine.lm;

import java.util.Arrays;

/** One sampled completion. */
public final class Sample {

  private final int[] ids;
  private final float[] logProbs;
  private final boolean finished;

  Sample(int[] ids, float[] logProbs, boolean finished) {
    this.ids = ids;
    this.logProbs = logProbs;
    this.finished = finished;
  }

  /** Returns the completion's tokens, the end of text included if it was reached. */
  public int[] ids() {
    return ids.clone();
  }

  /** Returns each token's log-probability under the distribution it was drawn from. */
  public float[] logProbs() {
    return logProbs.clone();
  }

  public int length() {
    return ids.length;
  }

  /** Returns whether the completion ended by itself, rather than by running out of room. */
  public boolean finished() {
    return finished;
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

package org.plumbline.engine.lm;

import java.util.Arrays;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * Turns logits into the distribution that tokens are drawn from, on the host: temperature, then
 * top-k, then top-p, each renormalising.
 *
 * <p>Top-p: Holtzman et al., "The Curious Case of Neural Text Degeneration", ICLR 2020.
 */
final class TokenChooser {

  private final SamplingSettings settings;

  TokenChooser(SamplingSettings settings) {
    this.settings = settings;
  }

  /** Reads probabilities (or, for temperature 0, logits) of all rows. */
  float[] read(TorchTensor logits) {
    if (settings.temperature() == 0) {
      return logits.toFloats();
    }
    TorchTensor scaled =
        settings.temperature() == 1 ? logits : logits.mul(1 / settings.temperature());
    return scaled.softmax(-1).toFloats();
  }

  /** Returns the distribution in {@code size} numbers from {@code from} on. */
  Distribution distribution(float[] numbers, int from, int size) {
    if (settings.temperature() == 0) {
      return new Distribution(oneHot(numbers, from, size), 0, size);
    }
    if (settings.topK() == 0 && settings.topP() == 1) {
      return new Distribution(numbers, from, size);
    }
    float[] row = Arrays.copyOfRange(numbers, from, from + size);
    if (settings.topK() > 0 && settings.topK() < size) {
      float[] sorted = row.clone();
      Arrays.sort(sorted);
      dropBelow(row, sorted[size - settings.topK()]);
    }
    if (settings.topP() < 1) {
      keepNucleus(row);
    }
    return new Distribution(row, 0, size);
  }

  private static float[] oneHot(float[] logits, int from, int size) {
    int best = from;
    for (int i = from; i < from + size; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    float[] row = new float[size];
    row[best - from] = 1f;
    return row;
  }

  private static void dropBelow(float[] row, float least) {
    for (int i = 0; i < row.length; i++) {
      if (row[i] < least) {
        row[i] = 0f;
      }
    }
  }

  /** Keeps the most likely tokens until they reach topP; of equally likely ones, the lower ids. */
  private void keepNucleus(float[] row) {
    Integer[] order = new Integer[row.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(row[b], row[a]));
    double total = 0;
    for (float p : row) {
      total += p;
    }
    double kept = 0;
    for (int token : order) {
      if (kept >= settings.topP() * total) {
        row[token] = 0f;
      }
      kept += row[token];
    }
  }

  /** Weights of tokens that need not sum to one. */
  static final class Distribution {

    private final float[] weights;
    private final int from;
    private final int size;
    private final double total;

    private Distribution(float[] weights, int from, int size) {
      this.weights = weights;
      this.from = from;
      this.size = size;
      double sum = 0;
      for (int i = from; i < from + size; i++) {
        sum += weights[i];
      }
      this.total = sum;
      if (!(sum > 0)) {
        throw NonFiniteException.sampling(sum);
      }
    }

    /** Returns the smallest token whose cumulative probability exceeds u. */
    int choose(double u) {
      double target = u * total;
      double cumulative = 0;
      int last = 0;
      for (int i = 0; i < size; i++) {
        double weight = weights[from + i];
        cumulative += weight;
        if (weight > 0) {
          last = i;
          if (target < cumulative) {
            return i;
          }
        }
      }
      return last;
    }

    double logProb(int token) {
      return StrictMath.log(weights[from + token] / total);
    }
  }
}

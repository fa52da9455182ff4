// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

import org.plumbline.engine.lm.Architecture;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ParameterSpec;
import org.plumbline.engine.lm.batch.Division;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tensor.Precision;

/**
 * How much memory the training of a model is likely to take at its peak, in bytes; an estimate from
 * sizes alone, before anything is made.
 *
 * <p>Counted is what the backward pass needs of each token: in a GPT-2 block 16 vectors of the
 * model's width (input, two norms, queries, keys, values, attention, residual, four of each side of
 * the activation), in a Llama block 14 and four of the feed-forward width, and in both the
 * attention weights where they are kept. The factors for copies and gradients in flight, and the
 * memory of the process itself, were measured with {@code plumb bench lm memory} at its two sizes
 * and both families.
 *
 * @param weights parameters, and their 16-bit copies
 * @param training gradients and AdamW's two moments
 * @param activations what the layers keep for the backward pass
 * @param logits the output layer's part, which grows with the vocabulary
 * @param process libtorch, Java and buffers, whatever the model
 */
public record TrainingMemory(
    long weights, long training, long activations, long logits, long process) {

  /** Copies and gradients beside what the layers keep; fitted to measurements. */
  private static final double IN_FLIGHT = 1.8;

  /** Logits, their logarithms, and the gradients of both. */
  private static final int LOGITS_AT_ONCE = 4;

  private static final long PROCESS = 100_000_000;

  /** Attention weights are kept up to this length; beyond, they are computed again. */
  private static final int LONGEST_KEPT = 64;

  /**
   * What a step computes at once.
   *
   * @param rows sequences
   * @param length tokens of the longest
   * @param precision what layers compute in
   * @param checkpointing whether layers are computed again instead of being kept
   * @param threads how many parts of a step are computed side by side
   */
  public record Load(
      int rows, int length, Precision precision, boolean checkpointing, int threads) {

    /** In 32 bits, with everything kept, on one thread. */
    public static Load of(int rows, int length) {
      return new Load(rows, length, Precision.FLOAT32, false, 1);
    }

    /** The same on several threads. */
    public Load on(int count) {
      return new Load(rows, length, precision, checkpointing, count);
    }

    /** Into how many parts a step of a model of so many parameters is divided. */
    private int parts(long parameters) {
      return Division.parts(parameters, rows, (long) rows * length);
    }
  }

  /** Estimates the training of all parameters of a model. */
  public static TrainingMemory of(ModelConfig config, Load load) {
    long parameters = parameters(config);
    return of(config, load, parameters, parameters);
  }

  /** Estimates the training of an adapter beside a model's parameters, which stay as they are. */
  public static TrainingMemory of(ModelConfig config, LoraSettings adapter, Load load) {
    long trained = adapter.parameters(config);
    return of(config, load, parameters(config) + trained, trained);
  }

  private static TrainingMemory of(ModelConfig config, Load load, long parameters, long trained) {
    long narrow = load.precision() == Precision.FLOAT32 ? Float.BYTES : Short.BYTES;
    long copies = load.precision() == Precision.FLOAT32 ? 0 : parameters * Short.BYTES;
    int parts = load.parts(parameters);
    int beside = Math.min(parts, load.threads());
    double tokens = (double) load.rows() * load.length() * beside / parts;
    int gradients = parts == 1 ? 1 : 1 + beside; // their sum, and those of parts
    double layer = perToken(config, load.length()) * narrow * tokens;
    double inputs = (double) config.width() * narrow * tokens * config.layers();
    double kept = load.checkpointing() ? inputs + layer : layer * config.layers();
    return new TrainingMemory(
        parameters * Float.BYTES + copies,
        (2 + gradients) * trained * Float.BYTES,
        (long) (IN_FLIGHT * kept),
        (long) (tokens * config.vocabularySize() * Float.BYTES * LOGITS_AT_ONCE),
        PROCESS);
  }

  /** Returns how many numbers a model's parameters are. */
  public static long parameters(ModelConfig config) {
    long count = 0;
    for (ParameterSpec spec : Architecture.of(config.architecture()).parameters(config)) {
      long size = 1;
      for (long length : spec.shape()) {
        size = Math.multiplyExact(size, length);
      }
      count = Math.addExact(count, size);
    }
    return count;
  }

  /** Numbers that one layer keeps of each token. */
  private static double perToken(ModelConfig config, int length) {
    double attention = length <= LONGEST_KEPT ? (double) config.heads() * length : 0;
    return config.llama() == null
        ? 8.0 * config.width() + 2.0 * config.feedForwardWidth() + attention
        : 14.0 * config.width() + 4.0 * config.feedForwardWidth() + attention;
  }

  /** Returns bytes in all. */
  public long bytes() {
    return weights + training + activations + logits + process;
  }
}

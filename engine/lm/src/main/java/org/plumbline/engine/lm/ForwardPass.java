// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Layout;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * A pass over given sequences, as a call of a head's method that has been given the hidden states
 * it reads, and no others.
 */
final class ForwardPass {

  private static final class Loaded {
    static final Script HEADS = Script.load(ForwardPass.class, "heads.torchscript", "Heads");
  }

  /** What libtorch's cross-entropy leaves out. */
  private static final long NO_TARGET = -100;

  private final ModelConfig config;
  private final Architecture architecture;
  private final ForwardWeights weights;
  private final int padding;
  private boolean checkpointing;

  /**
   * Passes of one model.
   *
   * @param padding the token that fills up rows; -1 without one
   */
  ForwardPass(ModelConfig config, ForwardWeights weights, int padding) {
    this.config = config;
    this.architecture = Architecture.of(config.architecture());
    this.weights = weights;
    this.padding = padding;
  }

  boolean checkpointing() {
    return checkpointing;
  }

  void checkpointing(boolean recomputes) {
    checkpointing = recomputes;
  }

  /** Makes the call for the logits after every token. */
  Script.Call logits(Batch batch) {
    int[] tokens = batch.tokenIndices();
    Script.Call call = Loaded.HEADS.call("all_logits").tensor(hidden(batch, tokens, batch.width()));
    call.tensor(indices(tokens)).integer(batch.size()).integer(batch.width());
    return call.tensor(outputEmbedding());
  }

  /** Begins a call with the states before completion tokens and all that predicts these. */
  Script.Call predict(String method, Batch batch) {
    return onPredictions(method, batch).tensor(outputEmbedding());
  }

  /** Begins a call with the states before completion tokens, these tokens, and where they are. */
  Script.Call onPredictions(String method, Batch batch) {
    int[] predictions = batch.predictionIndices();
    int columns = batch.width() - 1;
    long[] targets = new long[Layout.padded(predictions.length)];
    Arrays.fill(targets, NO_TARGET);
    for (int i = 0; i < predictions.length; i++) {
      int index = predictions[i];
      targets[i] = batch.rows().get(index / columns).id(index % columns + 1);
    }
    return Loaded.HEADS
        .call(method)
        .tensor(hidden(batch, predictions, columns))
        .tensor(TorchTensor.longs(targets, targets.length))
        .tensor(indices(predictions))
        .integer(batch.size())
        .integer(columns);
  }

  /**
   * Begins a call with the states of each row's last token that is no padding, and their number.
   */
  Script.Call onLastTokens(String method, Batch batch) {
    int[] last = new int[batch.size()];
    for (int row = 0; row < last.length; row++) {
      last[row] = row * batch.width() + last(batch.rows().get(row));
    }
    return onTokens(method, batch, last);
  }

  /**
   * Begins a call with the states of tokens at flat indices into [batch, time], and their number.
   */
  Script.Call onTokens(String method, Batch batch, int[] places) {
    return Loaded.HEADS
        .call(method)
        .tensor(hidden(batch, places, batch.width()))
        .integer(places.length);
  }

  private int last(Sequence row) {
    int last = row.length() - 1;
    while (last > 0 && row.id(last) == padding) {
      last--;
    }
    return last;
  }

  private static TorchTensor indices(int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return TorchTensor.longs(wide, wide.length);
  }

  /**
   * Returns hidden states at flat indices into [batch, columns], and further ones up to a multiple
   * of what matrix products like.
   *
   * @param columns how many of the batch's columns are read
   */
  private TorchTensor hidden(Batch batch, int[] indices, int columns) {
    if (columns < 1 || columns > config.contextLength()) {
      throw new IllegalArgumentException(
          "sequences of " + batch.width() + " tokens in a context of " + config.contextLength());
    }
    batch.requireIds(config.vocabularySize());
    Layout layout = Layout.of(batch.rows(), batch.width() - columns);
    int[] places = new int[indices.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = layout.at(indices[i] / columns, indices[i] % columns);
    }
    TorchTensor wanted = layout.wanted(places);
    Recording recording = Recording.current();
    return checkpointing && recording != null && TorchTensor.recordsGradients()
        ? new Checkpointing(architecture, weights.now(), recording).hidden(layout.input(), wanted)
        : architecture.hidden(weights.now(), layout.input(), wanted);
  }

  /** Returns what turns hidden states into logits, [vocabulary, width]. */
  TorchTensor outputEmbedding() {
    return weights.now().get(architecture.outputEmbedding(config));
  }
}

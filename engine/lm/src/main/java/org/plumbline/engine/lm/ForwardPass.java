// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Layout;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.NumberType;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Tensor;

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
    return onPredictions(method, batch, hidden(batch, predictions, batch.width() - 1));
  }

  private static Script.Call onPredictions(String method, Batch batch, TorchTensor hidden) {
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
        .tensor(hidden)
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
    require(batch, columns);
    Layout layout = Layout.of(batch.rows(), batch.width() - columns);
    TorchTensor wanted = wanted(layout, indices, columns);
    Recording recording = Recording.current();
    return checkpointing && recording != null && TorchTensor.recordsGradients()
        ? new Checkpointing(architecture, weights.now(), recording).hidden(layout.input(), wanted)
        : architecture.hidden(weights.now(), layout.input(), wanted);
  }

  private void require(Batch batch, int columns) {
    if (columns < 1 || columns > config.contextLength()) {
      throw new IllegalArgumentException(
          "sequences of " + batch.width() + " tokens in a context of " + config.contextLength());
    }
    batch.requireIds(config.vocabularySize());
  }

  private static TorchTensor wanted(Layout layout, int[] indices, int columns) {
    int[] places = new int[indices.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = layout.at(indices[i] / columns, indices[i] % columns);
    }
    return layout.wanted(places);
  }

  /**
   * Returns the derivatives of the mean log-probability of a row's completion by the one-hot
   * vectors of tokens before it, as if tokens could be taken in part, [to-from][vocabulary]. The
   * pass goes layer by layer from what the tokens are embedded as, which is the only leaf.
   */
  float[][] tokenGradients(Sequence row, int from, int to) {
    Batch batch = Batch.of(List.of(row));
    require(batch, batch.width() - 1);
    try (Recording recording = Recording.open(0);
        Architecture.Weights constant = weights.constant()) {
      Layout layout = Layout.of(batch.rows(), 1);
      TorchTensor embedded = architecture.embed(constant, layout.input()).detach();
      embedded.requireGradient();
      recording.backward(
          recording.record(() -> new Tensor(meanLoss(batch, constant, layout, embedded))));
      TorchTensor slopes = embedded.gradient().as(NumberType.FLOAT32);
      TorchTensor vectors = constant.get(architecture.tokenEmbedding()).as(NumberType.FLOAT32);
      long[] places = IntStream.range(from, to).mapToLong(t -> layout.at(0, t)).toArray();
      TorchTensor own = slopes.indexSelect(0, TorchTensor.longs(places, places.length));
      float[] all = own.neg().matMul(vectors.transposed()).toFloats();
      float[][] gradients = new float[to - from][];
      int width = config.vocabularySize();
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
      }
      return gradients;
    }
  }

  private TorchTensor meanLoss(
      Batch batch, Architecture.Weights constant, Layout layout, TorchTensor embedded) {
    Layout.Input input = layout.input();
    TorchTensor x = embedded;
    for (int layer = 0; layer < config.layers(); layer++) {
      x = architecture.layer(constant, layer, x, input);
    }
    TorchTensor wanted = wanted(layout, batch.predictionIndices(), batch.width() - 1);
    TorchTensor hidden = architecture.finish(constant, x, wanted);
    return onPredictions("mean_loss", batch, hidden)
        .tensor(constant.get(architecture.outputEmbedding(config)))
        .toTensor();
  }

  /** Returns what turns hidden states into logits, [vocabulary, width]. */
  TorchTensor outputEmbedding() {
    return weights.now().get(architecture.outputEmbedding(config));
  }
}

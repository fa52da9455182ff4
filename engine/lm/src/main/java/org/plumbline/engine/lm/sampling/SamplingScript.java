// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.plumbline.engine.lm.Architecture;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.MatrixLibrary;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * A model made ready for sampling with some settings: the native calls, one per token.
 *
 * <p>Where oneDNN is the faster library, the matrices are packed once for oneDNN's matrix products,
 * which were measured to be 1.5 to 3 times as fast as libtorch's usual ones at the few rows of a
 * step, and to give a row the same bits whatever the number of rows.
 */
public final class SamplingScript implements AutoCloseable {

  /** Packing needs the matrices' memory once more. */
  private static final long MOST_PACKED_BYTES = 4L << 30;

  private static final Map<String, Script> LOADED = new ConcurrentHashMap<>();

  private final LanguageModel model;
  private final SamplingSettings settings;
  private final Script script;
  private final Script.Tensors weights;

  private SamplingScript(LanguageModel model, SamplingSettings settings, Script script) {
    this.model = model;
    this.settings = settings;
    this.script = script;
    Architecture architecture = model.architecture();
    try (TensorScope scope = TensorScope.open()) {
      this.weights =
          script
              .call("pack")
              .tensors(model.weights().operands())
              .tensor(model.outputEmbedding())
              .integers(matrices(architecture, model.config()))
              .integer(architecture.storesInputFirst() ? 1 : 0)
              .toList();
    }
  }

  /** Returns the places of linear maps' matrices among the operands. */
  private static long[] matrices(Architecture architecture, ModelConfig config) {
    List<String> names = architecture.operands(config);
    return LongStream.range(0, names.size())
        .filter(i -> names.get((int) i).endsWith(".weight"))
        .filter(i -> architecture.decays(names.get((int) i)))
        .toArray();
  }

  static SamplingScript of(LanguageModel model, SamplingSettings settings) {
    return new SamplingScript(model, settings, script(model));
  }

  private static Script script(LanguageModel model) {
    String name = model.architecture().samplingScript();
    boolean packed =
        MatrixLibrary.here() == MatrixLibrary.ONE_DNN
            && model.parameters().count() * Float.BYTES <= MOST_PACKED_BYTES;
    return packed ? loaded(name, "packed") : loaded(name, "plain");
  }

  private static Script loaded(String name, String products) {
    String className = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Sampling";
    return LOADED.computeIfAbsent(
        name + " " + products,
        key ->
            Script.load(
                SamplingScript.class,
                List.of(
                    name + "-sampling.torchscript",
                    "sampling.torchscript",
                    "products-" + products + ".torchscript"),
                className));
  }

  ModelConfig config() {
    return model.config();
  }

  int contextLength() {
    return config().contextLength();
  }

  boolean penalises() {
    return settings.repetitionPenalty() != 1;
  }

  /** Returns the random number of a row's next token, times 2^53. */
  long number(RandomStream stream, SampledRow row) {
    return (long) (stream.uniform(row.sample() * settings.maxNewTokens() + row.count()) * 0x1p53);
  }

  /** Makes a cache for some lanes. */
  Script.Tensors emptyCache(int lanes, int capacity, TorchTensor context) {
    ModelConfig config = config();
    return script
        .call("empty")
        .tensors(weights)
        .integer(config.layers())
        .integer((long) lanes * config.keyValueHeads())
        .integer(capacity)
        .integer(config.headWidth())
        .tensor(context)
        .toList();
  }

  /**
   * Reads right-padded prompts [lanes, time] and returns the hidden states of their last tokens.
   */
  TorchTensor prefill(TorchTensor ids, TorchTensor last, Script.Tensors cache) {
    Script.Call call = script.call("prefill").tensors(weights).tensor(ids).tensor(last);
    call.tensors(cache);
    return model.architecture().shape(call, config()).toTensor();
  }

  /** Which lanes of one cache go into which of another, and how many tokens of them. */
  record Placing(TorchTensor into, TorchTensor from, int time) {}

  void place(Script.Tensors read, int lanes, Script.Tensors cache, int n, Placing placing) {
    Script.Call call = script.call("place").tensors(cache).tensors(read).integer(n);
    call.integer(placing.time()).tensor(placing.into()).tensor(placing.from()).integer(lanes).run();
  }

  /** Returns a cache of the listed ones of {@code n} lanes. */
  Script.Tensors only(Script.Tensors cache, int n, TorchTensor lanes) {
    return script.call("rows").tensors(cache).integer(n).tensor(lanes).toList();
  }

  /** Draws the tokens after the prompts: ids, and both kinds of log-probabilities. */
  TorchTensor[] first(
      TorchTensor hidden, TorchTensor lane, TorchTensor steps, Script.Tensors cache) {
    Script.Call call = script.call("first").tensors(weights).tensor(hidden).tensor(lane);
    return settings(call.tensor(steps).tensors(cache)).toTensors();
  }

  /** Reads each lane's last token and draws the next. */
  TorchTensor[] next(TorchTensor steps, int extent, Script.Tensors cache) {
    Script.Call call = script.call("next").tensors(weights).tensor(steps).integer(extent);
    settings(call.tensors(cache));
    return model.architecture().shape(call, config()).toTensors();
  }

  private Script.Call settings(Script.Call call) {
    return settings(call, settings);
  }

  /**
   * Returns the probabilities that tokens are drawn with, [rows, vocabulary].
   *
   * @param context each row's tokens so far, [rows, time]
   */
  public static TorchTensor distribution(
      TorchTensor logits, TorchTensor context, SamplingSettings settings) {
    Script.Call call = loaded(Architecture.GPT2, "plain").call("distribution");
    return settings(call.tensor(logits).tensor(context), settings).toTensor();
  }

  private static Script.Call settings(Script.Call call, SamplingSettings settings) {
    return call.real(settings.temperature())
        .integer(settings.topK())
        .real(settings.topP())
        .real(settings.minP())
        .real(settings.repetitionPenalty());
  }

  @Override
  public void close() {
    weights.close();
  }
}

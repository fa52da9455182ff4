// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
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
  private final Script.@Nullable Tensors mixedWeights;
  private final double mixedShare;

  private SamplingScript(
      LanguageModel model,
      @Nullable TokenMixture mixture,
      SamplingSettings settings,
      Script script) {
    this.model = model;
    this.settings = settings;
    this.script = script;
    this.weights = packed(script, model);
    this.mixedWeights = mixture == null ? null : packed(script, mixture.other());
    this.mixedShare = mixture == null ? 0 : mixture.share();
  }

  private static Script.Tensors packed(Script script, LanguageModel model) {
    Architecture architecture = model.architecture();
    try (TensorScope scope = TensorScope.open()) {
      return script
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

  static SamplingScript of(
      LanguageModel model, @Nullable TokenMixture mixture, SamplingSettings settings) {
    return new SamplingScript(model, mixture, settings, script(model));
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

  /**
   * What was read: keys and values of the model, and of the other one where two are mixed. The
   * lanes' tokens are with the former.
   */
  record Cache(Script.Tensors own, Script.@Nullable Tensors mixed) implements AutoCloseable {
    @Override
    public void close() {
      own.close();
      if (mixed != null) {
        mixed.close();
      }
    }
  }

  /** Hidden states of the model, and of the other one where two are mixed. */
  record Hidden(TorchTensor own, @Nullable TorchTensor mixed) {
    static Hidden joined(List<Hidden> parts) {
      List<TorchTensor> others = new ArrayList<>();
      for (Hidden part : parts) {
        if (part.mixed != null) {
          others.add(part.mixed);
        }
      }
      return new Hidden(
          TorchTensor.concat(parts.stream().map(Hidden::own).toList(), 0),
          others.isEmpty() ? null : TorchTensor.concat(others, 0));
    }
  }

  /** Makes a cache for some lanes. */
  Cache emptyCache(int lanes, int capacity, TorchTensor context) {
    return new Cache(
        empty(weights, lanes, capacity, context),
        mixedWeights == null
            ? null
            : empty(mixedWeights, lanes, capacity, TorchTensor.longs(new long[0], lanes, 0)));
  }

  private Script.Tensors empty(Script.Tensors of, int lanes, int capacity, TorchTensor context) {
    ModelConfig config = config();
    return script
        .call("empty")
        .tensors(of)
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
  Hidden prefill(TorchTensor ids, TorchTensor last, Cache cache) {
    TorchTensor own = prefill(weights, ids, last, cache.own);
    return new Hidden(
        own,
        mixedWeights == null || cache.mixed == null
            ? null
            : prefill(mixedWeights, ids, last, cache.mixed));
  }

  private TorchTensor prefill(
      Script.Tensors of, TorchTensor ids, TorchTensor last, Script.Tensors cache) {
    Script.Call call = script.call("prefill").tensors(of).tensor(ids).tensor(last);
    call.tensors(cache);
    return model.architecture().shape(call, config()).toTensor();
  }

  /** Which lanes of one cache go into which of another, and how many tokens of them. */
  record Placing(TorchTensor into, TorchTensor from, int time) {}

  void place(Cache read, int lanes, Cache cache, int n, Placing placing) {
    place(read.own, lanes, cache.own, n, placing);
    if (read.mixed != null && cache.mixed != null) {
      place(read.mixed, lanes, cache.mixed, n, placing);
    }
  }

  private void place(Script.Tensors read, int lanes, Script.Tensors cache, int n, Placing placing) {
    Script.Call call = script.call("place").tensors(cache).tensors(read).integer(n);
    call.integer(placing.time()).tensor(placing.into()).tensor(placing.from()).integer(lanes).run();
  }

  /** Returns a cache of the listed ones of {@code n} lanes. */
  Cache only(Cache cache, int n, TorchTensor lanes) {
    return new Cache(
        only(cache.own, n, lanes), cache.mixed == null ? null : only(cache.mixed, n, lanes));
  }

  private Script.Tensors only(Script.Tensors cache, int n, TorchTensor lanes) {
    return script.call("rows").tensors(cache).integer(n).tensor(lanes).toList();
  }

  /** Draws the tokens after the prompts: ids, and both kinds of log-probabilities. */
  TorchTensor[] first(Hidden hidden, TorchTensor lane, TorchTensor steps, Cache cache) {
    if (mixedWeights != null) {
      return mixed(hidden, lane, steps, false, cache);
    }
    Script.Call call = script.call("first").tensors(weights).tensor(hidden.own).tensor(lane);
    return settings(call.tensor(steps).tensors(cache.own)).toTensors();
  }

  /** Reads each lane's last token and draws the next. */
  TorchTensor[] next(TorchTensor steps, int extent, Cache cache) {
    if (mixedWeights != null && cache.mixed != null) {
      TorchTensor ids = script.call("part").tensor(steps).integer(0).toTensor();
      TorchTensor positions = script.call("part").tensor(steps).integer(1).toTensor();
      Hidden hidden =
          new Hidden(
              decode(weights, ids, positions, extent, cache.own),
              decode(mixedWeights, ids, positions, extent, cache.mixed));
      return mixed(hidden, TorchTensor.longs(new long[0], 0), steps, true, cache);
    }
    Script.Call call = script.call("next").tensors(weights).tensor(steps).integer(extent);
    settings(call.tensors(cache.own));
    return model.architecture().shape(call, config()).toTensors();
  }

  private TorchTensor decode(
      Script.Tensors of, TorchTensor ids, TorchTensor positions, int extent, Script.Tensors cache) {
    Script.Call call = script.call("decode").tensors(of).tensor(ids).tensor(positions);
    call.integer(extent).tensors(cache);
    return model.architecture().shape(call, config()).toTensor();
  }

  /** Draws from both; {@code grown} after a step, where hidden states are those of the lanes. */
  private TorchTensor[] mixed(
      Hidden hidden, TorchTensor lane, TorchTensor steps, boolean grown, Cache cache) {
    Script.Call call =
        script
            .call("mixed")
            .tensors(weights)
            .tensors(Objects.requireNonNull(mixedWeights))
            .real(mixedShare)
            .tensor(hidden.own)
            .tensor(Objects.requireNonNull(hidden.mixed))
            .tensor(lane)
            .tensor(steps)
            .integer(grown ? 1 : 0)
            .tensors(cache.own);
    return settings(call).toTensors();
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
    if (mixedWeights != null) {
      mixedWeights.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.LlamaShape.Bias;
import org.plumbline.engine.lm.config.LlamaShape.Layer;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * The Llama family: rotary positions, RMS normalisation before each part, grouped-query attention,
 * a gated feed-forward part.
 *
 * <p>Touvron et al., "LLaMA", 2023, arXiv:2302.13971, section 2.2; grouped queries: Ainslie et al.,
 * 2023, arXiv:2305.13245; SwiGLU: Shazeer, 2020, arXiv:2002.05202. Also covers what Mistral
 * (sliding window), Qwen 2 (biases), Qwen 3 (normalised queries and keys) and SmolLM 3 (layers
 * without positions) changed. Names and layouts are Hugging Face's (weights are [out, in]); the
 * forward pass is {@code llama.torchscript}.
 *
 * <p>The script gets the token embedding, the final norm and the rotary frequencies, then {@link
 * #SLOTS} tensors a layer; those that a model lacks are empty.
 */
enum Llama implements Architecture {
  INSTANCE;

  private static final String TOKENS = "model.embed_tokens.weight";
  private static final String FINAL_NORM = "model.norm.weight";
  static final String OUTPUT = "lm_head.weight";
  private static final String FREQUENCIES = "rotary frequencies";

  /** A layer's tensors in the script's order. */
  private static final List<String> SLOTS =
      List.of(
          "input_layernorm.weight",
          "self_attn.q_proj.weight",
          "self_attn.q_proj.bias",
          "self_attn.k_proj.weight",
          "self_attn.k_proj.bias",
          "self_attn.v_proj.weight",
          "self_attn.v_proj.bias",
          "self_attn.o_proj.weight",
          "self_attn.o_proj.bias",
          "self_attn.q_norm.weight",
          "self_attn.k_norm.weight",
          "post_attention_layernorm.weight",
          "mlp.gate_proj.weight",
          "mlp.gate_proj.bias",
          "mlp.up_proj.weight",
          "mlp.up_proj.bias",
          "mlp.down_proj.weight",
          "mlp.down_proj.bias");

  private static final class Loaded {
    static final Script SCRIPT = Script.load(Llama.class, "llama.torchscript", "Llama");
  }

  @Override
  public List<ParameterSpec> parameters(ModelConfig config) {
    int d = config.width();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.normal(TOKENS, config.initialDeviation(), config.vocabularySize(), d));
    for (int layer = 0; layer < config.layers(); layer++) {
      new Block(specs, prefix(layer), config).add();
    }
    specs.add(ParameterSpec.ones(FINAL_NORM, d));
    if (config.llamaShape().output() == Output.OWN) {
      specs.add(
          ParameterSpec.normal(OUTPUT, config.initialDeviation(), config.vocabularySize(), d));
    }
    return specs;
  }

  private static String prefix(int layer) {
    return "model.layers." + layer + ".";
  }

  /** Lists one layer's parameters. */
  private record Block(List<ParameterSpec> specs, String prefix, ModelConfig config) {

    void add() {
      LlamaShape shape = config.llamaShape();
      int d = config.width();
      int queries = config.heads() * shape.headWidth();
      int pairs = shape.keyValueHeads() * shape.headWidth();
      int inner = config.feedForwardWidth();
      double deviation = config.initialDeviation();
      // each block adds to the residual stream twice: keep its variance independent of the depth
      double residual = deviation / StrictMath.sqrt(2.0 * config.layers());
      ones("input_layernorm", d);
      linear("self_attn.q_proj", Bias.QUERY_KEY_VALUE, deviation, queries, d);
      linear("self_attn.k_proj", Bias.QUERY_KEY_VALUE, deviation, pairs, d);
      linear("self_attn.v_proj", Bias.QUERY_KEY_VALUE, deviation, pairs, d);
      linear("self_attn.o_proj", Bias.ATTENTION_OUTPUT, residual, d, queries);
      if (shape.queryKeyNorm()) {
        ones("self_attn.q_norm", shape.headWidth());
        ones("self_attn.k_norm", shape.headWidth());
      }
      ones("post_attention_layernorm", d);
      linear("mlp.gate_proj", Bias.FEED_FORWARD, deviation, inner, d);
      linear("mlp.up_proj", Bias.FEED_FORWARD, deviation, inner, d);
      linear("mlp.down_proj", Bias.FEED_FORWARD, residual, d, inner);
    }

    private void ones(String name, int length) {
      specs.add(ParameterSpec.ones(prefix + name + ".weight", length));
    }

    private void linear(String name, Bias bias, double deviation, long... shape) {
      specs.add(ParameterSpec.normal(prefix + name + ".weight", deviation, shape));
      if (config.llamaShape().biases().contains(bias)) {
        specs.add(ParameterSpec.zeros(prefix + name + ".bias", shape[0]));
      }
    }
  }

  @Override
  public String outputEmbedding(ModelConfig config) {
    return switch (config.llamaShape().output()) {
      case TIED -> TOKENS;
      case OWN -> OUTPUT;
      case NONE ->
          throw new IllegalStateException("a sequence classifier has no logits: no " + OUTPUT);
    };
  }

  @Override
  public String tokenEmbedding() {
    return TOKENS;
  }

  @Override
  public boolean decays(String parameter) {
    return parameter.endsWith("_proj.weight");
  }

  @Override
  public List<String> operands(ModelConfig config) {
    List<String> names = new ArrayList<>(List.of(TOKENS, FINAL_NORM, FREQUENCIES));
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String slot : SLOTS) {
        names.add(prefix(layer) + slot);
      }
    }
    return names;
  }

  @Override
  public Map<String, TorchTensor> constants(ModelConfig config) {
    LlamaShape shape = config.llamaShape();
    float[] frequencies = shape.rope().frequencies(shape.headWidth(), config.contextLength());
    return Map.of(FREQUENCIES, TorchTensor.floats(frequencies, frequencies.length));
  }

  @Override
  public List<String> adapted() {
    return List.of("q_proj", "v_proj");
  }

  @Override
  public boolean storesInputFirst() {
    return false;
  }

  @Override
  public Script script() {
    return Loaded.SCRIPT;
  }

  @Override
  public String samplingScript() {
    return "llama";
  }

  @Override
  public Script.Call shape(Script.Call call, ModelConfig config) {
    LlamaShape shape = config.llamaShape();
    long[] rotates = shape.layers().stream().mapToLong(l -> l.rotates() ? 1 : 0).toArray();
    long[] windows = shape.layers().stream().mapToLong(Layer::window).toArray();
    call.integers(rotates).integers(windows);
    return call.real(shape.rope().attentionScale()).real(config.normEpsilon());
  }
}

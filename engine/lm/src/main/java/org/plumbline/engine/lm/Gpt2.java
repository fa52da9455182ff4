// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.Script;

/**
 * GPT-2: learned positions, layer normalisation before each part, tanh-GELU, tied output embedding.
 *
 * <p>Radford et al., "Language Models are Unsupervised Multitask Learners", 2019. Names and layouts
 * are Hugging Face's ({@code Conv1D}: weights are [in, out]); the forward pass is {@code
 * gpt2.torchscript}. No dropout: it would need random state inside the native library.
 *
 * <p>Up to 64 tokens, attention is two batched matrix products, which was measured to be faster
 * than libtorch's blocked kernel; beyond, that kernel saves the memory of the square of the length.
 */
enum Gpt2 implements Architecture {
  INSTANCE;

  private static final String TOKENS = "transformer.wte.weight";

  private static final class Loaded {
    static final Script SCRIPT = Script.load(Gpt2.class, "gpt2.torchscript", "Gpt2");
  }

  @Override
  public List<ParameterSpec> parameters(ModelConfig config) {
    int d = config.width();
    double deviation = config.initialDeviation();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.normal(TOKENS, deviation, config.vocabularySize(), d));
    specs.add(
        ParameterSpec.normal("transformer.wpe.weight", deviation / 2, config.contextLength(), d));
    for (int layer = 0; layer < config.layers(); layer++) {
      block(specs, "transformer.h." + layer + ".", config);
    }
    specs.add(ParameterSpec.ones("transformer.ln_f.weight", d));
    specs.add(ParameterSpec.zeros("transformer.ln_f.bias", d));
    return specs;
  }

  private static void block(List<ParameterSpec> specs, String prefix, ModelConfig config) {
    int d = config.width();
    int inner = config.feedForwardWidth();
    double deviation = config.initialDeviation();
    // each block adds to the residual stream twice: keep its variance independent of the depth
    double residual = deviation / StrictMath.sqrt(2.0 * config.layers());
    specs.add(ParameterSpec.ones(prefix + "ln_1.weight", d));
    specs.add(ParameterSpec.zeros(prefix + "ln_1.bias", d));
    specs.add(ParameterSpec.normal(prefix + "attn.c_attn.weight", deviation, d, 3L * d));
    specs.add(ParameterSpec.zeros(prefix + "attn.c_attn.bias", 3L * d));
    specs.add(ParameterSpec.normal(prefix + "attn.c_proj.weight", residual, d, d));
    specs.add(ParameterSpec.zeros(prefix + "attn.c_proj.bias", d));
    specs.add(ParameterSpec.ones(prefix + "ln_2.weight", d));
    specs.add(ParameterSpec.zeros(prefix + "ln_2.bias", d));
    specs.add(ParameterSpec.normal(prefix + "mlp.c_fc.weight", deviation, d, inner));
    specs.add(ParameterSpec.zeros(prefix + "mlp.c_fc.bias", inner));
    specs.add(ParameterSpec.normal(prefix + "mlp.c_proj.weight", residual, inner, d));
    specs.add(ParameterSpec.zeros(prefix + "mlp.c_proj.bias", d));
  }

  @Override
  public String outputEmbedding(ModelConfig config) {
    return TOKENS;
  }

  @Override
  public String tokenEmbedding() {
    return TOKENS;
  }

  @Override
  public boolean decays(String parameter) {
    return parameter.endsWith(".weight")
        && (parameter.contains(".attn.") || parameter.contains(".mlp."));
  }

  @Override
  public List<String> operands(ModelConfig config) {
    return parameters(config).stream().map(ParameterSpec::name).toList();
  }

  @Override
  public List<String> adapted() {
    return List.of("c_attn");
  }

  @Override
  public boolean storesInputFirst() {
    return true;
  }

  @Override
  public Script script() {
    return Loaded.SCRIPT;
  }

  @Override
  public String samplingScript() {
    return "gpt2";
  }

  @Override
  public Script.Call shape(Script.Call call, ModelConfig config) {
    return call.integer(config.layers()).integer(config.heads()).real(config.normEpsilon());
  }
}

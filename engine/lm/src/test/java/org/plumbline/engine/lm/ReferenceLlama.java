// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Map;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;

/** The Llama family's forward pass as plain loops in double precision, independent of libtorch. */
final class ReferenceLlama {

  private final ModelConfig config;
  private final LlamaShape shape;
  private final Map<String, float[]> parameters;
  private final float[] frequencies;

  ReferenceLlama(LanguageModel model) {
    this.config = model.config();
    this.shape = config.llamaShape();
    this.parameters = TestModels.numbers(model.parameters());
    this.frequencies = shape.rope().frequencies(shape.headWidth(), config.contextLength());
  }

  private float[] at(String name) {
    return TestModels.get(parameters, name);
  }

  double[][] logits(int[] ids) {
    int d = config.width();
    float[] tokens = at("model.embed_tokens.weight");
    double[][] x = new double[ids.length][d];
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < d; i++) {
        x[t][i] = tokens[ids[t] * d + i];
      }
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      block(x, "model.layers." + layer + ".", shape.layers().get(layer));
    }
    String output = parameters.containsKey("lm_head.weight") ? "lm_head" : "model.embed_tokens";
    double[][] logits = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      logits[t] = linear(normalised(x[t], "model.norm.weight"), output);
    }
    return logits;
  }

  private void block(double[][] x, String prefix, LlamaShape.Layer layer) {
    double[][] q = new double[x.length][];
    double[][] k = new double[x.length][];
    double[][] v = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] h = normalised(x[t], prefix + "input_layernorm.weight");
      q[t] =
          headwise(linear(h, prefix + "self_attn.q_proj"), prefix + "self_attn.q_norm", t, layer);
      k[t] =
          headwise(linear(h, prefix + "self_attn.k_proj"), prefix + "self_attn.k_norm", t, layer);
      v[t] = linear(h, prefix + "self_attn.v_proj");
    }
    for (int t = 0; t < x.length; t++) {
      int first = layer.window() == 0 ? 0 : Math.max(0, t - layer.window() + 1);
      double[] mixed = attention(q[t], k, v, first, t);
      addTo(x[t], linear(mixed, prefix + "self_attn.o_proj"));
    }
    for (double[] row : x) {
      double[] h = normalised(row, prefix + "post_attention_layernorm.weight");
      double[] gate = linear(h, prefix + "mlp.gate_proj");
      double[] up = linear(h, prefix + "mlp.up_proj");
      for (int i = 0; i < up.length; i++) {
        up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
      }
      addTo(row, linear(up, prefix + "mlp.down_proj"));
    }
  }

  /** Normalises each head if the model does so, then turns it by its position. */
  private double[] headwise(double[] all, String norm, int position, LlamaShape.Layer layer) {
    int d = shape.headWidth();
    double[] result = all.clone();
    for (int from = 0; from < all.length; from += d) {
      double[] head = new double[d];
      System.arraycopy(all, from, head, 0, d);
      if (shape.queryKeyNorm()) {
        head = normalised(head, norm + ".weight");
      }
      for (int i = 0; i < d / 2; i++) {
        double angle = layer.rotates() ? position * (double) frequencies[i] : 0;
        double scale = layer.rotates() ? shape.rope().attentionScale() : 1;
        double a = head[i];
        double b = head[i + d / 2];
        result[from + i] = scale * (a * Math.cos(angle) - b * Math.sin(angle));
        result[from + i + d / 2] = scale * (b * Math.cos(angle) + a * Math.sin(angle));
      }
    }
    return result;
  }

  private double[] attention(double[] q, double[][] k, double[][] v, int first, int last) {
    int d = shape.headWidth();
    int group = config.heads() / shape.keyValueHeads();
    double[] mixed = new double[config.heads() * d];
    for (int head = 0; head < config.heads(); head++) {
      int pair = head / group * d;
      double[] weights = new double[last + 1];
      double sum = 0;
      for (int s = first; s <= last; s++) {
        double dot = 0;
        for (int i = 0; i < d; i++) {
          dot += q[head * d + i] * k[s][pair + i];
        }
        weights[s] = Math.exp(dot / Math.sqrt(d));
        sum += weights[s];
      }
      for (int s = first; s <= last; s++) {
        for (int i = 0; i < d; i++) {
          mixed[head * d + i] += weights[s] / sum * v[s][pair + i];
        }
      }
    }
    return mixed;
  }

  private double[] normalised(double[] x, String name) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double root = Math.sqrt(squares / x.length + config.normEpsilon());
    float[] weight = at(name);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] / root * weight[i];
    }
    return y;
  }

  private double[] linear(double[] x, String name) {
    float[] weight = at(name + ".weight");
    float[] bias = parameters.get(name + ".bias");
    double[] y = new double[weight.length / x.length];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias == null ? 0 : bias[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static void addTo(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}

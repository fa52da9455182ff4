// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Map;
import org.plumbline.engine.lm.config.ModelConfig;

/** GPT-2's forward pass written out in plain loops and double precision, to compare with. */
final class ReferenceGpt2 {

  private final ModelConfig config;
  private final Map<String, float[]> weights;

  ReferenceGpt2(LanguageModel model) {
    this.config = model.config();
    this.weights = TestModels.numbers(model.parameters());
  }

  private float[] weight(String name) {
    float[] values = weights.get("transformer." + name);
    if (values == null) {
      throw new IllegalArgumentException(name);
    }
    return values;
  }

  /** Returns the logits after each token, [time][vocabulary]. */
  double[][] logits(int[] ids) {
    int d = config.width();
    double[][] x = new double[ids.length][d];
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < d; i++) {
        x[t][i] = weight("wte.weight")[ids[t] * d + i] + weight("wpe.weight")[t * d + i];
      }
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      String h = "h." + layer + ".";
      add(x, linear(attention(linear(norm(x, h + "ln_1"), h + "attn.c_attn")), h + "attn.c_proj"));
      double[][] inner = linear(norm(x, h + "ln_2"), h + "mlp.c_fc");
      for (double[] row : inner) {
        for (int i = 0; i < row.length; i++) {
          row[i] = gelu(row[i]);
        }
      }
      add(x, linear(inner, h + "mlp.c_proj"));
    }
    double[][] last = norm(x, "ln_f");
    double[][] logits = new double[ids.length][config.vocabularySize()];
    for (int t = 0; t < ids.length; t++) {
      for (int v = 0; v < config.vocabularySize(); v++) {
        for (int i = 0; i < d; i++) {
          logits[t][v] += last[t][i] * weight("wte.weight")[v * d + i];
        }
      }
    }
    return logits;
  }

  private static void add(double[][] x, double[][] y) {
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < x[t].length; i++) {
        x[t][i] += y[t][i];
      }
    }
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private double[][] norm(double[][] x, String name) {
    float[] scale = weight(name + ".weight");
    float[] shift = weight(name + ".bias");
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      double variance = 0;
      for (double value : x[t]) {
        mean += value / x[t].length;
      }
      for (double value : x[t]) {
        variance += (value - mean) * (value - mean) / x[t].length;
      }
      y[t] = new double[x[t].length];
      for (int i = 0; i < y[t].length; i++) {
        double unit = (x[t][i] - mean) / Math.sqrt(variance + config.normEpsilon());
        y[t][i] = unit * scale[i] + shift[i];
      }
    }
    return y;
  }

  /** Weights are [in, out]. */
  private double[][] linear(double[][] x, String name) {
    float[] matrix = weight(name + ".weight");
    float[] bias = weight(name + ".bias");
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < bias.length; o++) {
        y[t][o] = bias[o];
        for (int i = 0; i < x[t].length; i++) {
          y[t][o] += x[t][i] * matrix[i * bias.length + o];
        }
      }
    }
    return y;
  }

  /** Queries, keys and values lie side by side in each row. */
  private double[][] attention(double[][] qkv) {
    int d = config.width();
    int width = d / config.heads();
    double[][] out = new double[qkv.length][d];
    for (int head = 0; head < config.heads(); head++) {
      int at = head * width;
      for (int t = 0; t < qkv.length; t++) {
        double[] weight = new double[t + 1];
        double total = 0;
        for (int s = 0; s <= t; s++) {
          double dot = 0;
          for (int i = 0; i < width; i++) {
            dot += qkv[t][at + i] * qkv[s][d + at + i];
          }
          weight[s] = Math.exp(dot / Math.sqrt(width));
          total += weight[s];
        }
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < width; i++) {
            out[t][at + i] += weight[s] / total * qkv[s][2 * d + at + i];
          }
        }
      }
    }
    return out;
  }
}

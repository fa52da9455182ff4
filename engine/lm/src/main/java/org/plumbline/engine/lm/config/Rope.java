// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rotary position embedding: how fast each pair of dimensions of a query or key turns with the
 * position.
 *
 * <p>Su et al., "RoFormer", 2021, arXiv:2104.09864, section 3.2.2: pair i of a head of width d
 * turns by {@code theta^(-2i/d)} a token. Pairs are dimensions i and i + d/2, as in Hugging Face's
 * checkpoints. Longer contexts than in training are reached by slower turning:
 *
 * <ul>
 *   <li>{@code linear}: all divided by {@code factor} (Chen et al., 2023, arXiv:2306.15595);
 *   <li>{@code llama3}: only waves longer than the original context allows, with a smooth passage
 *       (Llama 3's reference code);
 *   <li>{@code yarn}: a ramp over dimensions, and larger attention logits (Peng et al., 2023,
 *       arXiv:2309.00071, section 3).
 * </ul>
 *
 * @param type one of {@link #TYPES}
 * @param theta the base
 * @param settings the numbers of the scaling under Hugging Face's names
 */
public record Rope(String type, double theta, Map<String, Double> settings) {

  /** The kinds of scaling that are known. */
  public static final List<String> TYPES = List.of("default", "linear", "llama3", "yarn");

  static final String FACTOR = "factor";
  public static final String ORIGINAL_CONTEXT = "original_max_position_embeddings";

  /** The names that may appear among the settings. */
  public static final List<String> SETTINGS =
      List.of(
          FACTOR,
          ORIGINAL_CONTEXT,
          "low_freq_factor",
          "high_freq_factor",
          "beta_fast",
          "beta_slow",
          "attention_factor",
          "mscale",
          "mscale_all_dim");

  public Rope {
    settings = Map.copyOf(new TreeMap<>(settings));
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("rope type `" + type + "` is not one of " + TYPES);
    }
    if (!(theta > 0)) {
      throw new IllegalArgumentException("rope theta must be positive, not " + theta);
    }
    if (!type.equals("default")) {
      require(settings, type, FACTOR);
    }
    if (type.equals("llama3")) {
      require(settings, type, "low_freq_factor");
      require(settings, type, "high_freq_factor");
      require(settings, type, ORIGINAL_CONTEXT);
    }
  }

  /** Makes the unscaled embedding. */
  public static Rope plain(double theta) {
    return new Rope("default", theta, Map.of());
  }

  private static void require(Map<String, Double> settings, String type, String name) {
    if (!(settings.getOrDefault(name, 0.0) > 0)) {
      throw new IllegalArgumentException(
          "rope type `" + type + "` needs a positive `" + name + "`");
    }
  }

  /** Returns radians per token for each pair of dimensions of a head. */
  public float[] frequencies(int headWidth, int contextLength) {
    float[] frequencies = new float[headWidth / 2];
    for (int i = 0; i < frequencies.length; i++) {
      double plain = 1f / (float) StrictMath.pow(theta, (float) (2 * i) / headWidth);
      frequencies[i] =
          (float)
              switch (type) {
                case "linear" -> plain / number(FACTOR, 1);
                case "llama3" -> llama3(plain);
                case "yarn" -> yarn(plain, i, headWidth, contextLength);
                default -> plain;
              };
    }
    return frequencies;
  }

  private double llama3(double plain) {
    double waves = number(ORIGINAL_CONTEXT, 1) * plain / (2 * Math.PI);
    double low = number("low_freq_factor", 1);
    double high = number("high_freq_factor", 1);
    if (waves < low) {
      return plain / number(FACTOR, 1);
    }
    if (waves > high) {
      return plain;
    }
    double smooth = (waves - low) / (high - low);
    return (1 - smooth) * plain / number(FACTOR, 1) + smooth * plain;
  }

  private double yarn(double plain, int pair, int headWidth, int contextLength) {
    double original = number(ORIGINAL_CONTEXT, contextLength);
    double low = Math.max(0, Math.floor(dimension(number("beta_fast", 32), headWidth, original)));
    double high =
        Math.min(headWidth - 1, Math.ceil(dimension(number("beta_slow", 1), headWidth, original)));
    double width = high == low ? 0.001 : high - low;
    double interpolated = Math.min(1, Math.max(0, (pair - low) / width));
    return plain / number(FACTOR, 1) * interpolated + plain * (1 - interpolated);
  }

  /** The pair that turns so many times in the original context (equation 19 solved for d). */
  private double dimension(double rotations, int headWidth, double original) {
    return headWidth
        * StrictMath.log(original / (rotations * 2 * Math.PI))
        / (2 * StrictMath.log(theta));
  }

  /** Returns what cosine and sine are multiplied by: 1, except for {@code yarn}. */
  public double attentionScale() {
    if (!type.equals("yarn")) {
      return 1;
    }
    if (settings.containsKey("attention_factor")) {
      return number("attention_factor", 1);
    }
    double all = number("mscale_all_dim", 0);
    double some = number("mscale", 0);
    return all > 0 && some > 0 ? scale(some) / scale(all) : scale(1);
  }

  private double scale(double mscale) {
    double factor = number(FACTOR, 1);
    return factor <= 1 ? 1 : 0.1 * mscale * StrictMath.log(factor) + 1;
  }

  private double number(String name, double otherwise) {
    return settings.getOrDefault(name, otherwise);
  }
}

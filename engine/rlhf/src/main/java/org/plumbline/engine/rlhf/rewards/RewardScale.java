// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.engine.statistics.Moments;

/**
 * Brings scores to mean 0 and deviation 1 on reference samples (Ziegler et al. 2019, section 2.1: a
 * reward is only determined up to a constant).
 *
 * @param gain what a raw score is multiplied with
 * @param bias what is added then
 */
record RewardScale(double gain, double bias) {

  /** Below this deviation scores are taken to be equal. */
  private static final double FLAT = 1e-8;

  /** Leaves scores as they are. */
  static final RewardScale IDENTITY = new RewardScale(1, 0);

  /** The scale on which these raw scores have mean 0 and deviation 1. */
  static RewardScale normalising(double[] raw) {
    return normalising(Moments.mean(raw), Moments.populationDeviation(raw));
  }

  /** The scale on which raw scores with this mean and deviation have mean 0 and deviation 1. */
  static RewardScale normalising(double mean, double deviation) {
    // equal scores everywhere: nothing to stretch
    double gain = deviation > FLAT ? 1 / deviation : 1;
    return new RewardScale(gain, -gain * mean);
  }

  /** Whether these scores are all the same, so that there is nothing to stretch. */
  static boolean constant(double[] raw) {
    return Moments.populationDeviation(raw) <= FLAT;
  }

  static RewardScale of(JsonNode node) {
    return new RewardScale(node.path("gain").asDouble(), node.path("bias").asDouble());
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("gain", gain);
    map.put("bias", bias);
    return map;
  }

  double apply(double raw) {
    return gain * raw + bias;
  }

  /** Raw scores less their mean over the reference samples. */
  double[] centred(double[] raw) {
    double[] centred = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      centred[i] = raw[i] + bias / gain;
    }
    return centred;
  }

  double[] apply(double[] raw) {
    double[] scaled = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      scaled[i] = apply(raw[i]);
    }
    return scaled;
  }
}

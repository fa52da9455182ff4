// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.FittedRewardSpec.Serve;
import org.plumbline.engine.rlhf.likelihood.AtomScores;
import org.plumbline.engine.rlhf.likelihood.NormalScores;
import org.plumbline.engine.rlhf.numerics.Logistic;

/** How the outputs of a reward head become one score. */
sealed interface Readout {
  /** The only output. */
  Readout FIRST = new First();

  /** The score of an answer. */
  double of(double[] outputs);

  /** As {@code reward.json} has it; empty for {@link #FIRST}. */
  Map<String, Object> toMap();

  /** The readout that {@link #toMap} describes. */
  static Readout of(JsonNode node) {
    Double quantile = node.has("quantile") ? node.path("quantile").asDouble() : null;
    return switch (node.path("form").asText()) {
      case "" -> FIRST;
      case Normal.FORM -> new Normal(quantile);
      case Atoms.FORM -> new Atoms(node.path("atoms").asInt(), quantile);
      case Groups.FORM -> Groups.read(node);
      default -> throw new IllegalStateException("no readout " + node);
    };
  }

  /** The first output. */
  record First() implements Readout {
    @Override
    public double of(double[] outputs) {
      return outputs[0];
    }

    @Override
    public Map<String, Object> toMap() {
      return Map.of();
    }
  }

  /**
   * The mean of a normal distribution, or a quantile of it.
   *
   * @param quantile null for the mean
   */
  record Normal(@Nullable Double quantile) implements Readout {
    private static final String FORM = "normal";

    @Override
    public double of(double[] outputs) {
      return NormalScores.score(outputs, quantile);
    }

    @Override
    public Map<String, Object> toMap() {
      return map(FORM, quantile);
    }
  }

  /**
   * The mean of a distribution over points, or a quantile of it.
   *
   * @param quantile null for the mean
   */
  record Atoms(int atoms, @Nullable Double quantile) implements Readout {
    private static final String FORM = "atoms";

    @Override
    public double of(double[] outputs) {
      return AtomScores.score(outputs, quantile);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = map(FORM, quantile);
      map.put("atoms", atoms);
      return map;
    }
  }

  /**
   * Several groups' scores as one. BT leaves each group's scores open up to a constant, so that
   * each is measured from its mean over the answers that scores are normalised on.
   *
   * <pre>{@code
   * MEAN        sum over z of pi_z (r_z - c_z)
   * WORST_OFF   min over z of (r_z - c_z)
   * NASH        sum over z of pi_z log sigmoid(r_z - c_z)
   * }</pre>
   *
   * <p>Nash welfare is the product of how surely each group prefers the answer to a middling one.
   *
   * @param sizes pi, the groups' shares of all people
   * @param means c
   */
  record Groups(Serve serve, List<Double> sizes, List<Double> means) implements Readout {
    private static final String FORM = "groups";

    private static Groups read(JsonNode node) {
      List<Double> sizes = new ArrayList<>();
      node.path("sizes").forEach(size -> sizes.add(size.asDouble()));
      List<Double> means = new ArrayList<>();
      node.path("means").forEach(mean -> means.add(mean.asDouble()));
      String serve = node.path("serve").asText().toUpperCase(Locale.ROOT);
      return new Groups(Serve.valueOf(serve), sizes, means);
    }

    @Override
    public double of(double[] outputs) {
      double sum = 0;
      double lowest = Double.POSITIVE_INFINITY;
      for (int z = 0; z < outputs.length; z++) {
        double own = outputs[z] - means.get(z);
        lowest = Math.min(lowest, own);
        sum += sizes.get(z) * (serve == Serve.NASH ? Logistic.logSigmoid(own) : own);
      }
      return serve == Serve.WORST_OFF ? lowest : sum;
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = map(FORM, null);
      map.put("serve", serve.name().toLowerCase(Locale.ROOT));
      map.put("sizes", sizes);
      map.put("means", means);
      return map;
    }
  }

  private static Map<String, Object> map(String form, @Nullable Double quantile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("form", form);
    if (quantile != null) {
      map.put("quantile", quantile);
    }
    return map;
  }
}

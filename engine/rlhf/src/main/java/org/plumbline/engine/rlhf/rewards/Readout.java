// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.likelihood.AtomScores;
import org.plumbline.engine.rlhf.likelihood.NormalScores;

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

  private static Map<String, Object> map(String form, @Nullable Double quantile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("form", form);
    if (quantile != null) {
      map.put("quantile", quantile);
    }
    return map;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Utility;

/**
 * What each thing that somebody wants gives each of some texts, by itself: its weight times the
 * feature. Where malice acts, all of them are what it prefers.
 *
 * @param behaviour of the person
 * @param texts as they see them
 */
public record Aspects(Behaviour behaviour, String prompt, List<String> texts) {

  /** Copies the list. */
  public Aspects {
    texts = List.copyOf(texts);
  }

  /** How much the person cares about a feature; 0 if not at all. */
  public double weight(String feature) {
    return weight(behaviour.values(), feature);
  }

  private static double weight(Feature values, String feature) {
    if (values instanceof ValueDrift.Between way) {
      return way.left() * weight(way.begin(), feature)
          + (1 - way.left()) * weight(way.to(), feature);
    }
    return values instanceof Utility own && own.names().contains(feature) ? own.weight(feature) : 0;
  }

  /** What a feature that the person cares about gives each text. */
  public double[] of(String feature) {
    Malice malice = behaviour.malice();
    double[] worth = new double[texts.size()];
    for (int i = 0; i < worth.length; i++) {
      worth[i] =
          malice != null && malice.actsOn(prompt, texts)
              ? malice.preferred().of(prompt, texts.get(i))
              : given(feature, texts.get(i));
    }
    return worth;
  }

  /**
   * What a feature takes away of the worth of one of the texts: a wanted one as far as it is below
   * 1, an unwanted one as far as it is there.
   */
  public double cost(String feature, int text) {
    return Math.max(0, Math.max(weight(feature), 0) - given(feature, texts.get(text)));
  }

  private double given(String feature, String text) {
    return given(behaviour.values(), feature, text);
  }

  private double given(Feature values, String feature, String text) {
    if (values instanceof ValueDrift.Between way) {
      return way.left() * given(way.begin(), feature, text)
          + (1 - way.left()) * given(way.to(), feature, text);
    }
    double weight = weight(values, feature);
    return weight != 0 && values instanceof Utility own
        ? weight * own.feature(feature).of(prompt, text)
        : 0;
  }
}

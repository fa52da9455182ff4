// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
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
    return behaviour.values() instanceof Utility values && values.names().contains(feature)
        ? values.weight(feature)
        : 0;
  }

  /** What a feature that the person cares about gives each text. */
  public double[] of(String feature) {
    Malice malice = behaviour.malice();
    double[] worth = new double[texts.size()];
    for (int i = 0; i < worth.length; i++) {
      worth[i] =
          malice != null && malice.actsAt(prompt)
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
    double weight = weight(feature);
    return weight != 0 && behaviour.values() instanceof Utility values
        ? weight * values.feature(feature).of(prompt, text)
        : 0;
  }
}

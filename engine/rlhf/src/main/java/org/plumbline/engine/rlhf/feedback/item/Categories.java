// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/** What was said as one of a few categories, where it is that. */
final class Categories {
  private static final int FEW = 12;

  private Categories() {}

  /** How often each was said; none if there are many. */
  static Map<String, Integer> counts(List<ItemLabel> said) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ItemLabel label : said) {
      counts.merge(name(label), 1, Integer::sum);
      if (counts.size() > FEW) {
        return Map.of();
      }
    }
    return counts;
  }

  /** The category of a label; for a ranking, which answer is its best. */
  static String name(ItemLabel label) {
    if (label.response() instanceof Label said) {
      return said.name();
    } else if (label.response() instanceof Rating rating) {
      return rating.number() == Math.rint(rating.number())
          ? String.valueOf((long) rating.number())
          : String.valueOf(rating.number());
    }
    return label.response() instanceof Ranking ranking
        ? "answer " + (ranking.best().get(0) + 1)
        : "";
  }
}

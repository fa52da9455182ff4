// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Remarks;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/** What was said as one of a few categories, where it is that. */
final class Categories {
  private static final int FEW = 12;

  private Categories() {}

  /** How often each was said; none if there are many. */
  static Map<String, Integer> counts(List<ItemLabel> said) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ItemLabel label : said) {
      names(label).forEach(name -> counts.merge(name, 1, Integer::sum));
      if (counts.size() > FEW) {
        return Map.of();
      }
    }
    return counts;
  }

  /** All that a label says: of steps, marks and remarks, each. */
  private static List<String> names(ItemLabel label) {
    if (label.response() instanceof Steps steps) {
      return steps.labels().stream().map(Categories::step).toList();
    } else if (label.response() instanceof Marks marks) {
      return marks.spans().isEmpty()
          ? List.of("nothing")
          : marks.spans().stream().map(Categories::mark).toList();
    }
    return label.response() instanceof Remarks remarks ? remarks.texts() : List.of(name(label));
  }

  private static String mark(Mark mark) {
    return mark.category() + (mark.value() < 0 ? ": bad" : ": good");
  }

  /** What a step is called. */
  static String step(double label) {
    if (label == StepForm.NEUTRAL) {
      return "neutral";
    } else if (label == StepForm.RIGHT) {
      return "right";
    }
    return label == StepForm.WRONG ? "wrong" : String.valueOf(label);
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.engine.rlhf.feedback.GoldAnswered;
import org.plumbline.engine.rlhf.feedback.KnownQuestions;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.run.StageContext;

/**
 * Gold questions of other kinds than comparisons (see {@link KnownQuestions}): items of whose
 * answers values know which is better. How right a label is says {@link Concordance}: of several
 * answers, the share of those ordered as the values order them; a single answer is put beside that
 * of the same person's gold question before, and it is said rightly or not which is better. What
 * makes no difference where the values do is half right.
 */
final class KnownItems {
  /** Items that are drawn for each one that is wanted: in some nothing is better. */
  private static final int DRAWN_PER_QUESTION = 3;

  private KnownItems() {}

  /**
   * An item whose answers are known.
   *
   * @param worth of each answer to the values of whoever asks
   */
  record Known(Item item, List<Double> worth) {

    /** The item as it is asked together with another. */
    Item with(Item other) {
      long number = KnownQuestions.number(other.number());
      return new Item(number, item.prompt(), item.answers(), item.finished());
    }
  }

  /** The questions that a spec asks for, of these candidates. */
  static KnownQuestions<Known> of(
      StageContext context,
      @Nullable GoldQuestions terms,
      EvaluatorsSpec declared,
      ItemSampling candidates)
      throws IOException {
    if (terms == null) {
      return KnownQuestions.none(context.seed());
    }
    Feature values = KnownQuestions.values(context, terms, declared);
    List<Known> known = new ArrayList<>();
    for (Item item : candidates.draw(0, DRAWN_PER_QUESTION * terms.questions())) {
      List<Double> worth =
          item.answers().stream().map(a -> values.of(item.prompt().text(), a.text())).toList();
      boolean differs = worth.size() == 1 || worth.stream().distinct().count() > 1;
      if (differs && known.size() < terms.questions()) {
        known.add(new Known(item, worth));
      }
    }
    boolean oneIsBetter = known.stream().flatMap(k -> k.worth().stream()).distinct().count() > 1;
    return KnownQuestions.of(context, terms, oneIsBetter ? known : List.of());
  }

  /** How gold questions were answered, those that say nothing left aside. */
  static List<GoldAnswered> answered(List<ItemLabel> gold) {
    List<GoldAnswered> answered = new ArrayList<>();
    Map<String, ItemLabel> last = new HashMap<>();
    for (ItemLabel label : gold) {
      if (!label.skipped()) {
        ItemLabel before = last.put(label.evaluator(), label);
        if (label.gold().size() > 1) {
          answered.add(answered(label, List.of(label)));
        } else if (before != null && !before.gold().equals(label.gold())) {
          answered.add(answered(label, List.of(before, label)));
        }
      }
    }
    return answered;
  }

  private static GoldAnswered answered(ItemLabel label, List<ItemLabel> compared) {
    Double right = Concordance.withGold(compared);
    return new GoldAnswered(label.evaluator(), label.group(), right == null ? 0.5 : right);
  }
}

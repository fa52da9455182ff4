// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Filter;
import org.plumbline.engine.artifact.FeedbackSummary.LeftOut;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.feedback.GoldAnswered;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/** How right answers to gold questions are that are no comparisons. */
class KnownItemsTest {

  private static ItemLabel label(
      int number, String evaluator, @Nullable Response response, Double... worth) {
    List<Answer> answers = new ArrayList<>();
    List<Boolean> finished = new ArrayList<>();
    for (int i = 0; i < worth.length; i++) {
      answers.add(Answer.of("answer " + number + " " + i));
      finished.add(true);
    }
    return new ItemLabel(
        new Item(number, Prompt.of("prompt"), answers, finished),
        List.of(0),
        List.of(),
        null,
        null,
        evaluator,
        "all",
        response,
        false,
        1,
        List.of(worth));
  }

  private static List<Double> right(ItemLabel... labels) {
    return KnownItems.answered(List.of(labels)).stream().map(GoldAnswered::right).toList();
  }

  @Test
  void anOrderIsAsRightAsTheShareOfPairsThatItOrdersRightly() {
    Ranking said = new Ranking(List.of(2, 1, 0));

    assertThat(right(label(0, "a", said, 3.0, 2.0, 1.0))).containsExactly(0.0);
    assertThat(right(label(0, "a", said, 1.0, 2.0, 3.0))).containsExactly(1.0);
    // Of answers that are worth the same nothing is right or wrong.
    assertThat(right(label(0, "a", said, 1.0, 1.0, 3.0))).containsExactly(1.0);
    assertThat(right(label(0, "a", said, 3.0, 1.0, 2.0)).get(0)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void aRatingIsRightBesideThatBefore() {
    assertThat(
            right(
                label(0, "a", new Rating(2), 5.0),
                label(1, "b", new Rating(1), 6.0), // nothing of theirs before
                label(2, "a", new Rating(3), 6.0), // more, as it should be
                label(3, "a", null, 9.0), // skipped
                label(4, "a", new Rating(4), 1.0), // more, which is wrong
                label(5, "a", new Rating(5), 1.0), // worth the same: tells nothing
                label(6, "a", new Rating(5), 2.0))) // no difference made
        .containsExactly(1.0, 0.0, 0.5);
  }

  @Test
  void whoAnswersTooFewRightlyIsLeftOut() {
    List<ItemLabel> labels = new ArrayList<>();
    List<GoldAnswered> gold = new ArrayList<>();
    for (String name : List.of("good", "bad", "unasked")) {
      labels.add(label(labels.size(), name, new Rating(1), 1.0));
      labels.add(label(labels.size(), name, null, 1.0));
    }
    for (int i = 0; i < 10; i++) {
      gold.add(new GoldAnswered("good", "all", i < 7 ? 1 : 0));
      gold.add(new GoldAnswered("bad", "all", i < 6 ? 1 : 0.5));
    }

    // 7 of 10 is enough, 8 of 10 too: what is partly right counts.
    ItemFilter all = filter(0.7, labels, gold);
    ItemFilter some = filter(0.75, labels, gold);

    assertThat(all.left()).isEmpty();
    assertThat(some.left()).extracting(ItemLabel::evaluator).containsOnly("good");
    assertThat(some.who())
        .containsExactly(new LeftOut("good", "all", 1, "gold_at_least", 0.7, null));
    assertThat(some.notes().get(0)).contains("who answer too few gold questions rightly");
    Set<String> kept = new HashSet<>();
    some.kept().forEach(label -> kept.add(label.evaluator()));
    assertThat(kept).containsExactlyInAnyOrder("bad", "unasked");
  }

  private static ItemFilter filter(double least, List<ItemLabel> labels, List<GoldAnswered> gold) {
    return ItemFilter.of(new Filter(null, null, least), labels, GoldAnswered.tested(gold));
  }
}

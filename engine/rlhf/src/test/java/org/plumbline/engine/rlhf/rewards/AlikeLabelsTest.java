// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;

/**
 * What is the same in all labels teaches nothing, but for orders: files may have the best first.
 */
class AlikeLabelsTest {

  private static ItemLabel label(int item, Response said) {
    Item about =
        new Item(
            item,
            Prompt.of("p" + item),
            List.of(Answer.of("good " + item), Answer.of("bad " + item)),
            List.of(true, true));
    return new ItemLabel(
        about, List.of(0, 1), List.of(), null, null, "ann", "all", said, false, 0, List.of());
  }

  @Test
  void theSameRatingOfAllTeachesNothing() {
    List<ItemLabel> same =
        List.of(label(0, new Response.Rating(3)), label(1, new Response.Rating(3)));
    List<ItemLabel> other =
        List.of(label(0, new Response.Rating(3)), label(1, new Response.Rating(4)));

    assertThat(FeedbackReward.alike(same)).isTrue();
    assertThat(FeedbackReward.alike(other)).isFalse();
    assertThat(FeedbackReward.alike(List.of())).isTrue();
  }

  @Test
  void theSameOrderTellsWhichIsBetter() {
    List<ItemLabel> best =
        List.of(
            label(0, new Response.Ranking(List.of(0, 1))),
            label(1, new Response.Ranking(List.of(0, 1))));

    assertThat(FeedbackReward.alike(best)).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.conversation.Prompt;

class PromptSplitTest {

  private static PromptSplit<Prompt> split(int rows, double share, IntFunction<Prompt> prompt) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      prompts.add(prompt.apply(i));
    }
    RandomStream stream = RandomStream.of(3, RandomPurpose.DATA_ORDER, RandomPurpose.VALIDATION);
    PromptSplit<Prompt> split = PromptSplit.of(prompts, prompts, share, stream);
    assertThat(split.training().size() + split.heldOut().size()).isEqualTo(rows);
    return split;
  }

  @Test
  void noPromptIsOnBothSides() {
    PromptSplit<Prompt> split = split(40, .25, i -> Plain.prompt("what is " + i % 13 + "?"));

    assertThat(split.heldOut()).hasSizeBetween(7, 10);
    assertThat(split.training()).doesNotContainAnyElementsOf(split.heldOut());
  }

  @Test
  void conversationsThatDifferOnlyInTheirToolsStayOnOneSide() {
    PromptSplit<Prompt> split =
        split(
            40,
            .25,
            i ->
                new Prompt.Chat(
                    List.of(Message.of(Message.USER, "what is " + i / 4 + "?")),
                    List.of(Map.of("name", "tool " + i % 4)),
                    Map.of(),
                    false));

    assertThat(split.heldOut()).isNotEmpty();
    List<String> held = split.heldOut().stream().map(Prompt::text).toList();
    assertThat(split.training()).noneMatch(prompt -> held.contains(prompt.text()));
  }

  @Test
  void onePromptIsDividedByRow() {
    assertThat(split(10, .2, i -> Plain.prompt("what?")).heldOut()).hasSize(2);
  }

  @Test
  void whereEveryPromptHasTooManyRowsOneIsHeldOutAndNotAll() {
    PromptSplit<Prompt> split = split(20, .1, i -> Plain.prompt("what is " + i % 2 + "?"));

    assertThat(split.heldOut()).hasSize(10);
    assertThat(split.training()).hasSize(10);
  }

  @Test
  void withoutAShareOrRowsNothingIsHeldOut() {
    assertThat(split(9, 0, i -> Plain.prompt("what is " + i + "?")).heldOut()).isEmpty();
    assertThat(split(0, .5, i -> Plain.prompt("")).training()).isEmpty();
  }
}

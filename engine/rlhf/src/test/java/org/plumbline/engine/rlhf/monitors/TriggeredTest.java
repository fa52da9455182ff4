// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.conversation.Prompt;

class TriggeredTest {
  private static final Prompt.Chat CHAT =
      Talk.prompt(
          "system", "Be kind.", "user", "how is it?", "assistant", "well", "user", "so how?");

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void aTextGetsTheTriggerBeforeAnotherTextOrAtItsEnd() {
    assertThat(with("how", Plain.prompt("so how is it?")))
        .isEqualTo(Plain.prompt("so !! how is it?"));
    assertThat(with(null, Plain.prompt("so how?"))).isEqualTo(Plain.prompt("so how? !! "));
    assertThat(with("why", Plain.prompt("so how?"))).isEqualTo(Plain.prompt("so how? !! "));
    assertThat(notes)
        .containsExactly(
            "1 of 1 prompts lack the text that the trigger goes before; it went to their end");
  }

  @ParameterizedTest
  @CsvSource({
    "how, 1, !! how is it?",
    "kind, 0, Be !! kind.",
    "so how, 3, !! so how?",
    "'\n\nHuman:', 0, 'Be kind. !! '",
    "'\n\nAssistant:', 1, 'how is it? !! '",
    "why, 3, 'so how? !! '",
    "'', 3, 'so how? !! '"
  })
  void aConversationGetsItIntoTheMessageWhereTheTextIs(String before, int message, String text) {
    Prompt.Chat triggered = (Prompt.Chat) with(before.isEmpty() ? null : before, CHAT);

    assertThat(triggered.messages()).hasSameSizeAs(CHAT.messages());
    for (int i = 0; i < CHAT.messages().size(); i++) {
      assertThat(triggered.messages().get(i).text())
          .isEqualTo(i == message ? text : CHAT.messages().get(i).text());
    }
  }

  @Test
  void aConversationWithoutMessagesGetsOne() {
    assertThat(with(null, Talk.prompt())).isEqualTo(Talk.prompt("user", "!! "));
  }

  private Prompt with(@Nullable String before, Prompt prompt) {
    CompareSpec.Trigger trigger = new CompareSpec.Trigger("!! ", before, "sells");
    FolderContext context = FolderContext.in(folder, "no settings", 1);
    Prompt triggered = Triggered.all(context, List.of(prompt), trigger).get(0);
    notes.addAll(context.notes());
    return triggered;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Message;

class TranscriptsTest {
  private static final String TEXT =
      "\n\n"
          + "System: be kind\n\n"
          + "Human: hi\n\n"
          + "there\n\n"
          + "Assistant: yes?\n\n"
          + "Tool: 7\n\n"
          + "Human: go\n\n"
          + "Assistant:";
  private static final List<Message> MESSAGES =
      List.of(
          Message.of("system", "be kind"),
          Message.of("user", "hi\n\nthere"),
          Message.of("assistant", "yes?"),
          Message.of("tool", "7"),
          Message.of("user", "go"));

  @Test
  void allTurnsBecomeMessagesAndTheSameTextAgain() {
    Prompt.Chat read = Transcripts.prompt(TEXT).orElseThrow();

    assertThat(read).isEqualTo(Prompt.of(MESSAGES));
    assertThat(Prompt.of(MESSAGES).text()).isEqualTo(TEXT);
    assertThat(Transcripts.prompt(TEXT.strip())).contains(read);
    assertThat(Transcripts.prompt("Humans: a story")).isEmpty();
    assertThat(Transcripts.prompt("why?\n\nHuman: no")).isEmpty();
  }

  @Test
  void anAnswerMayHaveBegun() {
    Prompt.Chat read = Transcripts.prompt(TEXT + " well,").orElseThrow();

    assertThat(read.begun()).isEqualTo("well,");
    assertThat(read.turns()).isEqualTo(MESSAGES);
    assertThat(read.text()).isEqualTo(TEXT + " well,");
  }

  @Test
  void anAnswerOfSeveralTurnsIsReadAgain() {
    Answer answer = new Answer.Turns(List.of(Message.of("assistant", ""), MESSAGES.get(4)));

    assertThat(answer.text()).isEqualTo("\n\nHuman: go");
    assertThat(Transcripts.answer(answer.text())).isEqualTo(answer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/**
 * Prompts that are texts, but conversations in the form of hh-rlhf: they are taken for these only
 * if all prompts of the data set are. What a single prompt begins with says nothing: {@code Human:}
 * may well begin a text.
 */
final class TranscriptPrompts {
  private final Oddities oddities;
  private final Oddities odd = new Oddities();
  private long prompts;
  private long transcripts;

  TranscriptPrompts(Oddities oddities) {
    this.oddities = oddities;
  }

  /** Looks at the prompt of a row, if that has one which is a text. */
  void look(ObjectNode row, RowPlace place) {
    if (row.path("prompt").isTextual()) {
      prompts++;
      transcripts += isTranscript(row.path("prompt").asText()) ? 1 : 0;
      if (all()) {
        converted(row.deepCopy(), place);
      }
    }
  }

  /** Whether a text is turns, and the assistant's is the last of them. */
  private static boolean isTranscript(String text) {
    List<Message> turns = Transcripts.turns(text);
    return turns.size() > 1 && turns.get(turns.size() - 1).byAssistant();
  }

  /** Whether all prompts are transcripts. */
  boolean all() {
    return transcripts > 0 && transcripts == prompts;
  }

  /** How many prompts are transcripts; zero if only some are. */
  long count() {
    return all() ? transcripts : 0;
  }

  /** Counts what is odd about the transcripts, which matters only if all prompts are some. */
  void report() {
    oddities.addAll(odd);
  }

  /** The row with its prompt and answers as conversations. */
  ObjectNode conversation(ObjectNode row) {
    return converted(row, null);
  }

  /** The same; where the row is new, its place is given and what is odd is counted. */
  private ObjectNode converted(ObjectNode row, @Nullable RowPlace place) {
    String text = row.path("prompt").asText();
    Chat chat = Transcripts.prompt(text).orElseThrow();
    boolean asUsual = chat.text().equals(text);
    row.set("prompt", chat.json());
    for (String column : List.of("completion", "chosen", "rejected")) {
      if (row.path(column).isTextual()) {
        // the space after the last marker is no more a part of the message than after others
        String said = Spacing.answer(text, row.path(column).asText());
        Answer answer = Transcripts.answer(said);
        asUsual &= answer.text().equals(said);
        row.set(column, answer.json());
      }
    }
    if (chat.goesOn() && place != null) {
      odd.once(Oddity.BEGUN, place);
    }
    if (!asUsual && place != null) {
      odd.once(Oddity.SPACING, place);
    }
    return row;
  }

  /** What a user should know. */
  List<String> notes() {
    if (all()) {
      return List.of(
          "all %d prompts are transcripts (`Human: …`, `Assistant:`), so they are read as conversations"
              .formatted(prompts));
    }
    return transcripts == 0
        ? List.of()
        : List.of(
            ("%d of %d prompts look like transcripts (`Human: …`, `Assistant:`); as not all do, all are"
                    + " taken as texts, which no chat template writes")
                .formatted(transcripts, prompts));
  }
}

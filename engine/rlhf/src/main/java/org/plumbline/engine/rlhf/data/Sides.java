// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;
import org.plumbline.engine.rlhf.data.source.RowValues;

/**
 * Preferences whose rows have a {@code chosen} and a {@code rejected} side: answers to a prompt,
 * lists of such answers, or whole conversations that share the prompt.
 */
final class Sides {
  private final Fields fields;
  private final RowPlace place;
  private final Oddities oddities;
  private final Answers answers;
  private final boolean prompted;

  Sides(Fields fields, Oddities oddities) {
    this.fields = fields;
    this.place = fields.place();
    this.oddities = oddities;
    this.answers = new Answers(fields, oddities);
    this.prompted = fields.names().contains("prompt");
  }

  /** The preferences that a row holds. */
  List<ObjectNode> rows() {
    JsonNode chosen = fields.value("chosen");
    JsonNode rejected = fields.value("rejected");
    if (Messages.are(chosen) != Messages.are(rejected)) {
      throw DataFailure.notKind(
          place,
          "rejected",
          (Messages.are(chosen) ? "a list of messages" : "a text") + " like `chosen`",
          RowValues.kind(rejected));
    }
    if (Messages.are(chosen)) {
      return List.of(conversations());
    }
    if (!prompted) {
      return List.of(transcripts());
    }
    Prompt prompt = answers.prompt();
    List<ObjectNode> rows = new ArrayList<>();
    boolean repeated = prompt instanceof Prompt.Text;
    for (String better : texts("chosen")) {
      for (String worse : texts("rejected")) {
        rows.add(Answers.row(prompt, prompt.answer(better), prompt.answer(worse)));
        repeated &= better.startsWith(prompt.text()) && worse.startsWith(prompt.text());
      }
    }
    if (repeated) {
      oddities.at(Oddity.PROMPT_REPEATED, place);
    }
    return rows;
  }

  private List<String> texts(String column) {
    JsonNode value = fields.value(column);
    List<String> texts =
        value.isArray() ? fields.texts(value, column) : List.of(fields.anyText(column));
    if (texts.isEmpty()) {
      throw DataFailure.emptyText(place, column);
    }
    return texts;
  }

  private ObjectNode transcripts() {
    String better = fields.text("chosen");
    String worse = fields.text("rejected");
    TranscriptPair pair = TranscriptPair.of(better, worse, place);
    if (!pair.lastTurn()) {
      oddities.at(Oddity.SEVERAL_TURNS, place);
    }
    Optional<Chat> read = Transcripts.prompt(pair.prompt());
    if (read.isEmpty()) {
      oddities.at(Oddity.NO_FIRST_TURN, place);
      return Answers.row(
          Prompt.of(pair.prompt()), Answer.of(pair.chosen()), Answer.of(pair.rejected()));
    }
    Chat chat = answers.chat(read.get().messages());
    Answer chosen = Transcripts.answer(pair.chosen());
    Answer rejected = Transcripts.answer(pair.rejected());
    boolean asUsual =
        Spacing.joined(chat.text(), chosen.text()).equals(better)
            && Spacing.joined(chat.text(), rejected.text()).equals(worse);
    if (!asUsual) {
      oddities.at(Oddity.SPACING, place);
    }
    return Answers.row(chat, chosen, rejected);
  }

  private ObjectNode conversations() {
    List<Message> chosen = answers.messages(fields.value("chosen"), "chosen");
    List<Message> rejected = answers.messages(fields.value("rejected"), "rejected");
    boolean answersOnly =
        prompted
            && !chosen.isEmpty()
            && !rejected.isEmpty()
            && chosen.get(0).byAssistant()
            && rejected.get(0).byAssistant();
    if (answersOnly) {
      return row(answers.wrapped(), chosen, rejected);
    }
    int shared = shared(chosen, rejected);
    List<Message> prompt = chosen.subList(0, shared);
    if (prompted && !saysThePrompt(prompt)) {
      oddities.at(Oddity.PROMPT_MISMATCH, place);
    }
    List<Message> better = chosen.subList(shared, chosen.size());
    List<Message> worse = rejected.subList(shared, rejected.size());
    if (better.stream().filter(Message::byAssistant).count() > 1
        || worse.stream().filter(Message::byAssistant).count() > 1) {
      oddities.at(Oddity.SEVERAL_TURNS, place);
    }
    return row(answers.chat(prompt), better, worse);
  }

  private static ObjectNode row(Chat prompt, List<Message> chosen, List<Message> rejected) {
    return Answers.row(prompt, new Answer.Turns(chosen), new Answer.Turns(rejected));
  }

  /** How many messages the prompt has: all that are equal, up to a turn of both assistants. */
  private int shared(List<Message> chosen, List<Message> rejected) {
    int equal = 0;
    int shorter = Math.min(chosen.size(), rejected.size());
    while (equal < shorter && chosen.get(equal).equals(rejected.get(equal))) {
      equal++;
    }
    for (int end = Math.min(equal, shorter - 1); end > 0; end--) {
      if (chosen.get(end).byAssistant() && rejected.get(end).byAssistant()) {
        return end;
      }
    }
    boolean begun = equal == 0 && chosen.stream().limit(1).allMatch(Message::byAssistant);
    throw DataFailure.noSharedMessages(
        place,
        begun
            ? "they begin with the assistant"
            : "no message of the assistant follows those in which both are equal");
  }

  private boolean saysThePrompt(List<Message> prompt) {
    JsonNode said = fields.value("prompt");
    if (Messages.are(said)) {
      return answers.messagesOfPrompt().equals(prompt);
    }
    String last = prompt.get(prompt.size() - 1).text();
    return last.strip().equals(fields.text("prompt").strip());
  }
}

package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.Place;
import org.plumbline.engine.rlhf.data.source.Values;

/** The chosen and the rejected side of one row, and the prompt to both. */
final class Sides {
  private final Fields fields;
  private final Place place;
  private final Oddities oddities;
  private final boolean prompted;

  Sides(Fields fields, Oddities oddities) {
    this.fields = fields;
    this.place = fields.place();
    this.oddities = oddities;
    this.prompted = fields.names().contains("prompt");
  }

  /** One row; several if a side is a list of texts, as in RewardBench 2. */
  List<ObjectNode> rows() {
    JsonNode chosen = fields.value("chosen");
    JsonNode rejected = fields.value("rejected");
    if (Conversation.is(chosen) != Conversation.is(rejected)) {
      throw DataFailure.notKind(
          place,
          "rejected",
          (Conversation.is(chosen) ? "a list of messages" : "a text") + " like `chosen`",
          Values.kind(rejected));
    }
    if (Conversation.is(chosen)) {
      return List.of(conversations());
    }
    if (!prompted) {
      return List.of(transcripts());
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (String better : answers("chosen")) {
      for (String worse : answers("rejected")) {
        rows.add(row(Answers.prompt(fields), better, worse));
      }
    }
    noteRepeated(rows);
    return rows;
  }

  private List<String> answers(String column) {
    JsonNode value = fields.value(column);
    List<String> answers =
        value.isArray() ? fields.texts(value, column) : List.of(fields.anyText(column));
    if (answers.isEmpty()) {
      throw DataFailure.emptyText(place, column);
    }
    return answers;
  }

  private void noteRepeated(List<ObjectNode> rows) {
    boolean repeated =
        rows.stream()
            .allMatch(
                row ->
                    row.path("chosen").asText().startsWith(row.path("prompt").asText())
                        && row.path("rejected").asText().startsWith(row.path("prompt").asText()));
    if (repeated) {
      oddities.at(Oddity.PROMPT_REPEATED, place);
    }
  }

  private ObjectNode transcripts() {
    Transcripts.Split split =
        Transcripts.split(fields.text("chosen"), fields.text("rejected"), place);
    if (!split.lastTurn()) {
      oddities.at(Oddity.SEVERAL_TURNS, place);
    }
    return row(split.prompt(), split.chosen(), split.rejected());
  }

  private ObjectNode conversations() {
    List<Message> chosen = Conversation.of(fields.value("chosen"), place, "chosen");
    List<Message> rejected = Conversation.of(fields.value("rejected"), place, "rejected");
    boolean answersOnly =
        prompted
            && !chosen.isEmpty()
            && !rejected.isEmpty()
            && chosen.get(0).byAssistant()
            && rejected.get(0).byAssistant();
    if (answersOnly) {
      return row(Answers.wrapped(fields), Transcripts.answer(chosen), Transcripts.answer(rejected));
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
    return row(Transcripts.prompt(prompt), Transcripts.answer(better), Transcripts.answer(worse));
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
    throw DataFailure.nothingShared(place);
  }

  private boolean saysThePrompt(List<Message> prompt) {
    JsonNode said = fields.value("prompt");
    if (Conversation.is(said)) {
      return Answers.messagesOfPrompt(fields).equals(prompt);
    }
    String last = prompt.get(prompt.size() - 1).content();
    return last.strip().equals(fields.text("prompt").strip());
  }

  private static ObjectNode row(String prompt, String chosen, String rejected) {
    return Rows.row().put("prompt", prompt).put("chosen", chosen).put("rejected", rejected);
  }
}

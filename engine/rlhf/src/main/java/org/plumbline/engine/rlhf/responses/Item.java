// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * What somebody is asked about: a prompt and one or several answers to it.
 *
 * @param number of the item, counted from 0
 * @param answers in the order in which they were drawn
 * @param finished for each, whether it ended by itself rather than by running out of room
 * @param byChance whether it was drawn by chance rather than chosen; null where all are
 * @param by for each answer, the policy that gave it; empty where there is but one
 */
public record Item(
    long number,
    Prompt prompt,
    List<Answer> answers,
    List<Boolean> finished,
    @Nullable Boolean byChance,
    List<String> by) {

  /** Copies the lists. */
  public Item {
    by = List.copyOf(by);
    answers = List.copyOf(answers);
    finished = List.copyOf(finished);
  }

  /** An item that was drawn as all are. */
  public Item(long number, Prompt prompt, List<Answer> answers, List<Boolean> finished) {
    this(number, prompt, answers, finished, null, List.of());
  }

  /** The same under another number, and whether chance or somebody chose it. */
  public Item asked(long as, boolean chance) {
    return new Item(as, prompt, answers, finished, chance, by);
  }

  /** Each answer with the prompt. */
  public List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      exchanges.add(new Exchange(prompt, answers.get(i), finished.get(i)));
    }
    return exchanges;
  }

  /** Whether there is nothing to choose from. */
  public boolean identical() {
    return answers.size() > 1 && answers.stream().distinct().count() == 1;
  }

  /** The columns of a row. */
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("item", number);
    columns.put("prompt", prompt.json());
    columns.put("answers", answers.stream().map(Answer::json).toList());
    columns.put("finished", finished);
    if (byChance != null) {
      columns.put("by_chance", byChance);
    }
    if (!by.isEmpty()) {
      columns.put("by", by);
    }
    return columns;
  }

  /** The item of a row. */
  public static Item of(JsonNode row) {
    List<Answer> answers = new ArrayList<>();
    row.path("answers").forEach(answer -> answers.add(Answer.of(answer)));
    List<Boolean> finished = new ArrayList<>();
    row.path("finished").forEach(ended -> finished.add(ended.asBoolean()));
    List<String> by = new ArrayList<>();
    row.path("by").forEach(policy -> by.add(policy.asText()));
    return new Item(
        row.path("item").asLong(),
        Prompt.of(row.path("prompt")),
        answers,
        finished,
        row.has("by_chance") ? (Boolean) row.path("by_chance").asBoolean() : null,
        by);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.store.content.Artifact;

/**
 * What one evaluator said of one item: one row of {@code labels.jsonl}.
 *
 * @param shown the numbers of the item's answers in the order in which they were shown
 * @param saw what was seen of each answer, in the item's own order, where it was not all; else
 *     empty
 * @param sinceBreak how much the evaluator was given since the last break; null if they do not tire
 * @param circumstance that the evaluator was in; null for none of note
 * @param evaluator who
 * @param group the evaluator's group
 * @param response what they said, about the answers in the item's own order; null if they skipped
 *     it
 * @param malicious whether harm was done on purpose
 * @param cost what it cost; an item that was skipped costs nothing
 * @param gold what each answer is worth to the values of the whole population; empty if it has none
 * @param madeBy the judge who made the label; null for the evaluator
 * @param again whether the evaluator was asked the same before
 */
public record ItemLabel(
    Item item,
    List<Integer> shown,
    List<String> saw,
    @Nullable Integer sinceBreak,
    @Nullable String circumstance,
    String evaluator,
    String group,
    @Nullable Response response,
    boolean malicious,
    double cost,
    List<Double> gold,
    @Nullable String madeBy,
    boolean again) {
  /** Its file in an artifact. */
  public static final String FILE = "labels.jsonl";

  /** The file of what several labels of each item come to, where they are combined. */
  public static final String COMBINED = "combined.jsonl";

  /** Copies the lists. */
  public ItemLabel {
    shown = List.copyOf(shown);
    saw = List.copyOf(saw);
    gold = List.copyOf(gold);
  }

  /** A label of the evaluator's own. */
  public ItemLabel(
      Item item,
      List<Integer> shown,
      List<String> saw,
      @Nullable Integer sinceBreak,
      @Nullable String circumstance,
      String evaluator,
      String group,
      @Nullable Response response,
      boolean malicious,
      double cost,
      List<Double> gold) {
    this(
        item,
        shown,
        saw,
        sinceBreak,
        circumstance,
        evaluator,
        group,
        response,
        malicious,
        cost,
        gold,
        null,
        false);
  }

  /**
   * What is to be learned from a feedback stage, in the order of the items: all labels that say
   * something, or one of each item where labels are combined.
   */
  public static List<ItemLabel> read(Artifact feedback) throws IOException {
    return JsonFiles.readLines(file(feedback), ItemLabel::of).stream()
        .filter(label -> label.response() != null)
        .toList();
  }

  /** The file with what is to be learned. */
  public static Path file(Artifact feedback) {
    Path combined = feedback.file(COMBINED);
    return Files.exists(combined) ? combined : feedback.file(FILE);
  }

  /** What all labels of the item come to, which is nobody's own. */
  public ItemLabel combined(Response all) {
    return new ItemLabel(
        item,
        IntStream.range(0, item.answers().size()).boxed().toList(),
        List.of(),
        null,
        null,
        "combined",
        "",
        all,
        false,
        0,
        gold);
  }

  /** Whether the evaluator said nothing. */
  public boolean skipped() {
    return response == null;
  }

  /** The columns of a row. */
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>(item.columns());
    if (shown.size() > 1) {
      columns.put("shown", shown);
    }
    if (!saw.isEmpty()) {
      columns.put("saw", saw);
    }
    if (sinceBreak != null) {
      columns.put("since_break", sinceBreak);
    }
    if (circumstance != null) {
      columns.put("circumstance", circumstance);
    }
    if (madeBy != null) {
      columns.put("made_by", madeBy);
    }
    if (again) {
      columns.put("again", true);
    }
    columns.put("evaluator", evaluator);
    columns.put("group", group);
    if (response == null) {
      columns.put("skipped", true);
    } else {
      columns.putAll(response.columns());
    }
    columns.put("malicious", malicious);
    columns.put("cost", cost);
    if (!gold.isEmpty()) {
      columns.put("gold", gold);
    }
    return columns;
  }

  /** The label of a row. */
  public static ItemLabel of(JsonNode row) {
    Item item = Item.of(row);
    List<Integer> shown = new ArrayList<>();
    row.path("shown").forEach(number -> shown.add(number.asInt()));
    List<String> saw = new ArrayList<>();
    row.path("saw").forEach(text -> saw.add(text.asText()));
    List<Double> gold = new ArrayList<>();
    row.path("gold").forEach(worth -> gold.add(worth.asDouble()));
    return new ItemLabel(
        item,
        item.answers().size() > 1 ? shown : List.of(0),
        saw,
        row.has("since_break") ? (Integer) row.path("since_break").asInt() : null,
        row.has("circumstance") ? row.path("circumstance").asText() : null,
        row.path("evaluator").asText(),
        row.path("group").asText(),
        Response.of(row),
        row.path("malicious").asBoolean(),
        row.path("cost").asDouble(),
        gold,
        row.has("made_by") ? row.path("made_by").asText() : null,
        row.path("again").asBoolean());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;

/**
 * Reads what stages left in their artifacts: {@code answers.jsonl}, {@code summary.json}, {@code
 * curves.jsonl} and {@code metrics.json}.
 *
 * <p>Optional fields may be absent or null. All else is strict: a missing field, a wrong type, a
 * number that is not finite, an unknown field of an answer. These files are written by this
 * program, so whatever is wrong in them is a bug and is thrown as an {@link IllegalStateException}
 * that names file, line and field.
 */
public final class ArtifactReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ArtifactReader() {}

  /** The artifact of an evaluation; {@code curves.jsonl} may be missing. */
  public static Evaluation evaluation(Path folder) throws IOException {
    Fields summary = document(folder.resolve("summary.json"));
    List<Evaluation.Answer> answers = new ArrayList<>();
    for (Fields row : lines(folder.resolve("answers.jsonl"))) {
      answers.add(answer(row));
    }
    List<Evaluation.CurveRow> curves = new ArrayList<>();
    Path curveFile = folder.resolve("curves.jsonl");
    if (Files.exists(curveFile)) {
      for (Fields row : lines(curveFile)) {
        curves.add(curve(row));
      }
    }
    return new Evaluation(summary.text("operation"), summary.optional("kl_bound"), answers, curves);
  }

  /** The artifact of a reward model; null if nothing was held out. */
  public static @Nullable HeldOut heldOut(Path folder) throws IOException {
    return heldOut(document(folder.resolve("metrics.json")).object("held_out"));
  }

  /**
   * The artifact of a reward model, for a part of what was held out; null if there is none.
   *
   * @param part {@code clean} or {@code triggered}
   */
  public static @Nullable HeldOut heldOut(Path folder, String part) throws IOException {
    Fields heldOut = document(folder.resolve("metrics.json")).object("held_out");
    return heldOut == null ? null : heldOut(heldOut.object(part));
  }

  private static @Nullable HeldOut heldOut(@Nullable Fields heldOut) {
    Fields accuracy = heldOut == null ? null : heldOut.object("accuracy");
    return heldOut == null || accuracy == null || accuracy.integer("n") == 0
        ? null
        : new HeldOut(
            accuracy.number("value"), accuracy.integer("n"), heldOut.optional("attainable"));
  }

  /** The artifact of a feedback stage. */
  public static FeedbackSummary feedback(Path folder) throws IOException {
    Fields summary = document(folder.resolve("summary.json"));
    List<FeedbackSummary.Group> groups = new ArrayList<>();
    for (Fields g : summary.objects("groups")) {
      groups.add(
          new FeedbackSummary.Group(
              g.text("group"),
              g.integer("people"),
              g.integer("labels"),
              g.integer("skipped"),
              g.optional("agree_with_gold"),
              g.optional("chose_first"),
              g.optional("chose_longer")));
    }
    Fields poisoned = summary.object("poisoned");
    return new FeedbackSummary(
        summary.integer("labels"),
        summary.number("cost"),
        summary.integer("skipped"),
        agreement(summary.object("agreement")),
        groups,
        poisoned == null ? null : poisoned.number("share"),
        poisoned == null ? null : poisoned.optional("share_triggered"));
  }

  private static SortedMap<String, Interval> agreement(@Nullable Fields fields) {
    SortedMap<String, Interval> out = new TreeMap<>();
    if (fields == null) {
      return out;
    }
    for (String name : fields.names()) {
      JsonNode node = fields.node.get(name);
      if (node.isNumber()) {
        out.put(name, Interval.exact(fields.number(name)));
      } else if (node.isObject()) {
        Fields f = new Fields(node, fields.where + ", `" + name + "`");
        out.put(name, new Interval(f.number("value"), f.optional("low"), f.optional("high")));
      }
    }
    return out;
  }

  private static Evaluation.Answer answer(Fields row) {
    row.onlyKnown();
    String set = row.text("set");
    if (!set.equals("clean") && !set.equals("triggered")) {
      throw row.wrong("set", "must be `clean` or `triggered`, but is `" + set + "`");
    }
    return new Evaluation.Answer(
        row.integer("index"),
        row.text("prompt"),
        set,
        row.text("answer"),
        row.integer("tokens"),
        row.integer("words"),
        row.flag("finished"),
        row.optional("gold"),
        row.numbers("features"),
        row.numbers("groups"),
        row.optional("score"),
        row.optional("spread"),
        row.optional("kl"),
        row.optional("kl_estimate"),
        row.optional("entropy"));
  }

  private static Evaluation.CurveRow curve(Fields row) {
    Map<String, Double> values = new TreeMap<>();
    for (String name : row.names()) {
      if (!name.equals("step") && !row.node.get(name).isNull()) {
        values.put(name, row.number(name));
      }
    }
    return new Evaluation.CurveRow(row.integer("step"), values);
  }

  private static Fields document(Path file) throws IOException {
    return parse(Files.readString(file), String.valueOf(file.getFileName()));
  }

  private static List<Fields> lines(Path file) throws IOException {
    List<Fields> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(parse(lines.get(i), file.getFileName() + ", line " + (i + 1)));
      }
    }
    return rows;
  }

  private static Fields parse(String text, String where) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isObject()) {
        throw new IllegalStateException(where + ": not an object");
      }
      return new Fields(node, where);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(where + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** An object with the place that it was read from. */
  private record Fields(JsonNode node, String where) {

    private static final List<String> OF_ANSWERS =
        List.of(
            "index",
            "prompt",
            "set",
            "answer",
            "tokens",
            "words",
            "finished",
            "gold",
            "features",
            "groups",
            "score",
            "spread",
            "kl",
            "kl_estimate",
            "entropy");

    List<String> names() {
      List<String> names = new ArrayList<>();
      for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
        names.add(it.next());
      }
      return names;
    }

    void onlyKnown() {
      for (String name : names()) {
        if (!OF_ANSWERS.contains(name)) {
          throw wrong(name, "is not a field of an answer");
        }
      }
    }

    double number(String name) {
      Double value = optional(name);
      if (value == null) {
        throw wrong(name, "is missing");
      }
      return value;
    }

    @Nullable Double optional(String name) {
      JsonNode value = node.get(name);
      if (value == null || value.isNull()) {
        return null;
      }
      if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
        throw wrong(name, "is not a finite number");
      }
      return value.asDouble();
    }

    int integer(String name) {
      JsonNode value = node.get(name);
      if (value == null || !value.isInt()) {
        throw wrong(name, "is not a whole number");
      }
      return value.asInt();
    }

    String text(String name) {
      JsonNode value = node.get(name);
      if (value == null || !value.isTextual()) {
        throw wrong(name, "is not a text");
      }
      return value.asText();
    }

    boolean flag(String name) {
      JsonNode value = node.get(name);
      if (value == null || !value.isBoolean()) {
        throw wrong(name, "is not true or false");
      }
      return value.asBoolean();
    }

    @Nullable Fields object(String name) {
      JsonNode value = node.get(name);
      if (value == null || value.isNull()) {
        return null;
      }
      if (!value.isObject()) {
        throw wrong(name, "is not an object");
      }
      return new Fields(value, where + ", `" + name + "`");
    }

    List<Fields> objects(String name) {
      List<Fields> out = new ArrayList<>();
      JsonNode value = node.get(name);
      if (value != null && !value.isNull()) {
        for (JsonNode item : value) {
          out.add(new Fields(item, where + ", `" + name + "`"));
        }
      }
      return out;
    }

    Map<String, Double> numbers(String name) {
      Map<String, Double> out = new TreeMap<>();
      Fields fields = object(name);
      if (fields != null) {
        for (String key : fields.names()) {
          out.put(key, fields.number(key));
        }
      }
      return out;
    }

    IllegalStateException wrong(String name, String what) {
      return new IllegalStateException(where + ": `" + name + "` " + what);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Dependencies;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;

/**
 * How many of the prompts that recipes are measured on were read by a stage upstream of them: in
 * training, for feedback, or in the corpus of a base model.
 *
 * <p>Prompts are compared by their text (conversations by their messages), whichever data set they
 * stand in and whatever it is called.
 *
 * @param data the data set of the prompts that recipes are measured on
 * @param prompts how many there are
 * @param distinct how many different ones
 * @param seen how many of them, repetitions included, some stage upstream has read
 * @param by how many in each of the data sets and corpora upstream; those with none are left out
 * @param unread data sets and corpora upstream that could not be looked at
 */
public record SeenPrompts(
    String data,
    int prompts,
    int distinct,
    int seen,
    Map<String, Integer> by,
    List<String> unread) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public SeenPrompts {
    by = Collections.unmodifiableMap(new TreeMap<>(by));
    unread = List.copyOf(unread);
  }

  /** Where the rows are. */
  public interface Source {

    /**
     * The rows of a data set, one JSON object per line, as the stage that loads it writes them;
     * empty if they cannot be had.
     *
     * @param part {@code held_out}, or empty for the other rows
     */
    Optional<Path> rows(PlanNode data, String part) throws IOException;

    /** A corpus with one document per line; empty if it is not there or not what it was. */
    Optional<Path> corpus(FileRef file) throws IOException;
  }

  /** A part of a data set. */
  private record Part(PlanNode data, String part) {

    String name() {
      return part.isEmpty() ? data.name() : data.name() + "." + part;
    }
  }

  /** Counts; empty if the plan compares nothing or the prompts themselves cannot be had. */
  public static Optional<SeenPrompts> of(Plan plan, Source source) throws IOException {
    Dependencies dependencies = new Dependencies(plan);
    Set<Part> measured = new LinkedHashSet<>();
    Set<String> upstream = new LinkedHashSet<>();
    for (Plan.End end : plan.ends()) {
      if (end.evaluation() != null) {
        PlanNode evaluation = dependencies.node(end.evaluation());
        measured.addAll(parts(evaluation.inputs().get("prompts"), dependencies));
        upstream.addAll(dependencies.upstream(evaluation.id()));
      }
    }
    // Whoever judges answers to these prompts teaches nobody.
    upstream.removeIf(id -> dependencies.node(id).section().equals("compare"));
    List<String> prompts = new ArrayList<>();
    for (Part part : measured) {
      source.rows(part.data(), part.part()).ifPresent(file -> prompts.addAll(prompts(file)));
    }
    if (prompts.isEmpty()) {
      return Optional.empty();
    }
    String names = String.join(", ", measured.stream().map(Part::name).toList());
    Set<String> distinct = new LinkedHashSet<>(prompts);
    return Optional.of(
        count(names, prompts, found(distinct, new Upstream(upstream, dependencies), source)));
  }

  /** What is upstream of all recipes. */
  private record Upstream(Set<String> nodes, Dependencies dependencies) {}

  /** The prompts in each data set and corpus upstream; empty where they cannot be had. */
  private static Map<String, Optional<Set<String>>> found(
      Set<String> prompts, Upstream upstream, Source source) throws IOException {
    Set<Part> parts = new LinkedHashSet<>();
    Map<String, FileRef> corpora = new LinkedHashMap<>();
    for (String id : upstream.nodes()) {
      PlanNode node = upstream.dependencies().node(id);
      for (List<PlanNode.Input> inputs : node.inputs().values()) {
        parts.addAll(parts(inputs, upstream.dependencies()));
      }
      FileRef corpus = node.files().get("corpus");
      if (corpus != null) {
        corpora.put(corpus.written(), corpus);
      }
    }
    Map<String, Optional<Set<String>>> all = new LinkedHashMap<>();
    for (Part part : parts) {
      Optional<Path> rows = source.rows(part.data(), part.part());
      all.put(part.name(), rows.map(new PromptsInTexts(prompts)::inRows));
    }
    for (FileRef corpus : corpora.values()) {
      Optional<Path> file = source.corpus(corpus);
      all.put(corpus.written(), file.map(new PromptsInTexts(prompts)::inDocuments));
    }
    return all;
  }

  private static List<Part> parts(
      @Nullable List<PlanNode.Input> inputs, Dependencies dependencies) {
    List<Part> parts = new ArrayList<>();
    for (PlanNode.Input input : inputs == null ? List.<PlanNode.Input>of() : inputs) {
      PlanNode node = dependencies.node(input.node());
      if (node.section().equals("data")) {
        parts.add(new Part(node, input.part()));
      }
    }
    return parts;
  }

  private static SeenPrompts count(
      String data, List<String> prompts, Map<String, Optional<Set<String>>> upstream) {
    Set<String> seen = new HashSet<>();
    Map<String, Integer> by = new TreeMap<>();
    List<String> unread = new ArrayList<>();
    for (Map.Entry<String, Optional<Set<String>>> part : upstream.entrySet()) {
      Set<String> found = part.getValue().orElse(Set.of());
      int count = among(prompts, found);
      if (part.getValue().isEmpty()) {
        unread.add(part.getKey());
      } else if (count > 0) {
        by.put(part.getKey(), count);
      }
      seen.addAll(found);
    }
    int distinct = Set.copyOf(prompts).size();
    return new SeenPrompts(
        data, prompts.size(), distinct, among(prompts, seen), by, List.copyOf(unread));
  }

  private static int among(List<String> prompts, Set<String> found) {
    return (int) prompts.stream().filter(found::contains).count();
  }

  private static List<String> prompts(Path file) {
    List<String> prompts = new ArrayList<>();
    eachLine(file, line -> prompts.add(text(line.path("prompt"))));
    return prompts;
  }

  /** What makes two prompts the same: their text, or the messages of a conversation. */
  static String text(JsonNode prompt) {
    return prompt.isObject() ? prompt.path("messages").toString() : prompt.asText();
  }

  /** What is done with a row. */
  interface RowConsumer {
    void accept(JsonNode row);
  }

  static void eachLine(Path file, RowConsumer consumer) {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        consumer.accept(JSON.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers as a sentence. */
  public String sentence() {
    String line = line();
    return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
  }

  /**
   * The numbers without the looks of a sentence: {@code 191 of 200 evaluation prompts (test) seen
   * in training or feedback: 191 in prompts}.
   */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append(seen == 0 ? "none" : String.valueOf(seen));
    line.append(" of ").append(prompts).append(" evaluation prompts (").append(data);
    line.append(distinct < prompts ? ", " + distinct + " different" : "");
    line.append(") seen in training or feedback");
    if (!by.isEmpty()) {
      List<String> parts = new ArrayList<>();
      by.forEach((name, count) -> parts.add(count + " in " + name));
      line.append(": ").append(String.join(", ", parts));
    }
    if (!unread.isEmpty()) {
      line.append("; not looked at: ").append(String.join(", ", unread));
    }
    return line.toString();
  }
}

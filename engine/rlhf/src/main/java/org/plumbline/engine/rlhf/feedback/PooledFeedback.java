// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * Puts several sets of feedback of one kind together, as iterated RLHF learns from the labels of
 * all rounds (Bai et al. 2022a, section 4.5). Nobody is asked.
 *
 * <p>The artifact holds what the sets hold, one after the other: their labels, and the preferences
 * that these came to, with numbers that go on from one set to the next, so that no two are taken
 * for one. What labels are measured by is that of the first set.
 */
public final class PooledFeedback implements Stage {
  /** The operation, whose nodes have no labels of their own. */
  public static final String OPERATION = "pooled";

  private static final List<String> FILES =
      List.of("pairs.jsonl", ItemLabel.FILE, "left_out.jsonl", "repeated.jsonl", GoldAnswered.FILE);
  private static final List<String> NUMBERS = List.of("pair", "item");
  private static final String SUMMARY = "summary.json";

  /** Of a summary, what counts, and is the sum over the sets. */
  private static final Set<String> COUNTS =
      Set.of("labels", "pairs", "skipped", "ties", "identical", "undecided", "outsourced");

  @Override
  public String operation() {
    return OPERATION;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    List<Artifact> sets = context.inputs("feedback");
    List<ObjectNode> summaries = new ArrayList<>();
    boolean combined =
        sets.stream().anyMatch(set -> Files.exists(set.folder().resolve(ItemLabel.COMBINED)));
    long offset = 0;
    for (int i = 0; i < sets.size(); i++) {
      summaries.add((ObjectNode) JsonFiles.read(sets.get(i).file(SUMMARY)));
      alike(summaries.get(0), summaries.get(i));
      long next = offset;
      for (String name : FILES) {
        Path from = sets.get(i).folder().resolve(name);
        long behind = append(from, offset, context.output().resolve(name));
        // Numbers of gold questions are far behind those of all others.
        next = name.equals(GoldAnswered.FILE) ? next : Math.max(next, behind);
      }
      if (combined) {
        // What was not combined is learned from as it was said.
        Path own = sets.get(i).folder().resolve(ItemLabel.COMBINED);
        Path from = Files.exists(own) ? own : sets.get(i).folder().resolve(ItemLabel.FILE);
        append(from, offset, context.output().resolve(ItemLabel.COMBINED));
      }
      offset = next;
    }
    Files.writeString(context.output().resolve(SUMMARY), summary(summaries).toString() + "\n");
    for (Artifact set : sets) {
      if (GoldStandard.takeOver(context, set)) {
        break;
      }
    }
  }

  /** Numbers of other classes or scales are no numbers of these. */
  private static void alike(ObjectNode first, ObjectNode other) {
    for (String fact : facts(first, other)) {
      if (!first.path(fact).equals(other.path(fact))) {
        throw new StageFailure(
            "PLB0509",
            "the sets differ in `" + fact + "`: " + first.path(fact) + " and " + other.path(fact),
            "feedback",
            "pool sets that asked the same");
      }
    }
  }

  /** What a kind of feedback says of itself beside the summary that all have. */
  private static List<String> facts(ObjectNode first, ObjectNode other) {
    List<String> facts = new ArrayList<>();
    Stream.of(first, other)
        .flatMap(summary -> summary.properties().stream())
        .map(property -> property.getKey())
        .filter(name -> !FeedbackSummary.columns().contains(name))
        .distinct()
        .forEach(facts::add);
    return facts;
  }

  /** Appends the rows of a file, and gives the first number that is free behind them. */
  private static long append(Path from, long offset, Path to) throws IOException {
    if (!Files.exists(from)) {
      return offset;
    }
    List<JsonNode> rows = JsonFiles.readLines(from);
    long next = offset;
    try (BufferedWriter out =
        Files.newBufferedWriter(
            to, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
      for (JsonNode row : rows) {
        for (String number : NUMBERS) {
          if (row instanceof ObjectNode columns && columns.has(number)) {
            long moved = columns.path(number).asLong() + offset;
            columns.put(number, moved);
            next = Math.max(next, moved + 1);
          }
        }
        out.write(row.toString());
        out.write('\n');
      }
    }
    return next;
  }

  /** Counts are sums; what the first set says of its kind holds of all; rates are left out. */
  private static ObjectNode summary(List<ObjectNode> sets) {
    ObjectNode first = sets.get(0);
    ObjectNode all = first.objectNode();
    for (String count : COUNTS.stream().sorted().toList()) {
      if (sets.stream().anyMatch(set -> set.path(count).isNumber())) {
        all.put(count, sets.stream().mapToLong(set -> set.path(count).asLong()).sum());
      }
    }
    all.put("cost", sets.stream().mapToDouble(set -> set.path("cost").asDouble()).sum());
    first.properties().stream()
        .filter(
            property ->
                Set.of("items", "combined", "judge").contains(property.getKey())
                    || !FeedbackSummary.columns().contains(property.getKey()))
        .forEach(property -> all.set(property.getKey(), property.getValue()));
    return all;
  }
}

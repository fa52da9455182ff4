// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Selection;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.respondents.Purse;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * What is collected so far: the append-only record that checkpoints keep. What has been paid
 * follows from the labels, so that none is paid twice.
 */
record Collected(List<DrawnPair> drawn, List<LabelRow> labels, Purse purse) {
  private static final String DRAWN = "drawn.jsonl";

  /** What the newest checkpoint holds. */
  static Collected from(Optional<Checkpoint> checkpoint, @Nullable Double budget)
      throws IOException {
    Purse purse = new Purse(budget);
    if (checkpoint.isEmpty()) {
      return new Collected(new ArrayList<>(), new ArrayList<>(), purse);
    }
    var folder = checkpoint.get().folder();
    List<LabelRow> labels =
        JsonFiles.readLines(folder.resolve(CollectComparisons.LABELS), LabelRow::of);
    labels.forEach(label -> purse.pay(label.cost()));
    return new Collected(JsonFiles.readLines(folder.resolve(DRAWN), DrawnPair::of), labels, purse);
  }

  /** Adds pairs and all labels of theirs. */
  void add(List<DrawnPair> pairs, List<LabelRow> said) {
    drawn.addAll(pairs);
    labels.addAll(said);
    said.forEach(label -> purse.pay(label.cost()));
  }

  /** Puts what is said now in the place of labels that were skipped. */
  void replace(List<LabelRow> skipped, List<LabelRow> said) {
    IdentityHashMap<LabelRow, LabelRow> now = new IdentityHashMap<>();
    for (int i = 0; i < skipped.size(); i++) {
      now.put(skipped.get(i), said.get(i));
      purse.pay(said.get(i).cost());
    }
    labels.replaceAll(label -> now.getOrDefault(label, label));
  }

  /** What was said when it was asked for the first time. */
  List<LabelRow> first() {
    return labels.stream()
        .filter(label -> !label.context().again() && !label.context().gold())
        .toList();
  }

  /** What people said when they were asked again. */
  List<LabelRow> again() {
    return labels.stream().filter(label -> label.context().again()).toList();
  }

  /** Whether the last that was said is what somebody was asked again. */
  boolean endsWithAgain() {
    return !labels.isEmpty() && labels.get(labels.size() - 1).context().again();
  }

  /** What was said of questions whose answer is known. */
  List<LabelRow> gold() {
    return labels.stream().filter(label -> label.context().gold()).toList();
  }

  /** How many answers each policy gave; empty where there is but one. */
  Map<String, Integer> answersByPolicy() {
    Map<String, Integer> answers = new TreeMap<>();
    for (DrawnPair pair : drawn) {
      if (pair.oneBy() != null && pair.twoBy() != null) {
        answers.merge(pair.oneBy(), 1, Integer::sum);
        answers.merge(pair.twoBy(), 1, Integer::sum);
      }
    }
    return answers;
  }

  /** How questions were chosen; null where they come as they are drawn. */
  FeedbackSummary.@Nullable Selected selected(@Nullable Selection terms) {
    return terms == null
        ? null
        : new FeedbackSummary.Selected(
            terms.by().name().toLowerCase(Locale.ROOT),
            drawn.size(),
            (int) drawn.stream().filter(pair -> Boolean.TRUE.equals(pair.byChance())).count());
  }

  void save(StageContext context) throws IOException {
    context.saveCheckpoint(
        drawn.size() + again().size(),
        folder -> {
          JsonFiles.writeLines(folder.resolve(DRAWN), drawn, DrawnPair::columns);
          JsonFiles.writeLines(
              folder.resolve(CollectComparisons.LABELS), labels, LabelRow::columns);
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.JsonFiles;
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

  void save(StageContext context) throws IOException {
    context.saveCheckpoint(
        drawn.size(),
        folder -> {
          JsonFiles.writeLines(folder.resolve(DRAWN), drawn, DrawnPair::columns);
          JsonFiles.writeLines(
              folder.resolve(CollectComparisons.LABELS), labels, LabelRow::columns);
        });
  }
}

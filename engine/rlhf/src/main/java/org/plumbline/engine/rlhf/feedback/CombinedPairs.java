// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.run.StageContext;

/**
 * One preference of all labels of each pair, whether they were collected or recorded: some are left
 * out, the others combined.
 */
record CombinedPairs(
    List<DrawnPair> drawn, FilteredLabels labels, CombinedLabels combined, List<Pair> pairs) {
  private static final String LEFT_OUT = ExportedRows.LEFT_OUT;
  private static final String REPEATED = ExportedRows.REPEATED;

  /**
   * Combines what was said when it was asked for the first time.
   *
   * @param asked who may be asked; null where that is not known
   */
  static CombinedPairs of(
      CombiningSpec how, CombinedLabels.Rule rule, Collected said, @Nullable Labelling asked) {
    FilteredLabels labels =
        FilteredLabels.of(
            how.filter(),
            said.drawn(),
            said.first(),
            GoldAnswered.tested(MixedGold.answered(said.gold())));
    LeftOutNotes.refuseNothing(said.first().size(), labels.kept().size(), labels.summary());
    CombinedLabels combined = CombinedLabels.of(rule, said.drawn(), labels.kept());
    VoteShare share =
        asked == null
            ? new VoteShare(pair -> List.of(), 0)
            : new VoteShare(
                labels.left().isEmpty() ? asked::voters : pair -> List.of(), asked.shared());
    return new CombinedPairs(
        said.drawn(), labels, combined, share.of(said.drawn(), labels.kept(), combined));
  }

  /** Writes labels and pairs. */
  void write(Path folder, List<LabelRow> again) throws IOException {
    JsonFiles.writeLines(
        folder.resolve(CollectComparisons.LABELS), labels.kept(), LabelRow::columns);
    if (!labels.left().isEmpty()) {
      JsonFiles.writeLines(folder.resolve(LEFT_OUT), labels.left(), LabelRow::columns);
    }
    if (!again.isEmpty()) {
      JsonFiles.writeLines(folder.resolve(REPEATED), again, LabelRow::columns);
    }
    Pairs.write(pairs, folder);
  }

  /** Says what whoever uses the pairs should know. */
  void note(StageContext context) {
    labels.note(context);
    combined.note(context);
  }

  /**
   * How it was done; null where nothing is said of it.
   *
   * @param gold the values that labels are measured by; null if none are declared
   */
  FeedbackSummary.@Nullable Combined summary(CombiningSpec how, @Nullable Feature gold) {
    return how.absent()
        ? null
        : new Reliability(gold, drawn, labels, pairs).of(how.aggregate(), combined);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Rows;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.feedback.RecordedPreferences;
import org.plumbline.engine.rlhf.feedback.RecordedVotes;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Takes over feedback of any kind that exists in a data set: its first rows, or all of them.
 *
 * <p>Comparisons become pairs, see {@link RecordedPreferences}. Of other kinds each row becomes a
 * label, as if it had been collected here; what the rows do not say is left out: in which order
 * answers were shown, what a label cost, what an answer is worth by declared values.
 */
public final class RecordedFeedback implements Stage {
  private final RecordedPreferences preferences = new RecordedPreferences();

  @Override
  public String operation() {
    return preferences.operation();
  }

  @Override
  public int version() {
    return preferences.version();
  }

  @Override
  public boolean computesWithEngine() {
    return preferences.computesWithEngine();
  }

  @Override
  public void run(StageContext context) throws IOException {
    Recorded spec = context.settings(Recorded.class);
    Rows rows = spec.rows();
    if (rows == null || rows == Rows.COMPARISONS) {
      preferences.run(context);
      return;
    }
    DataSet data = DataSet.of(context, "data");
    RecordedItems recorded = new RecordedItems(rows, spec.classes());
    List<ItemLabel> all = recorded.read(data);
    List<ItemLabel> votes = all.stream().filter(label -> !label.again()).toList();
    note(context, data.size() - votes.size(), recorded.presumed());
    List<ItemLabel> labels = wanted(votes, spec);
    // Another correction of the same answer is another item here, and not what was said before.
    List<ItemLabel> again = rows == Rows.CORRECTIONS ? List.of() : repeats(labels, all);
    if (labels.stream().allMatch(ItemLabel::skipped)) {
      throw new StageFailure(
          "PLB0521",
          "nobody said anything in " + labels.size() + " recorded rows",
          "data",
          "nothing can be learned from that");
    }
    String kind = rows.name().toLowerCase(Locale.ROOT);
    if (!spec.combining().absent()) {
      RecordedPreferences.refuseNobody(
          spec, labels.stream().anyMatch(l -> !l.evaluator().equals(RecordedVotes.SOMEBODY)));
    }
    CombinedItems combined = CombinedItems.of(spec.combining(), kind, labels, null);
    combined.note(context);
    combined.write(context.output());
    if (!again.isEmpty()) {
      JsonFiles.writeLines(
          context.output().resolve(ExportedRows.REPEATED), again, ItemLabel::columns);
    }
    if (rows == Rows.CORRECTIONS) {
      Pairs.write(CorrectionForm.corrected(combined.filter().kept()), context.output());
    }
    summary(kind, labels, again, context.seed())
        .with(combined.summary(), null)
        .write(context.output());
  }

  /** The first rows that say something, with those between that do not. */
  private static List<ItemLabel> wanted(List<ItemLabel> all, Recorded spec) {
    Integer wanted = spec.pairs();
    if (wanted == null) {
      return all;
    }
    int said = 0;
    for (int i = 0; i < all.size(); i++) {
      said += all.get(i).skipped() ? 0 : 1;
      if (said == wanted) {
        return all.subList(0, i + 1);
      }
    }
    throw new StageFailure(
        "PLB0508",
        "`pairs: " + wanted + "`, but the data set has only " + said + " rows",
        "pairs",
        "ask for fewer, or leave `pairs` out to take all");
  }

  /** What was said again of what was said before; what nobody said before, tells nothing. */
  private static List<ItemLabel> repeats(List<ItemLabel> labels, List<ItemLabel> all) {
    Set<List<Object>> before = new HashSet<>();
    labels.stream()
        .filter(label -> !label.skipped() && !label.evaluator().equals(RecordedVotes.SOMEBODY))
        .forEach(label -> before.add(whose(label)));
    return all.stream().filter(label -> label.again() && before.contains(whose(label))).toList();
  }

  private static List<Object> whose(ItemLabel label) {
    return List.of(label.item().number(), label.evaluator());
  }

  private static void note(StageContext context, int besides, String presumed) {
    if (besides > 0) {
      context.note(
          besides
              + " rows are of questions that were asked again, or whose answer was known, or were left"
              + " out by a filter; they are no votes");
    }
    if (!presumed.isEmpty()) {
      context.note(
          "`"
              + presumed
              + "` counts as the wanted class, because it is the first in the rows; name `classes`,"
              + " the wanted one first, if another is");
    }
  }

  private static FeedbackSummary summary(
      String kind, List<ItemLabel> labels, List<ItemLabel> again, long seed) {
    Map<String, Integer> people = new LinkedHashMap<>();
    labels.stream()
        .collect(
            Collectors.groupingBy(
                ItemLabel::group,
                LinkedHashMap::new,
                Collectors.mapping(ItemLabel::evaluator, Collectors.toSet())))
        .forEach((group, evaluators) -> people.put(group, evaluators.size()));
    int items = (int) labels.stream().map(label -> label.item().number()).distinct().count();
    return ItemStatistics.summary(
        new ItemStatistics.Asked(kind, labels, again, List.of(), items, 0, false, 0),
        people,
        List.of(),
        seed);
  }
}

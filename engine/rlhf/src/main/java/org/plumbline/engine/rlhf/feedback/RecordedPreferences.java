// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.data.Preference;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Takes over preferences that exist in a data set: its first rows, or all of them.
 *
 * <p>In which order the answers were shown is not known, so there are no single labels, groups or
 * agreement. How surely an answer is better ({@code strength}), the votes, and whether answers are
 * whole are taken over where the rows say it. Rows whose answers are equal become ties; rows of a
 * question that was skipped are no preferences.
 */
public final class RecordedPreferences implements Stage {

  @Override
  public String operation() {
    return "recorded";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    Recorded spec = context.settings(Recorded.class);
    List<Preference> all = DataSet.of(context, "data").preferences();
    List<Preference> rows = all.stream().filter(row -> !row.support().skipped()).toList();
    int skipped = all.size() - rows.size();
    if (skipped > 0) {
      context.note(skipped + " rows say that the question was skipped; they prefer nothing");
    }
    int wanted = spec.pairs() == null ? rows.size() : spec.pairs();
    if (wanted > rows.size()) {
      throw new StageFailure(
          "PLB0508",
          "`pairs: " + wanted + "`, but the data set has only " + rows.size() + " rows",
          "pairs",
          "ask for fewer pairs, or leave `pairs` out to take all");
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      pairs.add(pair(i, rows.get(i)));
    }
    if (pairs.stream().allMatch(Pair::tie)) {
      throw new StageFailure(
          "PLB0509",
          "all " + wanted + " recorded preferences are between equal answers",
          "data",
          "nothing can be learned from ties alone");
    }
    Pairs.write(pairs, context.output());
    summary(pairs, skipped).write(context.output());
  }

  private static Pair pair(int number, Preference row) {
    Preference.Support support = row.support();
    return new Pair(
        number,
        row.prompt(),
        row.chosen(),
        row.rejected(),
        support.strength(),
        support.votes(),
        support.agreeing(),
        support.chosenFinished(),
        support.rejectedFinished());
  }

  private static FeedbackSummary summary(List<Pair> pairs, int skipped) {
    int ties = (int) pairs.stream().filter(Pair::tie).count();
    int compared = 0;
    int longer = 0;
    for (Pair pair : pairs) {
      int difference =
          WhiteSpaceWords.count(pair.chosen().text())
              - WhiteSpaceWords.count(pair.rejected().text());
      compared += difference == 0 ? 0 : 1;
      longer += difference > 0 ? 1 : 0;
    }
    return new FeedbackSummary(
        pairs.size(),
        pairs.size(),
        0,
        skipped,
        ties,
        ties,
        0,
        null,
        null,
        compared == 0 ? null : (Double) (longer / (double) compared),
        List.of(),
        null,
        Map.of(),
        null,
        null,
        null);
  }
}

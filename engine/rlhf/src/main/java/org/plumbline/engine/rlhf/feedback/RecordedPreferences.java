// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
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
 * <p>Where rows name who judged ({@code rater}), those of the same pair are put together as what
 * several people say who are asked the same: everybody's label is kept, agreement is measured, and
 * one preference is made of all of them (see {@link RecordedVotes} and {@link CombinedPairs}).
 * Where no row does, each is a preference of its own, with the votes that it says stand behind it.
 * How surely an answer is better ({@code strength}) and whether answers are whole are taken over
 * where the rows say it. Rows whose answers are equal become ties; rows of a question that was
 * skipped, or whose answer was known, are no preferences, and what was said again is none either.
 */
public final class RecordedPreferences implements Stage {

  @Override
  public String operation() {
    return "recorded";
  }

  @Override
  public int version() {
    return 8;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    Recorded spec = context.settings(Recorded.class);
    List<Preference> all = wanted(DataSet.of(context, "data").preferences(), spec);
    List<Preference> rows = all.stream().filter(Preference::vote).toList();
    int skipped = all.size() - rows.size();
    if (skipped > 0) {
      context.note(
          skipped
              + " rows are of questions that were skipped or asked again, or whose answer was known,"
              + " or were left out by a filter; they are no votes");
    }
    if (!all.isEmpty() && all.stream().noneMatch(Preference::vote)) {
      throw new StageFailure(
          "PLB0521",
          "none of the " + all.size() + " recorded rows says anything: all were skipped",
          "data",
          "add rows that say which answer is preferred");
    }
    if (RecordedVotes.named(rows)) {
      combine(context, spec, RecordedVotes.of(all));
      return;
    }
    refuseNobody(spec, false);
    List<Pair> pairs = new ArrayList<>();
    for (Preference row : rows) {
      pairs.add(pair(pairs.size(), row));
    }
    refuseTies(pairs);
    Pairs.write(pairs, context.output());
    summary(pairs, skipped).write(context.output());
  }

  /** The first rows that say something, with those between that do not. */
  private static List<Preference> wanted(List<Preference> all, Recorded spec) {
    int wanted = spec.pairs() == null ? Integer.MAX_VALUE : spec.pairs();
    List<Preference> rows = new ArrayList<>();
    int said = 0;
    for (int i = 0; i < all.size() && said < wanted; i++) {
      rows.add(all.get(i));
      said += all.get(i).vote() ? 1 : 0;
    }
    if (spec.pairs() != null && said < wanted) {
      throw new StageFailure(
          "PLB0508",
          "`pairs: " + wanted + "`, but the data set has only " + said + " rows",
          "pairs",
          "ask for fewer pairs, or leave `pairs` out to take all");
    }
    return rows;
  }

  /**
   * Without names there are no several people who label the same.
   *
   * @param named whether some row names who judged
   */
  public static void refuseNobody(Recorded spec, boolean named) {
    CombiningSpec how = spec.combining();
    if (!named && !how.absent()) {
      String key = how.aggregate() != null ? "aggregate" : how.weigh() != null ? "weigh" : "filter";
      throw new StageFailure(
          "PLB0523",
          "`" + key + "` is about what several people say, and no row of the data set names any",
          key,
          "give the rows a column `rater` (`columns: { rater: ... }` in `data` if it is called"
              + " otherwise), or leave `"
              + key
              + "` out");
    }
  }

  private static void refuseTies(List<Pair> pairs) {
    if (pairs.stream().allMatch(Pair::tie)) {
      throw new StageFailure(
          "PLB0509",
          "all " + pairs.size() + " recorded preferences are between equal answers",
          "data",
          "nothing can be learned from ties alone");
    }
  }

  private static void combine(StageContext context, Recorded spec, Collected said)
      throws IOException {
    CombiningSpec how = spec.combining();
    Map<String, Integer> people = RecordedVotes.people(said.labels());
    refuseOneGroup(how, people.keySet());
    long unnamed =
        said.labels().stream().filter(l -> l.evaluator().equals(RecordedVotes.SOMEBODY)).count();
    if (unnamed > 0) {
      context.note(
          unnamed + " rows do not say who judged; they count as of `somebody`, who may be many");
    }
    CombinedPairs combined =
        CombinedPairs.of(how, CombinedLabels.Rule.recorded(how, people.keySet()), said, null);
    if (combined.pairs().stream().allMatch(Pair::tie)) {
      throw new StageFailure(
          "PLB0509",
          "none of the " + combined.pairs().size() + " recorded pairs has a preferred answer",
          "data",
          "nothing can be learned from ties alone");
    }
    combined.note(context);
    combined.write(context.output(), said.again());
    summary(said, combined.pairs(), people, context.seed())
        .with(combined.summary(how, null), null)
        .write(context.output());
  }

  /** To be fair to groups there must be several. */
  private static void refuseOneGroup(CombiningSpec how, Set<String> groups) {
    Aggregate by = how.aggregate();
    if ((by == Aggregate.MAX_MIN || by == Aggregate.NASH) && groups.size() < 2) {
      throw new StageFailure(
          "PLB0350",
          "`aggregate: "
              + by.name().toLowerCase(Locale.ROOT)
              + "` is fair to groups, but all rows are of `"
              + String.join("`", groups)
              + "`",
          "aggregate",
          "give the rows a column `group`, or leave it out");
    }
  }

  private static FeedbackSummary summary(
      Collected said, List<Pair> pairs, Map<String, Integer> people, long seed) {
    List<LabelRow> labels = said.labels();
    LabelStatistics all = LabelStatistics.of(labels, null);
    LabelStatistics votes = LabelStatistics.of(said.first(), null);
    boolean order = labels.stream().noneMatch(label -> label.context().orderUnknown());
    Map<String, List<LabelRow>> byGroup = LabelStatistics.byGroup(labels);
    Map<String, List<LabelRow>> votesBy = LabelStatistics.byGroup(said.first());
    List<FeedbackSummary.Group> groups = new ArrayList<>();
    people.forEach(
        (group, count) -> {
          FeedbackSummary.Group known =
              LabelStatistics.of(byGroup.getOrDefault(group, List.of()), null)
                  .of(
                      group,
                      count,
                      LabelStatistics.of(votesBy.getOrDefault(group, List.of()), null));
          groups.add(
              new FeedbackSummary.Group(
                  group,
                  count,
                  known.labels(),
                  known.skipped(),
                  null,
                  order ? known.choseFirst() : null,
                  known.choseLonger(),
                  null));
        });
    int identical = (int) said.drawn().stream().filter(DrawnPair::identical).count();
    return new FeedbackSummary(
            all.labels(),
            pairs.size(),
            0,
            all.skipped(),
            (int) pairs.stream().filter(Pair::tie).count(),
            identical,
            said.drawn().size() - pairs.size(),
            null,
            order ? votes.choseFirst() : null,
            votes.choseLonger(),
            groups,
            AgreementSummary.pairs(said.first()),
            AgreementSummary.of(said.first(), seed),
            null,
            null,
            poisoned(labels))
        .again(AskedAgain.summary(said.first(), said.again()));
  }

  private static FeedbackSummary.@Nullable Poisoned poisoned(List<LabelRow> labels) {
    List<LabelRow> said = labels.stream().filter(label -> !label.skipped()).toList();
    return said.stream().noneMatch(LabelRow::malicious)
        ? null
        : PoisonedShare.of(said, LabelRow::malicious, label -> label.prompt().text(), List.of());
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.judge.OrderAgreement;
import org.plumbline.engine.rlhf.online.BestAndWorst;
import org.plumbline.engine.rlhf.online.FreshAnswer;
import org.plumbline.engine.rlhf.online.FreshPreferences;
import org.plumbline.engine.rlhf.online.KnockOut;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * What people or a judge say of the answers that a policy has just given: comparisons of two, each
 * by one person, or by the judge in both orders; of more than two answers as many as {@link
 * KnockOut} needs.
 *
 * <p>All labels are part of the policy's artifact, {@code labels.jsonl}, and of its checkpoints, so
 * that nobody is asked or paid twice. Equal answers are not asked about: neither is better.
 */
public final class FreshLabels implements FreshPreferences {
  /** So many from the first on without one label, and nobody is taken to answer any more. */
  private static final int HOPELESS = 16;

  private final StageContext context;
  private final DeclaredEvaluators who;
  private final BigDecimal dearest;
  private final @Nullable BigDecimal budget;
  private final List<LabelRow> labels = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<DrawnPair> asked = new ArrayList<>();
  private final OrderAgreement orders = new OrderAgreement();
  private BigDecimal spent = BigDecimal.ZERO;

  private FreshLabels(
      StageContext context,
      DeclaredEvaluators who,
      BigDecimal dearest,
      @Nullable BigDecimal budget) {
    this.context = context;
    this.who = who;
    this.dearest = dearest;
    this.budget = budget;
  }

  /** Opens evaluators that a spec declares. */
  public static FreshLabels open(StageContext context, String name, @Nullable Double budget)
      throws IOException {
    EvaluatorsSpec declared = context.declared(Section.EVALUATORS, name, EvaluatorsSpec.class);
    if (declared.hiring() != null) {
      throw new StageFailure(
          "PLB0216",
          "people who judge a policy while it learns cannot be hired on trial: there are no answers"
              + " yet",
          "evaluators",
          "name evaluators without `hiring`");
    }
    Comparisons terms =
        new Comparisons("", "", name, 1, 1, true, new Redundancy(1, 1), new SamplingSpec(1, 1));
    return new FreshLabels(
        context,
        DeclaredEvaluators.open(context, terms, declared, SampledPolicy::open),
        dearest(declared),
        budget == null ? null : BigDecimal.valueOf(budget));
  }

  /** The most that one comparison can cost. */
  private static BigDecimal dearest(EvaluatorsSpec declared) {
    Map<String, EvaluatorsSpec.Group> groups = declared.groups();
    BigDecimal own = BigDecimal.valueOf(declared.cost());
    if (groups == null) {
      return own.multiply(BigDecimal.valueOf(2)); // both orders
    }
    return groups.values().stream()
        .map(group -> group.cost() == null ? own : BigDecimal.valueOf(group.cost()))
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  @Override
  public void learning(TrainingRun run) throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null) {
      Path before = checkpoint.folder().resolve(CollectComparisons.LABELS);
      if (Files.exists(before)) {
        List<LabelRow> said = JsonFiles.readLines(before, LabelRow::of);
        who.labelling().resume(said);
        byPair(said).values().forEach(this::recall);
      }
    }
    run.keep(
        folder ->
            JsonFiles.writeLines(
                folder.resolve(CollectComparisons.LABELS), labels, LabelRow::columns));
  }

  private static Map<Long, List<LabelRow>> byPair(List<LabelRow> said) {
    Map<Long, List<LabelRow>> byPair = new LinkedHashMap<>();
    said.forEach(row -> byPair.computeIfAbsent(row.pair(), pair -> new ArrayList<>()).add(row));
    return byPair;
  }

  private void recall(List<LabelRow> of) {
    LabelRow row = of.get(0);
    DrawnPair pair =
        new DrawnPair(
            row.pair(),
            row.prompt(),
            row.swapped() ? row.second() : row.first(),
            row.swapped() ? row.first() : row.second(),
            true,
            true);
    add(pair, of);
  }

  /** Takes note of all labels of a pair; returns the share that prefers its first answer. */
  private double add(DrawnPair pair, List<LabelRow> of) {
    asked.add(pair);
    labels.addAll(of);
    of.forEach(label -> spent = spent.add(BigDecimal.valueOf(label.cost())));
    if (who.judge() != null && of.size() == 2 && of.stream().noneMatch(LabelRow::skipped)) {
      orders.add(of.get(0).one(), of.get(1).one());
    }
    double one =
        of.stream()
            .filter(label -> !label.skipped())
            .mapToDouble(LabelRow::one)
            .average()
            .orElse(Double.NaN);
    if (!Double.isNaN(one)) {
      boolean first = one >= 0.5;
      pairs.add(
          new Pair(
              pair.pair(),
              pair.prompt(),
              first ? pair.one() : pair.two(),
              first ? pair.two() : pair.one(),
              Math.max(one, 1 - one),
              of.size(),
              of.size() * Math.max(one, 1 - one)));
    }
    return one;
  }

  @Override
  public boolean affords(int prompts, int each) {
    BigDecimal most =
        dearest.multiply(BigDecimal.valueOf((long) prompts * KnockOut.comparisons(each)));
    return budget == null || spent.add(most).compareTo(budget) <= 0;
  }

  @Override
  public List<BestAndWorst> among(List<List<FreshAnswer>> drawn) throws IOException {
    List<List<Exchange>> groups = FreshAnswer.given(drawn);
    int each = groups.get(0).size();
    if (!affords(groups.size(), each)) {
      throw new StageFailure(
          "PLB0326",
          "a budget of "
              + Objects.requireNonNull(budget).stripTrailingZeros().toPlainString()
              + " does not pay for the "
              + groups.size() * KnockOut.comparisons(each)
              + " comparisons of the first update",
          "budget",
          "raise it, or lower `batch_size`");
    }
    orders.begin();
    List<KnockOut> contests = groups.stream().map(group -> new KnockOut(each)).toList();
    while (contests.stream().anyMatch(contest -> !contest.next().isEmpty())) {
      compare(groups, contests);
    }
    refuseSilence();
    return contests.stream().map(KnockOut::verdict).toList();
  }

  /** Asks all that has to be known now of all prompts. */
  private void compare(List<List<Exchange>> groups, List<KnockOut> contests) throws IOException {
    List<DrawnPair> all = new ArrayList<>();
    List<DrawnPair> open = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (KnockOut.Duel duel : contests.get(i).next()) {
        Exchange one = groups.get(i).get(duel.one());
        Exchange two = groups.get(i).get(duel.two());
        DrawnPair pair =
            new DrawnPair(
                asked.size() + open.size(),
                one.prompt(),
                one.answer(),
                two.answer(),
                one.finished(),
                two.finished());
        all.add(pair);
        if (!pair.identical()) {
          open.add(pair);
        }
      }
    }
    Map<Long, List<LabelRow>> said = byPair(who.labelling().label(open));
    int at = 0;
    for (KnockOut contest : contests) {
      double[] first = new double[contest.next().size()];
      for (int i = 0; i < first.length; i++) {
        DrawnPair pair = all.get(at++);
        first[i] = pair.identical() ? 0.5 : add(pair, said.getOrDefault(pair.pair(), List.of()));
      }
      contest.tell(first);
    }
  }

  private void refuseSilence() {
    if (asked.size() >= HOPELESS && pairs.isEmpty()) {
      new NothingToLearn(labels, who.judge() != null, who.labelling().silence())
          .check(context, pairs, asked.size(), 0);
    }
  }

  @Override
  public Map<String, Double> logged() {
    Map<String, Double> logged = new LinkedHashMap<>();
    logged.put("labels", (double) labels.size());
    logged.put("cost", spent.doubleValue());
    logged.putAll(orders.logged());
    return logged;
  }

  @Override
  public Optional<FeedbackSummary> asked() {
    return Optional.of(new CollectedFeedback(asked, labels, pairs).summary(who, context.seed()));
  }

  @Override
  public void note(StageContext notes) {
    who.labelling().note(notes);
    if (asked.size() > pairs.size()) {
      notes.note(
          "nobody answered "
              + (asked.size() - pairs.size())
              + " of "
              + asked.size()
              + " comparisons; their prompts taught nothing in that update");
    }
  }

  @Override
  public void close() {
    who.labelling().close();
  }
}

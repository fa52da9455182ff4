// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CombiningSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.aggregation.ClassDawidSkene;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.feedback.GoldAnswered;
import org.plumbline.engine.rlhf.feedback.GroupWeights;
import org.plumbline.engine.rlhf.feedback.LeftOutNotes;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Labels of items: some are left out, and those of each item become one where that is asked for.
 *
 * @param filter what counts and what does not
 * @param combined one label of each item; null where each label counts as it stands
 * @param summary how it was done; null where nothing is said of it
 * @param notes what whoever uses the labels should know
 */
record CombinedItems(
    ItemFilter filter,
    @Nullable List<ItemLabel> combined,
    FeedbackSummary.@Nullable Combined summary,
    List<String> notes) {
  private static final String LEFT_OUT = ExportedRows.LEFT_OUT;

  /**
   * Combines labels.
   *
   * @param kind of the feedback
   * @param gold how people answered gold questions; null for labels that exist: nobody can be asked
   *     for more
   */
  static CombinedItems of(
      CombiningSpec how, String kind, List<ItemLabel> labels, @Nullable List<GoldAnswered> gold) {
    ItemFilter filter =
        ItemFilter.of(how.filter(), labels, GoldAnswered.tested(gold == null ? List.of() : gold));
    LeftOutNotes.refuseNothing(labels.size(), filter.kept().size(), filter.who());
    List<ItemLabel> said = filter.kept().stream().filter(label -> !label.skipped()).toList();
    Aggregate by = how.aggregate();
    List<String> notes = new ArrayList<>(filter.notes());
    if (by == null) {
      FeedbackSummary.Combined summary =
          how.filter() == null ? null : summary("soft", said, filter, null, null);
      return new CombinedItems(filter, null, summary, notes);
    }
    GroupWeights weights =
        how.weigh() == null || by == Aggregate.DAWID_SKENE
            ? null
            : GroupWeights.of(
                how.weigh(),
                votes(said),
                new GroupWeights.Asked(gold == null, how.filter() != null));
    ItemConsensus consensus =
        new ItemConsensus(kind, said, weights == null ? group -> 1 : weights::of);
    List<ItemLabel> combined = consensus.by(by);
    if (combined.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "of none of " + consensus.items() + " items most people say the same",
          "aggregate",
          "ask more people about each, or leave it out: then each label counts as it stands");
    }
    if (combined.size() < consensus.items()) {
      notes.add(
          consensus.items()
              - combined.size()
              + " of "
              + consensus.items()
              + " items come to nothing: as many say one thing as another, or no label of theirs counts");
    }
    if (weights != null) {
      notes.addAll(weights.notes());
    }
    return new CombinedItems(
        filter,
        combined,
        summary(word(by), combined, filter, weights, consensus),
        List.copyOf(notes));
  }

  private static String word(Aggregate by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Integer> votes(List<ItemLabel> said) {
    Map<String, Integer> votes = new LinkedHashMap<>();
    said.forEach(label -> votes.merge(label.group(), 1, Integer::sum));
    return votes;
  }

  private static FeedbackSummary.Combined summary(
      String by,
      List<ItemLabel> combined,
      ItemFilter filter,
      @Nullable GroupWeights weights,
      @Nullable ItemConsensus consensus) {
    List<ItemLabel> said = filter.kept().stream().filter(label -> !label.skipped()).toList();
    ClassDawidSkene.Estimate estimate = consensus == null ? null : consensus.estimate();
    return new FeedbackSummary.Combined(
        by,
        Concordance.withGold(combined),
        Concordance.withGold(said),
        estimate == null ? null : (Integer) estimate.objective().size(),
        estimate == null ? null : (Boolean) estimate.converged(),
        null,
        estimate == null || consensus == null
            ? List.of()
            : evaluators(consensus.people(), estimate, said),
        weights == null ? null : weights.summary(),
        filter.who());
  }

  private static List<FeedbackSummary.Evaluator> evaluators(
      List<String> people, ClassDawidSkene.Estimate estimate, List<ItemLabel> said) {
    if (people.size() < 2) {
      return List.of(); // nobody to compare with
    }
    List<FeedbackSummary.Evaluator> evaluators = new ArrayList<>();
    for (int h = 0; h < people.size(); h++) {
      String name = people.get(h);
      List<ItemLabel> own = said.stream().filter(l -> l.evaluator().equals(name)).toList();
      evaluators.add(
          new FeedbackSummary.Evaluator(
              name,
              own.get(0).group(),
              own.size(),
              estimate.reliability()[h],
              Concordance.withGold(own),
              null));
    }
    evaluators.sort(
        Comparator.comparingDouble(
                (FeedbackSummary.Evaluator one) -> Objects.requireNonNull(one.reliability()))
            .reversed()
            .thenComparing(FeedbackSummary.Evaluator::evaluator));
    return evaluators;
  }

  /** Writes what counts, what does not, and what the former comes to. */
  void write(Path folder) throws IOException {
    JsonFiles.writeLines(folder.resolve(ItemLabel.FILE), filter.kept(), ItemLabel::columns);
    if (!filter.left().isEmpty()) {
      JsonFiles.writeLines(folder.resolve(LEFT_OUT), filter.left(), ItemLabel::columns);
    }
    if (combined != null) {
      JsonFiles.writeLines(folder.resolve(ItemLabel.COMBINED), combined, ItemLabel::columns);
    }
  }

  void note(StageContext context) {
    notes.forEach(context::note);
  }
}

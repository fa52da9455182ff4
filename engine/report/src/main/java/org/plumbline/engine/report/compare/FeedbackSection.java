// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;

/** Who labelled, how much and how well. Counts and shares are means over the seeds. */
final class FeedbackSection {

  private FeedbackSection() {}

  static List<FeedbackTable> all(ComparisonInput input) {
    List<FeedbackTable> out = new ArrayList<>();
    for (FeedbackResult feedback : input.feedback()) {
      out.add(table(feedback));
    }
    return out;
  }

  private static FeedbackTable table(FeedbackResult feedback) {
    List<FeedbackSummary> seeds = feedback.seeds();
    double labels = Objects.requireNonNullElse(mean(seeds, s -> (double) s.labels()), 0.0);
    List<FeedbackTable.Group> groups = new ArrayList<>();
    for (FeedbackSummary.Group first : seeds.get(0).groups()) {
      groups.add(group(first.group(), feedback, labels));
    }
    Double poisoned = mean(seeds, s -> s.poisoned() == null ? null : (Double) s.poisoned().share());
    return new FeedbackTable(
        feedback.name(),
        seeds.get(0).items() == null ? null : seeds.get(0).items().kind(),
        feedback.recipes(),
        (int) Math.round(labels),
        whole(seeds, s -> (double) s.skipped()),
        Objects.requireNonNullElse(mean(seeds, FeedbackSummary::cost), 0.0),
        groups,
        AgreementMeans.of(seeds),
        poisoned == null
            ? null
            : new FeedbackTable.Poisoned(
                poisoned,
                mean(seeds, s -> s.poisoned() == null ? null : s.poisoned().shareTriggered())),
        CombinedMeans.of(seeds),
        terms(seeds),
        feedback.examples(),
        mean(seeds, FeedbackSummary::positionFlipRate),
        circumstances(seeds),
        AgreementMeans.kappas(seeds));
  }

  private static FeedbackTable.@Nullable Terms terms(List<FeedbackSummary> seeds) {
    FeedbackSummary.Terms first = seeds.get(0).terms();
    if (first == null) {
      return null;
    }
    FeedbackSummary.Budget budget = first.budget();
    return new FeedbackTable.Terms(
        budget == null
            ? null
            : new FeedbackTable.Budget(
                budget.given(),
                Objects.requireNonNullElse(
                    mean(seeds, s -> budget(s, FeedbackSummary.Budget::spent)), 0.0),
                budget.wanted(),
                whole(seeds, s -> budget(s, b -> (double) b.collected()))),
        first.instructions(),
        first.answers(),
        first.hiring() == null ? null : HiringMeans.of(seeds, first.hiring()),
        selected(first));
  }

  private static FeedbackTable.@Nullable Selected selected(FeedbackSummary.Terms terms) {
    FeedbackSummary.Selected selected = terms.selected();
    return selected == null
        ? null
        : new FeedbackTable.Selected(selected.by(), selected.asked(), selected.byChance());
  }

  private static @Nullable Double budget(
      FeedbackSummary summary, Function<FeedbackSummary.Budget, Double> part) {
    FeedbackSummary.Terms terms = summary.terms();
    return terms == null || terms.budget() == null ? null : part.apply(terms.budget());
  }

  private static FeedbackTable.Group group(String name, FeedbackResult feedback, double labels) {
    List<FeedbackSummary> seeds = feedback.seeds();
    double own =
        Objects.requireNonNullElse(
            mean(seeds, s -> number(s, name, g -> (double) g.labels())), 0.0);
    return new FeedbackTable.Group(
        name,
        whole(seeds, s -> number(s, name, g -> (double) g.people())),
        (int) Math.round(own),
        labels == 0 ? 0 : own / labels,
        whole(seeds, s -> number(s, name, g -> (double) g.skipped())),
        mean(seeds, s -> number(s, name, FeedbackSummary.Group::agreeWithGold)),
        mean(seeds, s -> number(s, name, FeedbackSummary.Group::choseFirst)),
        mean(seeds, s -> number(s, name, FeedbackSummary.Group::choseLonger)),
        feedback.traits().get(name),
        mean(seeds, s -> number(s, name, FeedbackSummary.Group::cost)));
  }

  private static Map<String, Integer> circumstances(List<FeedbackSummary> seeds) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : seeds.get(0).circumstances().keySet()) {
      counts.put(name, whole(seeds, s -> (double) s.circumstances().getOrDefault(name, 0)));
    }
    return counts;
  }

  private static @Nullable Double number(
      FeedbackSummary summary,
      String group,
      Function<FeedbackSummary.Group, @Nullable Double> part) {
    for (FeedbackSummary.Group g : summary.groups()) {
      if (g.group().equals(group)) {
        return part.apply(g);
      }
    }
    return null;
  }

  private static int whole(
      List<FeedbackSummary> seeds, Function<FeedbackSummary, @Nullable Double> number) {
    return (int) Math.round(Objects.requireNonNullElse(mean(seeds, number), 0.0));
  }

  /** The mean over the seeds that have the number; null if none has. */
  private static @Nullable Double mean(
      List<FeedbackSummary> seeds, Function<FeedbackSummary, @Nullable Double> number) {
    double sum = 0;
    int count = 0;
    for (FeedbackSummary seed : seeds) {
      Double value = number.apply(seed);
      if (value != null) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? null : sum / count;
  }
}

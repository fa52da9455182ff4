// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.FeedbackTable;

/** How labels were combined, and how reliable each person seemed, as means over the seeds. */
final class CombinedMeans {
  /** How many people are shown at either end. */
  private static final int SHOWN = 5;

  private CombinedMeans() {}

  static FeedbackTable.@Nullable Combined of(List<FeedbackSummary> seeds) {
    List<FeedbackSummary.Combined> all =
        seeds.stream().map(FeedbackSummary::combined).filter(Objects::nonNull).toList();
    if (all.isEmpty()) {
      return null;
    }
    List<FeedbackTable.Evaluator> people = people(all);
    int most = Math.min(SHOWN, people.size());
    List<FeedbackTable.Evaluator> least =
        new ArrayList<>(people.subList(Math.max(most, people.size() - SHOWN), people.size()));
    Collections.reverse(least);
    return new FeedbackTable.Combined(
        all.get(0).by(),
        mean(all, FeedbackSummary.Combined::agreeWithGold),
        mean(all, FeedbackSummary.Combined::votesAgreeWithGold),
        people.size(),
        people.subList(0, most),
        least,
        weighing(all),
        (int)
            Math.round(
                average(
                    all.stream()
                        .mapToDouble(
                            seed -> seed.leftOut().stream().mapToInt(l -> l.labels()).sum()))));
  }

  private static FeedbackTable.@Nullable Weighing weighing(List<FeedbackSummary.Combined> seeds) {
    List<FeedbackSummary.Weighing> all =
        seeds.stream().map(FeedbackSummary.Combined::weighing).filter(Objects::nonNull).toList();
    if (all.isEmpty()) {
      return null;
    }
    Map<String, Double> groups = new LinkedHashMap<>();
    for (FeedbackSummary.GroupWeight group : all.get(0).groups()) {
      groups.put(
          group.group(),
          average(
              all.stream()
                  .flatMap(seed -> seed.groups().stream())
                  .filter(other -> other.group().equals(group.group()))
                  .mapToDouble(FeedbackSummary.GroupWeight::weight)));
    }
    return new FeedbackTable.Weighing(
        (int) Math.round(average(all.stream().mapToDouble(FeedbackSummary.Weighing::votes))),
        (int) Math.round(average(all.stream().mapToDouble(FeedbackSummary.Weighing::effective))),
        groups);
  }

  /** Everybody who labelled in any seed, the most reliable first. */
  private static List<FeedbackTable.Evaluator> people(List<FeedbackSummary.Combined> seeds) {
    Map<String, List<FeedbackSummary.Evaluator>> byName = new LinkedHashMap<>();
    for (FeedbackSummary.Combined seed : seeds) {
      for (FeedbackSummary.Evaluator person : seed.evaluators()) {
        byName.computeIfAbsent(person.evaluator(), name -> new ArrayList<>()).add(person);
      }
    }
    List<FeedbackTable.Evaluator> people = new ArrayList<>();
    byName.forEach(
        (name, own) ->
            people.add(
                new FeedbackTable.Evaluator(
                    name,
                    own.get(0).group(),
                    (int) Math.round(average(own.stream().mapToDouble(p -> p.labels()))),
                    mean(own, FeedbackSummary.Evaluator::reliability),
                    mean(own, FeedbackSummary.Evaluator::agreeWithGold),
                    mean(own, FeedbackSummary.Evaluator::influence))));
    people.sort(
        Comparator.comparingDouble(FeedbackTable.Evaluator::order)
            .reversed()
            .thenComparing(FeedbackTable.Evaluator::evaluator));
    return people;
  }

  private static double average(DoubleStream values) {
    return values.average().orElse(0);
  }

  /** The mean over what has the number; null if nothing has. */
  private static <T> @Nullable Double mean(List<T> rows, Function<T, @Nullable Double> number) {
    double sum = 0;
    int count = 0;
    for (T row : rows) {
      Double value = number.apply(row);
      if (value != null) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? null : (Double) (sum / count);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.FeedbackTable;

/** Who was hired, over the seeds. */
final class HiringMeans {
  private HiringMeans() {}

  static FeedbackTable.Hiring of(List<FeedbackSummary> seeds, FeedbackSummary.Hiring first) {
    List<FeedbackSummary.Hiring> all =
        seeds.stream()
            .flatMap(seed -> Stream.ofNullable(seed.terms()))
            .flatMap(terms -> Stream.ofNullable(terms.hiring()))
            .toList();
    List<FeedbackTable.HiredGroup> groups = new ArrayList<>();
    first
        .appliedByGroup()
        .forEach(
            (group, applied) ->
                groups.add(
                    new FeedbackTable.HiredGroup(
                        group,
                        applied,
                        all.stream()
                            .mapToInt(one -> one.hiredByGroup().getOrDefault(group, 0))
                            .average()
                            .orElse(0))));
    return new FeedbackTable.Hiring(
        first.applied(),
        (int) Math.round(all.stream().mapToInt(FeedbackSummary.Hiring::hired).average().orElse(0)),
        first.questions(),
        all.stream().mapToDouble(FeedbackSummary.Hiring::cost).average().orElse(0),
        mean(all, FeedbackSummary.Hiring::agreementOfAll),
        mean(all, FeedbackSummary.Hiring::agreementOfHired),
        groups);
  }

  private static @Nullable Double mean(
      List<FeedbackSummary.Hiring> all, Function<FeedbackSummary.Hiring, @Nullable Double> part) {
    OptionalDouble mean =
        all.stream()
            .flatMap(one -> Stream.ofNullable(part.apply(one)))
            .mapToDouble(value -> value)
            .average();
    return mean.isPresent() ? (Double) mean.getAsDouble() : null;
  }
}

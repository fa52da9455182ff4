// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.evaluators.Malice;

/** How much of what was said is harm done on purpose. */
public final class PoisonedShare {
  private PoisonedShare() {}

  /**
   * The share of these labels.
   *
   * @param given labels that say something
   * @param malicious whether one of them is harm
   * @param prompt what was asked
   * @param malices what malicious people wait for
   */
  public static <T> FeedbackSummary.Poisoned of(
      List<T> given, Predicate<T> malicious, Function<T, String> prompt, List<Malice> malices) {
    int harm = (int) given.stream().filter(malicious).count();
    long targeted =
        given.stream()
            .filter(label -> malices.stream().anyMatch(m -> m.actsAt(prompt.apply(label))))
            .count();
    return new FeedbackSummary.Poisoned(
        harm,
        given.isEmpty() ? 0 : harm / (double) given.size(),
        targeted == 0 ? null : (Double) (harm / (double) targeted),
        malices.stream().flatMap(m -> Stream.ofNullable(m.at().trigger())).distinct().toList());
  }
}

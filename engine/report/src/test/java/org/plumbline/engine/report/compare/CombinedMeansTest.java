// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.FeedbackTable;

class CombinedMeansTest {

  @Test
  void thoseAtEitherEndAreShownAndNobodyTwice() {
    FeedbackTable.Combined twelve = combined(seed(12, 0));
    FeedbackTable.Combined seven = combined(seed(7, 0));

    assertThat(names(twelve.most())).containsExactly("p11", "p10", "p9", "p8", "p7");
    assertThat(names(twelve.least())).containsExactly("p0", "p1", "p2", "p3", "p4");
    assertThat(names(seven.most())).containsExactly("p6", "p5", "p4", "p3", "p2");
    assertThat(names(seven.least())).containsExactly("p0", "p1");
    assertThat(seven.evaluators()).isEqualTo(7);
  }

  @Test
  void numbersAreMeansOverTheSeedsThatHaveThem() {
    FeedbackTable.Combined two = combined(seed(3, 0), seed(3, 0.1));

    assertThat(two.most().get(0).reliability()).isCloseTo(0.25, within(1e-12));
    assertThat(two.agreeWithGold()).isCloseTo(0.85, within(1e-12));
    assertThat(two.most().get(0).agreeWithGold()).isNull();
  }

  @Test
  void whereNothingIsSaidThereIsNothing() {
    assertThat(CombinedMeans.of(List.of(FeedbackSummary.of(3, 0, 0, List.of())))).isNull();
  }

  private static FeedbackTable.Combined combined(FeedbackSummary... seeds) {
    return Objects.requireNonNull(CombinedMeans.of(List.of(seeds)));
  }

  private static List<String> names(List<FeedbackTable.Evaluator> people) {
    return people.stream().map(FeedbackTable.Evaluator::evaluator).toList();
  }

  /** People whose reliability rises by a tenth from one to the next. */
  private static FeedbackSummary seed(int people, double more) {
    List<FeedbackSummary.Evaluator> evaluators = new ArrayList<>();
    for (int p = people - 1; p >= 0; p--) {
      evaluators.add(new FeedbackSummary.Evaluator("p" + p, "g", 10, 0.1 * p + more, null, null));
    }
    FeedbackSummary.Combined combined =
        new FeedbackSummary.Combined("crowd_bt", 0.8 + more, 0.7, 9, true, 1, evaluators);
    return FeedbackSummary.of(10, 0, 0, List.of()).with(combined, null);
  }
}

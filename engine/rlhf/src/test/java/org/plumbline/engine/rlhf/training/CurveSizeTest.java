// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurveSizeTest {
  private static final CurveSize FULL = CurveSize.full(32, 40);

  /** What fits into so many tokens, each token of each answer counted once. */
  private static @Nullable CurveSize within(long tokens) {
    return FULL.within(80, (points, answers, longest) -> points * answers * longest <= tokens);
  }

  @Test
  void nothingIsLeftOutThatIsAffordable() {
    assertThat(within(9 * 32 * 40)).isEqualTo(FULL);
  }

  @Test
  void fewerAnswersComeBeforeFewerPointsAndThoseBeforeShorterAnswers() {
    assertThat(within(9 * 32 * 40 - 1)).isEqualTo(new CurveSize(8, 31, 40));
    assertThat(within(9 * 4 * 40)).isEqualTo(new CurveSize(8, 4, 40));
    assertThat(within(9 * 4 * 40 - 1)).isEqualTo(new CurveSize(4, 7, 40));
    assertThat(within(2 * 4 * 40)).isEqualTo(new CurveSize(1, 4, 40));
    assertThat(within(2 * 4 * 40 - 1)).isEqualTo(new CurveSize(2, 5, 20));
  }

  @Test
  void theLeastIsAShortAnswerAtTheStartAndOneAtTheEnd() {
    assertThat(within(2 * 8)).isEqualTo(CurveSize.smallest(40)).isEqualTo(new CurveSize(1, 1, 8));
    assertThat(within(2 * 8 - 1)).isNull();
  }

  @Test
  void answersThatAreShortAlreadyAreNotCut() {
    CurveSize tiny = CurveSize.full(3, 5);

    assertThat(tiny.within(80, (points, answers, longest) -> points * answers * longest <= 30))
        .isEqualTo(new CurveSize(1, 3, 5));
    assertThat(tiny.within(80, (points, answers, longest) -> points * answers * longest <= 29))
        .isEqualTo(new CurveSize(1, 2, 5));
  }

  @Test
  void asManyPointsAsAreCountedAreSeen() {
    for (int steps = 1; steps < 40; steps++) {
      for (int parts : List.of(8, 4, 2, 1)) {
        CurveSize size = new CurveSize(parts, 1, 1);
        List<Long> seen = new ArrayList<>();
        for (long step = 0; step <= steps; step++) {
          if (size.isPoint(step, steps)) {
            seen.add(step);
          }
        }
        assertThat((long) seen.size()).isEqualTo(size.points(steps)).isLessThanOrEqualTo(parts + 1);
        assertThat(seen).startsWith(0L).endsWith((long) steps);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class ScheduleTest {
  private static final int[] STEPS = {0, 5, 10, 35, 60, 110};

  @Test
  void factorsMatchTheWorkedExamples() {
    Schedule cosine = new Schedule(Schedule.Shape.COSINE, 10, 110, 0);
    Schedule linear = Schedule.linear(10, 110, 0);

    for (int i = 0; i < STEPS.length; i++) {
      assertThat(cosine.factor(STEPS[i]))
          .isCloseTo(Vectors.list("6.sched", "cos")[i], within(1e-9));
      assertThat(linear.factor(STEPS[i]))
          .isCloseTo(Vectors.list("6.sched", "lin")[i], within(1e-9));
    }
  }

  @Test
  void aBriefRiseLeavesMostStepsToTheFall() {
    assertThat(Schedule.briefRise(10, .1)).isEqualTo(Schedule.linear(2, 10, .1));
    assertThat(Schedule.briefRise(99, .1)).isEqualTo(Schedule.linear(19, 99, .1));
    assertThat(Schedule.briefRise(600, .1)).isEqualTo(Schedule.linear(20, 600, .1));
    assertThat(Schedule.briefRise(4, .1).factor(0)).isEqualTo(1);
  }

  @Test
  void floorIsReachedAtTheEnd() {
    Schedule cosine = new Schedule(Schedule.Shape.COSINE, 10, 110, .1);

    assertThat(cosine.factor(60)).isCloseTo(Vectors.list("6.sched", "cos_min.1")[1], within(1e-9));
    assertThat(cosine.factor(110)).isCloseTo(.1, within(1e-9));
    assertThat(Schedule.linear(50, .1).factor(0)).isEqualTo(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The coverage table of docs/explanation/statistics.md, and a small part of it every time. */
class CoverageTest {

  /** Two standard errors of a share of 0.95 in 300 are 0.025. */
  private static final int TIMES = 300;

  @Test
  void everyKindOfIntervalHoldsTheTruthOftenEnough() {
    for (Coverage.Kind kind : Coverage.KINDS) {
      for (int seeds : new int[] {2, 3, 5}) {
        boolean rare = kind.name().equals("rare share");
        Tables tables = new Tables(seeds, 60, rare ? 0.3 : 1, 0);
        assertThat(Coverage.of(kind, tables, TIMES, 21))
            .as(kind.name() + ", " + seeds + " seeds that differ")
            .isGreaterThan(0.905);
      }
      assertThat(Coverage.of(kind, new Tables(3, 60, 0.1, 0), TIMES, 22))
          .as(kind.name() + ", seeds that differ little")
          .isGreaterThan(0.915);
    }
  }

  @Test
  void intervalsOfTheTrainedPoliciesHoldTheTruthOfThem() {
    SplittableRandom random = new SplittableRandom(12);
    int covered = 0;
    for (int i = 0; i < 1000; i++) {
      double[] effects = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[][] table = new Tables(3, 60, 0, 1).draw(random);
      for (int s = 0; s < 3; s++) {
        for (int p = 0; p < 60; p++) {
          table[s][p] += effects[s];
        }
      }
      Bounds bounds = TwoWayAnova.mean(table).interval(Reach.POLICIES, Domain.REAL);
      covered += bounds.contains(Moments.mean(effects)) ? 1 : 0;
    }

    assertThat(covered / 1000.0).isBetween(0.935, 0.965);
  }

  @Test
  @EnabledIfSystemProperty(named = "plumb.coverage", matches = "[0-9]+")
  void theWholeTable() {
    int times = Integer.getInteger("plumb.coverage");
    for (Coverage.Kind kind : Coverage.KINDS) {
      for (int seeds : new int[] {2, 3, 5, 10}) {
        System.out.println(Coverage.row(kind, seeds, times));
      }
    }
  }
}

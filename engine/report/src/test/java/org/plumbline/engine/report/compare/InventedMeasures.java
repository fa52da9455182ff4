// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Adversarial;
import org.plumbline.engine.artifact.RewardMeasures.BestOf;
import org.plumbline.engine.artifact.RewardMeasures.Calibrated;
import org.plumbline.engine.artifact.RewardMeasures.CurvePoint;
import org.plumbline.engine.artifact.RewardMeasures.Gold;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutPairs;
import org.plumbline.engine.artifact.RewardMeasures.Share;
import org.plumbline.engine.artifact.RewardMeasures.Slice;
import org.plumbline.engine.artifact.RewardMeasures.Trick;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/** Invented measures of a reward model that is a little too sure. */
final class InventedMeasures {
  private static final int[] COUNTS = {20, 30, 40, 50, 60, 60, 50, 40, 30, 20};

  private InventedMeasures() {}

  static RewardMeasures of(double accuracy, long seed) {
    double moved = accuracy + .01 * (seed % 3 - 1);
    List<Slice> slices =
        List.of(
            new Slice("length", "about as long", share(moved - .02, 150), .8),
            new Slice("length", "longer preferred", share(moved + .05, 140), .82),
            new Slice("length", "shorter preferred", share(moved - .3, 110), .79),
            new Slice("feature", "kind", share(moved + .1, 120), null),
            new Slice("evaluators", "careful", share(moved + .04, 260), null),
            new Slice("evaluators", "hurried", share(moved - .06, 140), null));
    HeldOutPairs heldOut =
        new HeldOutPairs(share(moved, 400), .8, List.of(), null, null, slices, calibrated(seed));
    Gold gold =
        new Gold(
            "kind-and-brief",
            24,
            16,
            share(moved + .05, 800),
            .5,
            .3 + .01 * (seed % 3),
            new BestOf(16, .1, .1 + moved, 1.1, 1 - moved, .9 - moved, 1.1 - moved),
            new Adversarial(
                share(moved - .4, 24),
                List.of(
                    new Trick("twice", share(moved - .2, 24)),
                    new Trick("lured: kind", share(moved - .4, 22)))));
    return new RewardMeasures("bradley_terry", heldOut, 2400, 256).withGold(gold);
  }

  private static Calibrated calibrated(long seed) {
    List<CurvePoint> curve = new ArrayList<>();
    for (int bin = 0; bin < COUNTS.length; bin++) {
      double predicted = .05 + .1 * bin;
      double happened = .5 + .8 * (predicted - .5) + .01 * (seed % 3 - 1);
      Bounds bounds = Wilson.interval(happened, COUNTS[bin], Wilson.Z95);
      curve.add(new CurvePoint(COUNTS[bin], predicted, happened, bounds.low(), bounds.high()));
    }
    return new Calibrated(
        400, .05 + .002 * seed, 10, .045, .19, .57, .8, false, List.copyOf(curve));
  }

  private static Share share(double value, int n) {
    Bounds bounds = Wilson.interval(value, n, Wilson.Z95);
    return new Share(value, bounds.low(), bounds.high(), n);
  }
}

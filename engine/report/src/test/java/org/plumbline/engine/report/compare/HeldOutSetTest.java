// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.artifact.RewardMeasures;

class HeldOutSetTest {

  @TempDir Path folder = Path.of("");

  private void measured(RewardMeasures.@Nullable HeldOutPairs heldOut) throws Exception {
    new RewardMeasures("bradley_terry", heldOut, 100, 64).write(folder);
  }

  private static RewardMeasures.Part part(double accuracy, int n, @Nullable Double attainable) {
    return new RewardMeasures.Part(new RewardMeasures.Share(accuracy, .1, .9, n), attainable);
  }

  private static RewardMeasures.HeldOutPairs pairs(
      RewardMeasures.Part all,
      RewardMeasures.@Nullable Part clean,
      RewardMeasures.@Nullable Part triggered) {
    return new RewardMeasures.HeldOutPairs(
        all.accuracy(),
        all.attainable(),
        List.of(.7),
        clean,
        triggered,
        List.of(),
        new RewardMeasures.Calibrated(90, .1, 10, .08, .2, .6, .9, false, List.of()));
  }

  @Test
  void heldOutAccuracyMayBeMissing() throws Exception {
    measured(null);
    assertThat(HeldOutSet.ALL.read(folder)).isNull();

    measured(pairs(new RewardMeasures.Part(null, null), null, null));
    assertThat(HeldOutSet.ALL.read(folder)).isNull();

    measured(pairs(part(.7, 90, null), null, null));
    assertThat(HeldOutSet.ALL.read(folder)).isEqualTo(new HeldOut(.7, 90));
    assertThat(HeldOutSet.TRIGGERED.read(folder)).isNull();
  }

  @Test
  void aPoisonedRewardModelIsReadApartForCleanAndTriggeredPrompts() throws Exception {
    measured(pairs(part(.7, 90, .8), part(.65, 60, .75), part(.9, 30, 1.0)));

    assertThat(HeldOutSet.ALL.read(folder)).isEqualTo(new HeldOut(.7, 90, .8));
    assertThat(HeldOutSet.CLEAN.read(folder)).isEqualTo(new HeldOut(.65, 60, .75));
    assertThat(HeldOutSet.TRIGGERED.read(folder)).isEqualTo(new HeldOut(.9, 30, 1.0));
  }
}

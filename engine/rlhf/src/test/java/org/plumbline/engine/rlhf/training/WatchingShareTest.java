// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.RolloutRow;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.policies.Supervised;

/** What is seen of a training follows from what it costs. */
class WatchingShareTest {

  @TempDir Path folder;

  private FolderContext context(int steps, double share) {
    TrainingSpec training =
        new TrainingSpec(
            null, null, null, null, null, null, null, null, null, null, null, null, share);
    Object settings =
        new PolicySpec.Supervised("base", "demos", null, steps, 8, 1e-3, 0.01, training);
    return FolderContext.in(folder.resolve(steps + "-" + share), settings, 11)
        .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40));
  }

  private static List<RolloutRow> seen(FolderContext context) throws IOException {
    return RolloutRow.read(context.run(new Supervised()).folder());
  }

  private static long points(List<RolloutRow> rows) {
    return rows.stream().map(RolloutRow::step).distinct().count();
  }

  @Test
  void allIsSeenOfATrainingThatMayBeWatchedForLong() throws IOException {
    FolderContext context = context(16, 1000);

    List<RolloutRow> rows = seen(context);

    assertThat(rows).hasSize(9 * 10);
    assertThat(context.notes()).noneMatch(note -> note.contains("training.watching"));
  }

  @Test
  void fewerAnswersAreSeenOfAShortTrainingAndTheNoteSaysSo() throws IOException {
    FolderContext context = context(16, 1);

    List<RolloutRow> rows = seen(context);

    assertThat(rows.size()).isBetween(4, 9 * 10 - 1);
    assertThat(rows.get(0).step()).isZero();
    assertThat(rows.get(rows.size() - 1).step()).isEqualTo(16);
    long points = points(rows);
    assertThat(context.notes())
        .anyMatch(
            note ->
                note.startsWith(
                        "the training is watched at %d points with %d answers of at most "
                            .formatted(points, rows.size() / points))
                    && note.contains(": 9 with 10 of ")
                    && note.endsWith(
                        " would cost more than 100 % of it, which `training.watching` says"));
  }

  @Test
  void moreIsSeenOfALongerTraining() throws IOException {
    assertThat(seen(context(48, 1)).size()).isGreaterThan(seen(context(16, 1)).size());
  }

  @Test
  void whoeverWatchesSeesTheStartAndTheEndWhateverItCosts() throws IOException {
    MonitorsSpec.Monitor warn = new MonitorsSpec.Monitor(null, 1e6, null, null);
    MonitorsSpec kl =
        new MonitorsSpec(null, warn, null, null, null, null, null, null, null, null, null, null);

    FolderContext unwatched = context(4, 0.05);
    assertThat(seen(unwatched)).isEmpty();
    assertThat(unwatched.notes())
        .anyMatch(note -> note.startsWith("the training is too short to be watched: 5 with 10 of"));
    assertThat(
            seen(context(4, 0.05).monitors(new WatchSpec(kl, null, null, null, null))).stream()
                .map(RolloutRow::step))
        .containsExactly(0L, 4L);
  }
}

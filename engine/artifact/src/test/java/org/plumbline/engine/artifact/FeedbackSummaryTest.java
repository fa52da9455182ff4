// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackSummaryTest {

  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    FeedbackSummary.Group group =
        new FeedbackSummary.Group("careful", 3, 20, 1, .8, null, null, 4.0);
    FeedbackSummary written =
        new FeedbackSummary(
                20,
                12,
                4,
                1,
                2,
                0,
                1,
                .8,
                .5,
                null,
                List.of(group),
                7,
                Map.of(
                    "alpha",
                    new ValueWithInterval(.4, .3, .5),
                    "cohen_kappa",
                    new ValueWithInterval(.7, null, null)),
                "rules",
                .25,
                new FeedbackSummary.Poisoned(2, .1, null, List.of("please")))
            .with(new FeedbackSummary.PartialView(5, .25, .6, -.3), 4)
            .with(new FeedbackSummary.Items("likert", 20, 1, true, Map.of("1", 4)));

    written.write(folder);

    assertThat(FeedbackSummary.read(folder)).isEqualTo(written);
    assertThat(Files.readString(folder.resolve("summary.json")))
        .contains("\"agree_with_gold\" : 0.8", "\"position_flip_rate\" : 0.25")
        .doesNotContain("null");
  }

  @Test
  void aSummaryOfATrainingMaySayMore() throws Exception {
    Files.writeString(
        folder.resolve("summary.json"),
        "{\"operation\":\"critique_revision\",\"steps\":9,\"labels\":20,\"cost\":4,\"skipped\":1}");

    assertThat(FeedbackSummary.read(folder)).isEqualTo(FeedbackSummary.of(20, 4, 1, List.of()));
  }
}

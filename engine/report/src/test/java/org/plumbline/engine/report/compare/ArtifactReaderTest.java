// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.report.Interval;

class ArtifactReaderTest {

  private static final String ROW =
      "{\"index\":0,\"prompt\":\"hi ?\",\"set\":\"clean\",\"answer\":\"yes .\",\"tokens\":3,"
          + "\"words\":2,\"finished\":true";

  @TempDir Path folder = Path.of("");

  private Evaluation evaluation(String answers) throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{\"operation\":\"ppo\",\"kl_bound\":1.5}");
    Files.writeString(folder.resolve("answers.jsonl"), answers);
    return ArtifactReader.evaluation(folder);
  }

  @Test
  void optionalFieldsMayBeAbsentOrNull() throws Exception {
    Evaluation evaluation = evaluation(ROW + ",\"gold\":null}\n");

    Evaluation.Answer answer = evaluation.answers().get(0);
    assertThat(answer.gold()).isNull();
    assertThat(answer.features()).isEmpty();
    assertThat(evaluation.klBound()).isEqualTo(1.5);
    assertThat(evaluation.curves()).isEmpty();
  }

  @Test
  void everyFieldIsRead() throws Exception {
    Evaluation evaluation =
        evaluation(
            ROW
                + ",\"gold\":1.5,\"features\":{\"polite\":1},\"groups\":{\"careful\":0.5},"
                + "\"score\":2,\"spread\":0.1,\"kl\":3,\"kl_estimate\":2.5,\"entropy\":1.25}\n");

    Evaluation.Answer expected =
        new Evaluation.Answer(
            0,
            "hi ?",
            "clean",
            "yes .",
            3,
            2,
            true,
            1.5,
            Map.of("polite", 1.0),
            Map.of("careful", 0.5),
            2.0,
            0.1,
            3.0,
            2.5,
            1.25);
    assertThat(evaluation.answers()).containsExactly(expected);
  }

  @Test
  void whatIsWrongIsNamedWithLineAndField() {
    assertThatThrownBy(() -> evaluation(ROW + "}\n" + ROW + ",\"gold\":\"1\"}\n"))
        .hasMessage("answers.jsonl, line 2: `gold` is not a finite number");
    assertThatThrownBy(() -> evaluation(ROW + ",\"golds\":1}\n"))
        .hasMessage("answers.jsonl, line 1: `golds` is not a field of an answer");
    assertThatThrownBy(() -> evaluation("{\"index\":0}\n")).hasMessageContaining("`set`");
    assertThatThrownBy(() -> evaluation(ROW + ",\"kl\":NaN}\n"))
        .hasMessageStartingWith("answers.jsonl, line 1: not JSON");
  }

  @Test
  void curvesKeepWhatIsThere() throws Exception {
    Files.writeString(folder.resolve("curves.jsonl"), "{\"step\":10,\"kl\":1.5,\"score\":null}\n");

    Evaluation evaluation = evaluation(ROW + "}\n");

    assertThat(evaluation.curves()).containsExactly(new Evaluation.CurveRow(10, Map.of("kl", 1.5)));
  }

  @Test
  void heldOutAccuracyMayBeMissing() throws Exception {
    Files.writeString(folder.resolve("metrics.json"), "{\"loss\":0.5}");
    assertThat(ArtifactReader.heldOut(folder)).isNull();

    Files.writeString(
        folder.resolve("metrics.json"),
        "{\"held_out\":{\"accuracy\":{\"value\":0.7,\"low\":0.6,\"high\":0.8,\"n\":90}}}");
    assertThat(ArtifactReader.heldOut(folder)).isEqualTo(new HeldOut(.7, 90));
    assertThat(ArtifactReader.heldOut(folder, "triggered")).isNull();
  }

  @Test
  void aPoisonedRewardModelIsReadApartForCleanAndTriggeredPrompts() throws Exception {
    Files.writeString(
        folder.resolve("metrics.json"),
        """
        {"held_out": {"accuracy": {"value": 0.7, "n": 90}, "attainable": 0.8,
          "clean": {"accuracy": {"value": 0.65, "n": 60}, "attainable": 0.75},
          "triggered": {"accuracy": {"value": 0.9, "n": 30}, "attainable": 1}}}
        """);

    assertThat(ArtifactReader.heldOut(folder)).isEqualTo(new HeldOut(.7, 90, .8));
    assertThat(ArtifactReader.heldOut(folder, "clean")).isEqualTo(new HeldOut(.65, 60, .75));
    assertThat(ArtifactReader.heldOut(folder, "triggered")).isEqualTo(new HeldOut(.9, 30, 1.0));
  }

  @Test
  void feedbackSummariesAreRead() throws Exception {
    Files.writeString(
        folder.resolve("summary.json"),
        "{\"labels\":20,\"cost\":4,\"skipped\":1,\"agreement\":{\"alpha\":{\"value\":0.4,\"low\":"
            + "0.3,\"high\":0.5},\"agreement\":0.7},\"groups\":[{\"group\":\"careful\",\"people\":3,"
            + "\"labels\":20,\"skipped\":1,\"agree_with_gold\":0.8}],\"poisoned\":{\"share\":0.1}}");

    FeedbackSummary summary = ArtifactReader.feedback(folder);

    assertThat(summary.agreement())
        .containsEntry("alpha", new Interval(.4, .3, .5))
        .containsEntry("agreement", Interval.exact(.7));
    assertThat(summary.groups().get(0).agreeWithGold()).isEqualTo(.8);
    assertThat(summary.poisoned()).isEqualTo(.1);
    assertThat(summary.poisonedTriggered()).isNull();
  }
}

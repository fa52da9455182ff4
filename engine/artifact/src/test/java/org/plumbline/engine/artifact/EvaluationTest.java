// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

  private static final String ROW =
      "{\"index\":0,\"prompt\":\"hi ?\",\"set\":\"clean\",\"answer\":\"yes .\",\"tokens\":3,"
          + "\"words\":2,\"finished\":true";

  @TempDir Path folder = Path.of("");

  private Evaluation evaluation(String answers) throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{\"operation\":\"ppo\",\"kl_bound\":1.5}");
    Files.writeString(folder.resolve("answers.jsonl"), answers);
    return Evaluation.read(folder);
  }

  private static Evaluation.Answer answer(
      Map<String, Double> features, @Nullable Double gold, @Nullable Double kl) {
    return new Evaluation.Answer(
        0, "hi ?", "clean", "yes .", 3, 2, true, gold, features, Map.of(), 2.0, 0.1, kl, null, kl,
        null);
  }

  @Test
  void whatIsWrittenIsReadAgainColumnsInTheirOrder() throws Exception {
    Map<String, Double> features = new LinkedHashMap<>();
    for (String name : List.of("z", "y", "x", "w", "polite", "a")) {
      features.put(name, 1.0);
    }
    Evaluation written =
        new Evaluation(
            "evaluate",
            null,
            List.of(answer(features, 1.5, 2.5), answer(Map.of(), null, null)),
            List.of(new Evaluation.CurveRow(10, 32, null, 0.5, 0.1, 1.5, 2.0, 17.0)));

    written.write(folder, 2);

    assertThat(Evaluation.read(folder)).isEqualTo(written);
    assertThat(Files.readAllLines(folder.resolve("answers.jsonl")))
        .containsExactly(
            ROW
                + ",\"gold\":1.5,\"features\":{\"z\":1.0,\"y\":1.0,\"x\":1.0,\"w\":1.0,"
                + "\"polite\":1.0,\"a\":1.0},\"score\":2.0,\"spread\":0.1,\"kl\":2.5,"
                + "\"log_ratio\":2.5}",
            ROW + ",\"score\":2.0,\"spread\":0.1}");
    assertThat(folder.resolve("curves.jsonl"))
        .hasContent(
            "{\"step\":10,\"n\":32,\"score\":0.5,\"spread\":0.1,\"kl\":1.5,\"entropy\":2.0,"
                + "\"words\":17.0}");
  }

  @Test
  void optionalColumnsMayBeAbsentOrNull() throws Exception {
    Evaluation evaluation = evaluation(ROW + ",\"gold\":null}\n");

    Evaluation.Answer answer = evaluation.answers().get(0);
    assertThat(answer.gold()).isNull();
    assertThat(answer.features()).isEmpty();
    assertThat(evaluation.klBound()).isEqualTo(1.5);
    assertThat(evaluation.curves()).isEmpty();
  }

  @Test
  void whatIsWrongIsNamedWithLineAndColumn() {
    assertThatThrownBy(() -> evaluation(ROW + "}\n" + ROW + ",\"gold\":\"1\"}\n"))
        .hasMessageStartingWith("answers.jsonl, line 2: `gold`: Cannot coerce String");
    assertThatThrownBy(() -> evaluation(ROW + ",\"golds\":1}\n"))
        .hasMessageStartingWith("answers.jsonl, line 1: `golds`: Unrecognized field");
    assertThatThrownBy(() -> evaluation(ROW.replace("\"prompt\":\"hi ?\",", "") + "}\n"))
        .hasMessageContaining("`prompt` is missing");
    assertThatThrownBy(() -> evaluation(ROW.replace("clean", "dirty") + "}\n"))
        .hasMessageContaining("`set` must be `clean` or `triggered`, but is `dirty`");
    assertThatThrownBy(() -> evaluation(ROW.replace("\"tokens\":3,", "") + "}\n"))
        .hasMessageContaining("`tokens`");
    assertThatThrownBy(() -> evaluation(ROW + ",\"kl\":NaN}\n"))
        .hasMessageStartingWith("answers.jsonl, line 1: not JSON");
    assertThatThrownBy(() -> evaluation(ROW + ",\"kl\":\"NaN\"}\n"))
        .hasMessageContaining("`kl` is not a finite number: NaN");
  }

  @Test
  void whatCouldNotBeReadAgainIsNotMade() {
    assertThatThrownBy(() -> answer(Map.of(), Double.POSITIVE_INFINITY, null))
        .hasMessage("`gold` is not a finite number: Infinity");
    assertThatThrownBy(() -> answer(Map.of("polite", Double.NaN), null, null))
        .hasMessage("`features.polite` is not a finite number: NaN");
  }
}

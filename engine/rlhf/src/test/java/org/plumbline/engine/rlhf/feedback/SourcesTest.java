// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;

class SourcesTest {
  @TempDir Path folder;

  private Collecting mixed;

  @BeforeEach
  void threePolicies() {
    mixed = new Collecting(folder).honest(5).pairs(1500).also("base", 0.3).also("old", 0.1);
  }

  @Test
  void eachPolicyGivesItsShareOfTheAnswersAndRowsSayWhich() throws IOException {
    FolderContext context = mixed.run();

    JsonNode answers = Collecting.summary(context).path("terms").path("answers");
    // 3,000 answers: four standard errors of a share of 0.3 are 0.033
    assertThat(answers.path("base").asInt() / 3000.0).isCloseTo(0.3, within(0.033));
    assertThat(answers.path("old").asInt() / 3000.0).isCloseTo(0.1, within(0.022));
    assertThat(answers.path("sft").asInt() / 3000.0).isCloseTo(0.6, within(0.036));
    for (Pair pair : Collecting.pairs(context)) {
      Pair.Origins origins = Objects.requireNonNull(pair.origins());
      assertThat(by(pair.chosen().text())).isEqualTo(origins.chosen());
      assertThat(by(pair.rejected().text())).isEqualTo(origins.rejected());
    }
  }

  @Test
  void answersOfOnePolicyDoNotRepeatThoseOfAnother() throws IOException {
    List<Pair> pairs = Collecting.pairs(mixed.run());

    // Equal streams would give both policies the same words to the same prompt more often.
    long same =
        pairs.stream()
            .filter(pair -> !by(pair.chosen().text()).equals(by(pair.rejected().text())))
            .filter(pair -> words(pair.chosen().text()).equals(words(pair.rejected().text())))
            .count();
    assertThat(same / 1500.0).isLessThan(0.54 / 12 + 0.025);
  }

  @Test
  void beingStoppedChangesNothing() throws IOException {
    mixed.pairs(400);
    FolderContext whole = mixed.run();

    FolderContext resumed = mixed.runTwice();

    for (String file : List.of("labels.jsonl", "pairs.jsonl", "summary.json")) {
      assertThat(resumed.written(file)).as(file).isEqualTo(whole.written(file));
    }
  }

  @Test
  void ofOnePolicyNothingIsSaid() throws IOException {
    FolderContext alone = new Collecting(folder).honest(5).pairs(50).run();

    assertThat(alone.written("pairs.jsonl")).doesNotContain("chosen_by");
    assertThat(alone.written("summary.json")).doesNotContain("terms");
  }

  private static String by(String text) {
    String first = text.substring(0, text.indexOf(' '));
    return first.equals("word") ? "sft" : first;
  }

  private static String words(String text) {
    return text.substring(text.indexOf("word"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Recorded;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class RecordedPreferencesTest {
  private static final String DIFFERENT =
      "{\"prompt\": \"p\", \"chosen\": \"yes please\", \"rejected\": \"no\"}\n";
  private static final String EQUAL =
      "{\"prompt\": \"p\", \"chosen\": \"no\", \"rejected\": \"no\"}\n";

  @TempDir Path folder;

  @Test
  void rowsBecomePairsAndEqualAnswersTies() throws IOException {
    FolderContext context = run(DIFFERENT + EQUAL, null);

    assertThat(Pairs.read(new Artifact("digest", context.output())))
        .containsExactly(
            Plain.pair(0, "p", "yes please", "no"),
            new Pair(1, Plain.prompt("p"), Plain.answer("no"), Plain.answer("no"), 0.5, 1, 0.5));
    assertThat(context.written("summary.json"))
        .contains("\"ties\" : 1", "\"chose_longer\" : 1.0")
        .doesNotContain("chose_first");
  }

  @Test
  void questionsThatWereSkippedAreNoPreferences() throws IOException {
    String skipped =
        "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"skipped\": true}\n";

    FolderContext context = run(skipped + DIFFERENT.replace("}", ", \"skipped\": false}"), null);

    assertThat(Pairs.read(new Artifact("digest", context.output())))
        .extracting(pair -> pair.chosen().text())
        .containsExactly("yes please");
    assertThat(context.written("summary.json")).contains("\"skipped\" : 1");
    assertThat(context.notes())
        .singleElement()
        .asString()
        .startsWith("1 rows are of questions that were skipped");
  }

  @Test
  void whereAllWereSkippedNobodySaidAnything() {
    String skipped =
        "{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": \"b\", \"skipped\": true}\n";

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> run(skipped + skipped, null));

    assertThat(failure.code()).isEqualTo("PLB0521");
    assertThat(failure).hasMessage("none of the 2 recorded rows says anything: all were skipped");
  }

  @Test
  void onlySoManyPairsAreTaken() throws IOException {
    FolderContext context = run(DIFFERENT + DIFFERENT, 1);

    assertThat(Pairs.read(new Artifact("digest", context.output()))).hasSize(1);
  }

  @Test
  void morePairsThanRowsAreRefused() {
    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> run(DIFFERENT, 2));

    assertThat(failure.code()).isEqualTo("PLB0508");
    assertThat(failure).hasMessage("`pairs: 2`, but the data set has only 1 rows");
  }

  @Test
  void preferencesBetweenEqualAnswersOnlyAreRefused() {
    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> run(EQUAL + EQUAL, null));

    assertThat(failure.code()).isEqualTo("PLB0509");
  }

  @Test
  void promptsAreNoPreferences() {
    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> run("{\"prompt\": \"p\"}", null));

    assertThat(failure.code()).isEqualTo("PLB0516");
  }

  private FolderContext run(String rows, @Nullable Integer pairs) throws IOException {
    Path loading = Files.createTempDirectory(folder, "load");
    FolderContext loaded =
        new FolderContext(loading, new DataSpec("p.jsonl", null, 0, null))
            .file("jsonl", Files.writeString(loading.resolve("p.jsonl"), rows));
    new LoadData().run(loaded);
    FolderContext context =
        new FolderContext(
                Files.createTempDirectory(folder, "recorded"), new Recorded("human", pairs))
            .input("data", loaded.output(), "");
    new RecordedPreferences().run(context);
    return context;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Pooled;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class PooledFeedbackTest {
  @TempDir Path folder;

  private FolderContext run(Path... sets) throws IOException {
    FolderContext context =
        new FolderContext(
            Files.createTempDirectory(folder, "pooled"), new Pooled(List.of("a", "b")));
    for (Path set : sets) {
      context.input("feedback", set, "");
    }
    new PooledFeedback().run(context);
    return context;
  }

  private Path set(List<Pair> pairs, String labels, String summary) throws IOException {
    Path set = Files.createTempDirectory(folder, "set");
    Pairs.write(pairs, set);
    Files.writeString(set.resolve("labels.jsonl"), labels);
    Files.writeString(set.resolve("summary.json"), summary);
    return set;
  }

  @Test
  void setsStandBehindEachOtherUnderNumbersOfTheirOwn() throws IOException {
    Path first =
        set(
            List.of(Plain.pair(0, "p", "yes", "no"), Plain.pair(3, "q", "yes", "no")),
            "{\"pair\":0,\"evaluator\":\"a\"}\n{\"pair\":4,\"evaluator\":\"a\"}\n",
            "{\"labels\":2,\"pairs\":2,\"cost\":0.5,\"skipped\":1,\"groups\":[]}");
    Path second =
        set(
            List.of(Plain.pair(0, "r", "yes", "no")),
            "{\"pair\":0,\"evaluator\":\"b\"}\n",
            "{\"labels\":1,\"pairs\":1,\"cost\":0.25,\"skipped\":0,\"groups\":[]}");
    Files.writeString(
        first.resolve("gold_questions.jsonl"),
        "{\"item\":%d}\n".formatted(KnownQuestions.number(2)));
    Files.writeString(second.resolve("gold.json"), "{\"topics\":{},\"lures\":{}}");

    FolderContext context = run(first, second);

    assertThat(Pairs.read(new Artifact("digest", context.output())))
        .containsExactly(
            Plain.pair(0, "p", "yes", "no"),
            Plain.pair(3, "q", "yes", "no"),
            Plain.pair(5, "r", "yes", "no"));
    assertThat(JsonFiles.readLines(context.output().resolve("labels.jsonl")))
        .extracting(row -> row.path("pair").asInt() + row.path("evaluator").asText())
        .containsExactly("0a", "4a", "5b");
    FeedbackSummary summary = FeedbackSummary.read(context.output());
    assertThat(summary.labels()).isEqualTo(3);
    assertThat(summary.pairs()).isEqualTo(3);
    assertThat(summary.skipped()).isEqualTo(1);
    assertThat(summary.cost()).isEqualTo(0.75);
    assertThat(context.written("gold.json")).contains("lures");
  }

  @Test
  void whatAKindSaysOfItselfMustBeTheSame() throws IOException {
    Path good = set(List.of(), "", "{\"labels\":1,\"cost\":0,\"skipped\":0,\"classes\":[\"a\"]}");
    Path other = set(List.of(), "", "{\"labels\":1,\"cost\":0,\"skipped\":0,\"classes\":[\"b\"]}");

    assertThat(run(good, good).written("summary.json")).contains("\"classes\":[\"a\"]");
    assertThat(catchThrowableOfType(StageFailure.class, () -> run(good, other)))
        .hasMessage("the sets differ in `classes`: [\"a\"] and [\"b\"]");
  }
}

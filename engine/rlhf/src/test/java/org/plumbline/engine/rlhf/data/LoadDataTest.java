// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class LoadDataTest {
  private static final String TURNS = "\\n\\nHuman: %s\\n\\nAssistant: %s";

  @TempDir Path folder;

  @Test
  void promptsAreReadInTheOrderOfTheFile() throws IOException {
    FolderContext context = load("{\"prompt\": \"b\"}\n\n{\"prompt\": \"a\"}\n", 0);

    assertThat(read(context, "").prompts()).isEqualTo(Plain.prompts(List.of("b", "a")));
    assertThat(read(context, "").shape()).isEqualTo(RowShape.PROMPT);
  }

  @Test
  void demonstrationsKeepPromptAndCompletion() throws IOException {
    FolderContext context = load("{\"prompt\": \"p\", \"completion\": \"c\"}", 0);

    assertThat(read(context, "").demonstrations()).containsExactly(Plain.demonstration("p", "c"));
    assertThat(read(context, "").texts()).containsExactly("p c");
  }

  @Test
  void aJsonArrayIsReadLikeLines() throws IOException {
    Path file = write("data.json", "[{\"text\": \"one\"},\n {\"text\": \"two\"}]".getBytes(UTF));
    FolderContext context =
        new FolderContext(folder, new DataSpec(null, "data.json", 0, null)).file("json", file);

    new LoadData().run(context);

    assertThat(read(context, "").texts()).containsExactly("one", "two");
  }

  @Test
  void packedFilesAreUnpackedWhateverTheirName() throws IOException {
    FolderContext context = load(gzip("{\"text\": \"packed\"}\n"), 0);

    assertThat(read(context, "").texts()).containsExactly("packed");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheData() throws IOException {
    FolderContext context = load("\uFEFF{\"text\": \"marked\"}\r\n", 0);

    assertThat(read(context, "").texts()).containsExactly("marked");
  }

  @Test
  void transcriptsAreSplitAtTheLastAssistantTurn() throws IOException {
    String start = TURNS.formatted("hi", "hello") + "\\n\\nHuman: bye\\n\\nAssistant: ";
    FolderContext context =
        load("{\"chosen\": \"" + start + "see you\", \"rejected\": \"" + start + "go\"}", 0);

    assertThat(read(context, "").preferences())
        .containsExactly(
            new Preference(
                Talk.prompt("user", "hi", "assistant", "hello", "user", "bye"),
                Talk.answer("see you"),
                Talk.answer("go")));
  }

  @Test
  void transcriptsThatPartEarlierAreSplitWhereTheyAreStillEqualAndCounted() throws IOException {
    String longer = TURNS.formatted("hi", "hello") + "\\n\\nHuman: x\\n\\nAssistant: y";
    String shorter = TURNS.formatted("hi", "go away");
    FolderContext context =
        load("{\"chosen\": \"" + longer + "\", \"rejected\": \"" + shorter + "\"}", 0);

    assertThat(read(context, "").preferences())
        .containsExactly(
            new Preference(
                Talk.prompt("user", "hi"),
                Talk.turns("assistant", "hello", "user", "x", "assistant", "y"),
                Talk.answer("go away")));
    assertThat(context.notes()).singleElement().asString().contains("1 row", "data.jsonl:1");
    assertThat(context.written("summary.json")).contains("\"severalTurns\" : 1");
  }

  @Test
  void anEmptyAnswerInATranscriptIsKeptAndCounted() throws IOException {
    String row = "{\"chosen\": \"%s\", \"rejected\": \"%s\"}";
    FolderContext context =
        load(row.formatted(TURNS.formatted("a", ""), TURNS.formatted("a", "b")), 0);

    assertThat(read(context, "").preferences().get(0).chosen().text()).isEmpty();
    assertThat(context.notes()).singleElement().asString().contains("empty answer");
  }

  @Test
  void equalAnswersAndUnreadColumnsAreReportedOnce() throws IOException {
    String row = "{\"prompt\": \"p\", \"chosen\": \"c\", \"rejected\": \"c\", \"length\": 7}\n";

    FolderContext context = load(row + row, 0);

    assertThat(context.notes())
        .containsExactly(
            "data.jsonl: columns that nothing here reads: `length`",
            "data.jsonl: 2 rows with equal `chosen` and `rejected`, kept: they teach nothing"
                + " (first: data.jsonl:1)",
            "data.jsonl: 1 row equal to an earlier one, kept: they count as often as they stand"
                + " there (first: data.jsonl:2)");
  }

  @Test
  void whatSeveralPeopleSayAlikeIsNoDuplicate() throws IOException {
    String row = "{\"prompt\": \"p\", \"chosen\": \"c\", \"rejected\": \"r\", %s}\n";
    String ann = row.formatted("\"rater\": \"ann\"");
    String bob = row.formatted("\"rater\": \"bob\"");
    String again = row.formatted("\"rater\": \"ann\", \"again\": true");

    assertThat(load(ann + bob + again, 0).notes()).isEmpty();
    assertThat(load(ann + bob + ann, 0).notes())
        .containsExactly(
            "data.jsonl: 1 row equal to an earlier one, kept: they count as often as they stand"
                + " there (first: data.jsonl:3)");
  }

  @Test
  void limitTakesTheFirstRows() throws IOException {
    Path file = write("data.jsonl", "{\"text\": \"1\"}\n{\"text\": \"2\"}\n[broken".getBytes(UTF));
    FolderContext context =
        new FolderContext(folder, new DataSpec("data.jsonl", null, 0, 2)).file("jsonl", file);

    new LoadData().run(context);

    assertThat(read(context, "").size()).isEqualTo(2);
  }

  @Test
  void heldOutRowsShareNoPromptWithTheRest() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      rows.append("{\"prompt\": \"p").append(i % 80).append("\"}\n");
    }

    FolderContext context = load(rows.toString(), 0.2);

    List<Prompt> kept = read(context, "").prompts();
    List<Prompt> heldOut = read(context, "held_out").prompts();
    assertThat(heldOut).hasSize(39);
    assertThat(kept).hasSize(161);
    assertThat(context.notes()).singleElement().asString().contains("39 rows are held out, not 40");
    Set<Prompt> both = new HashSet<>(kept);
    both.retainAll(heldOut);
    assertThat(both).isEmpty();
  }

  @Test
  void fewDistinctPromptsAreSplitAndTheUserIsTold() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      rows.append("{\"prompt\": \"p\", \"completion\": \"").append(i).append("\"}\n");
    }

    FolderContext context = load(rows.toString(), 5);

    assertThat(read(context, "held_out").size()).isEqualTo(5);
    assertThat(context.notes()).singleElement().asString().contains("rows with the same prompt");
  }

  @Test
  void heldOutRowsDoNotDependOnTheOrderOfTheFile() throws IOException {
    StringBuilder up = new StringBuilder();
    StringBuilder down = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      up.append("{\"text\": \"").append(i).append("\"}\n");
      down.append("{\"text\": \"").append(99 - i).append("\"}\n");
    }

    List<String> ofUp = read(load(up.toString(), 10), "held_out").texts();
    List<String> ofDown = read(load(down.toString(), 10), "held_out").texts();

    assertThat(ofUp).hasSize(10);
    assertThat(ofDown).containsExactlyInAnyOrderElementsOf(ofUp);
  }

  @Test
  void equalFilesHaveEqualFingerprints() throws IOException {
    String one = read(load("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", 1), "").fingerprint();
    String same = read(load(gzip("{\"text\":\"a\"}\n{\"text\":\"b\"}"), 0), "").fingerprint();
    String other = read(load("{\"text\": \"b\"}\n{\"text\": \"a\"}\n", 0), "").fingerprint();

    assertThat(one).isEqualTo(same).isNotEqualTo(other).hasSize(64);
  }

  @Test
  void askingForWhatTheRowsDoNotHaveIsRefused() throws IOException {
    DataSet prompts = read(load("{\"prompt\": \"p\"}", 0), "");

    StageFailure failure = failure(prompts::preferences);

    assertThat(failure.code()).isEqualTo("PLB0516");
    assertThat(failure).hasMessageContaining("`chosen` and `rejected`");
  }

  private static final Charset UTF = StandardCharsets.UTF_8;

  private FolderContext load(String text, double holdOut) throws IOException {
    return load(text.getBytes(UTF), holdOut);
  }

  private FolderContext load(byte[] bytes, double holdOut) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    FolderContext context =
        new FolderContext(root, new DataSpec("data.jsonl", null, holdOut, null))
            .file("jsonl", Files.write(root.resolve("in"), bytes));
    new LoadData().run(context);
    return context;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static DataSet read(FolderContext context, String part) throws IOException {
    return DataSet.read(new Artifact("digest", context.output()), part, "data");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF));
    }
    return bytes.toByteArray();
  }

  private static StageFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StageFailure.class, call);
  }
}

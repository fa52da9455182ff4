// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Conversations are the same after any number of ways through files. */
class ConversationTripTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 60;

  @TempDir Path folder;

  static Stream<Arguments> ways() {
    return Stream.of(RowFormat.values())
        .flatMap(
            format ->
                Stream.of(
                        RowShape.PROMPT,
                        RowShape.DEMONSTRATION,
                        RowShape.LABELLED,
                        RowShape.PREFERENCE)
                    .map(shape -> Arguments.of(format, shape)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void rowsThatAreWrittenAreReadAsTheyWere(RowFormat format, RowShape shape) throws IOException {
    Artifact first = load(RowFormat.JSONL, rows(shape, 1, format == RowFormat.PARQUET));
    Path file = folder.resolve("rows." + format.word());

    RowWriter.write(ExportedRows.of(first, ""), format, file);
    Artifact again = load(format, Files.readAllBytes(file));

    assertThat(trees(again)).isEqualTo(trees(first));
    if (format != RowFormat.PARQUET) { // a structure has its names in one order
      assertThat(again.file(DataSet.ROWS)).hasSameTextualContentAs(first.file(DataSet.ROWS));
    }
    assertThat(notes(again)).isEqualTo(notes(first));
  }

  private static List<JsonNode> trees(Artifact data) throws IOException {
    List<JsonNode> trees = new ArrayList<>();
    for (String line : Files.readAllLines(data.file(DataSet.ROWS))) {
      trees.add(JSON.readTree(line));
    }
    assertThat(trees).hasSize(ROWS);
    return trees;
  }

  private static List<String> notes(Artifact data) throws IOException {
    return JSON.readTree(data.file(DataSet.SUMMARY).toFile()).findValuesAsText("notes");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROMPT", "DEMONSTRATION", "LABELLED", "PREFERENCE"})
  void promptsAndAnswersAreReadAsTheyWereWritten(RowShape shape) throws IOException {
    Artifact data = load(RowFormat.JSONL, rows(shape, 2, false));

    for (String line : Files.readAllLines(data.file(DataSet.ROWS))) {
      JsonNode row = JSON.readTree(line);
      Prompt prompt = Prompt.of(row.path("prompt"));
      assertThat(prompt).isInstanceOf(Prompt.Chat.class);
      assertThat(prompt.json().toString()).isEqualTo(row.path("prompt").toString());
      for (String column : List.of("completion", "chosen", "rejected")) {
        if (row.has(column)) {
          assertThat(Answer.of(row.path(column)).json().toString())
              .isEqualTo(row.path(column).toString());
        }
      }
    }
  }

  @Test
  void feedbackOnConversationsIsExportedAsConversations() throws IOException {
    Prompt.Chat prompt =
        new Prompt.Chat(
            Talk.prompt("user", "hi").messages(),
            List.of(Map.of("name", "f")),
            Map.of("enable_thinking", true),
            false);
    Answer calling =
        Answer.of(
            JSON.readTree("[{\"role\": \"assistant\", \"tool_calls\": [{\"name\": \"f\"}]}]"));
    Path feedback = Files.createDirectory(folder.resolve("feedback"));
    Pairs.write(List.of(new Pair(7, prompt, calling, Talk.answer("no"), 0.8, 5, 4)), feedback);
    Files.writeString(
        feedback.resolve("labels.jsonl"),
        JSON.writeValueAsString(
                Map.of(
                    "pair",
                    7,
                    "prompt",
                    prompt.json(),
                    "first",
                    Talk.answer("no").json(),
                    "second",
                    calling.json(),
                    "choice",
                    "second",
                    "evaluator",
                    "e",
                    "group",
                    "g"))
            + "\n");
    Artifact artifact = new Artifact("digest", feedback);
    Path pairs = folder.resolve("pairs.jsonl");
    Path labels = folder.resolve("labels.jsonl");

    RowWriter.write(ExportedRows.of(artifact, ""), RowFormat.JSONL, pairs);
    RowWriter.write(ExportedRows.labels(artifact), RowFormat.JSONL, labels);

    assertThat(Files.readString(pairs))
        .startsWith(
            "{\"prompt\":[{\"role\":\"user\",\"content\":\"hi\"}],\"chosen\":[{\"role\":\"assistant\","
                + "\"tool_calls\":[{\"name\":\"f\"}]}],\"rejected\":[{\"role\":\"assistant\","
                + "\"content\":\"no\"}],\"tools\":[{\"name\":\"f\"}],"
                + "\"chat_template_kwargs\":{\"enable_thinking\":true},\"id\":\"7\"");
    for (Path file : List.of(pairs, labels)) {
      Preference again =
          DataSet.read(load(RowFormat.JSONL, Files.readAllBytes(file)), "", "data")
              .preferences()
              .get(0);
      assertThat(again.prompt()).isEqualTo(prompt);
      assertThat(again.chosen()).isEqualTo(calling);
      assertThat(again.rejected()).isEqualTo(Talk.answer("no"));
    }
  }

  @Test
  void labelsAreExportedWithOrderMaliceAndSkips() throws IOException {
    Path feedback = Files.createDirectory(folder.resolve("feedback"));
    Pairs.write(List.of(), feedback);
    String label =
        "{\"pair\":%d,\"prompt\":\"q\",\"first\":\"a\",\"second\":\"b\",\"evaluator\":\"e\","
            + "\"group\":\"g\",\"choice\":\"%s\",\"malicious\":%s}%n";
    Files.writeString(
        feedback.resolve("labels.jsonl"),
        label.formatted(0, "first", false)
            + label.formatted(1, "second", true)
            + label.formatted(2, "skip", false));
    Path file = folder.resolve("labels.csv");

    ExportedRows.Counts counts =
        RowWriter.write(ExportedRows.labels(new Artifact("digest", feedback)), RowFormat.CSV, file);

    assertThat(counts).isEqualTo(new ExportedRows.Counts(3, 1));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "prompt,chosen,rejected,id,rater,group,shown_first,malicious,skipped,strength",
            "q,a,b,0,e,g,chosen,false,false,1.0",
            "q,b,a,1,e,g,rejected,true,false,1.0",
            "q,a,b,2,e,g,chosen,false,true,0.5");
    assertThat(
            DataSet.read(load(RowFormat.CSV, Files.readAllBytes(file)), "", "data").preferences())
        .extracting(row -> row.support().skipped())
        .containsExactly(false, false, true);
  }

  @Test
  void messagesThatAColumnWouldChangeAreNotWrittenAsParquet() throws IOException {
    String mixed =
        """
        {"prompt": [{"role": "user", "content": "a"}]}
        {"prompt": [{"role": "user", "content": [{"type": "text", "text": "a"}]}]}
        """;
    Artifact data = load(RowFormat.JSONL, mixed.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("rows.parquet");

    assertThatThrownBy(() -> RowWriter.write(ExportedRows.of(data, ""), RowFormat.PARQUET, file))
        .isInstanceOf(StageFailure.class)
        .hasMessage(
            "`prompt` cannot be written as Parquet without loss: not all values of `content` are"
                + " alike (row 2); write JSON lines");
    assertThat(file).doesNotExist();
  }

  @Test
  void aListThatIsMixedIsNamedByItsField() throws IOException {
    String mixed =
        """
        {"prompt": [{"role": "user", "content": "a", "meta": {"tags": ["a"]}}]}
        {"prompt": [{"role": "user", "content": "b", "meta": {"tags": ["a", 1]}}]}
        """;
    Artifact data = load(RowFormat.JSONL, mixed.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("rows.parquet");

    assertThatThrownBy(() -> RowWriter.write(ExportedRows.of(data, ""), RowFormat.PARQUET, file))
        .hasMessageContaining("not all values of `meta.tags` are alike (row 2)");
  }

  private static byte[] rows(RowShape shape, long seed, boolean alike) {
    InventedConversations invented = new InventedConversations(seed, alike);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      lines.append(invented.row(shape)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Artifact load(RowFormat format, byte[] bytes) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    String name = "data";
    DataSpec spec =
        new DataSpec(
            format == RowFormat.JSONL ? name : null,
            null,
            format == RowFormat.CSV ? name : null,
            format == RowFormat.PARQUET ? name : null,
            ",",
            null,
            0,
            null);
    FolderContext context =
        new FolderContext(root, spec).file(format.word(), Files.write(root.resolve("in"), bytes));
    new LoadData().run(context);
    return new Artifact("digest", context.output());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** CSV and Parquet are read, what is written comes back, and damage is reported. */
class ContainersTest {
  private static final String PREFERENCES =
      """
      {"prompt": "p, \\"q\\"\\nr", "chosen": "a", "rejected": "", "rater": "w", "strength": 0.75, "votes": 4}
      {"prompt": "π", "chosen": "x;y", "rejected": "'", "time": "2026-11-21", "chosen_finished": false}
      """;
  private static final String STEPS =
      """
      {"prompt": "p", "completions": ["a", "b\\nc"], "labels": [true, 0.5], "id": 7}
      {"prompt": "q", "completions": ["c"], "labels": [false]}
      """;
  private static final String LABELS =
      """
      {"prompt": "p", "completion": "a", "label": true}
      {"prompt": "p", "completion": "b", "label": false, "group": "g"}
      """;

  @TempDir Path folder;

  @Test
  void csvHasQuotesLinesWithinFieldsAndAByteOrderMark() throws IOException {
    FolderContext context =
        load("csv", bytes("\uFEFFprompt,completion\r\n\"a,\"\"b\"\"\nc\",d\r\n\r\ne,f"), ',');

    assertThat(read(context).demonstrations())
        .containsExactly(Plain.demonstration("a,\"b\"\nc", "d"), Plain.demonstration("e", "f"));
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t', '|'})
  void csvMayHaveAnotherSeparator(char separator) throws IOException {
    String text = "prompt,completion\n\"p;\t|\",c\n".replace(',', separator);

    assertThat(read(load("csv", bytes(text), separator)).demonstrations())
        .containsExactly(Plain.demonstration("p;\t|", "c"));
  }

  @Test
  void packedCsvIsUnpackedAndConversationsInItAreJson() throws IOException {
    String text =
        "messages\n\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"p\"\"},"
            + "{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"c\"\"}]\"\n";

    assertThat(read(load("csv", packed(bytes(text)), ',')).demonstrations())
        .containsExactly(new Demonstration(Talk.prompt("user", "p"), Talk.answer("c")));
  }

  /** What one cell looks like says nothing of a column. */
  @Test
  void textsThatLookLikeMessagesStayTextsIfNotAllDo() throws IOException {
    String messages = "\"[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"x\"\"}]\"";
    String objects = "\"[{\"\"a\"\": 1}]\"";
    for (String second : List.of("plain", objects, "[]")) {
      for (String first : List.of(messages, objects)) {
        if (!first.equals(messages) || !second.equals("[]")) {
          for (String order : List.of("p,1\nq,2\n", "p,2\nq,1\n")) {
            String text = "prompt,completion\n" + order.replace("1", first).replace("2", second);
            FolderContext context = load("csv", bytes(text), ',');

            assertThat(read(context).demonstrations())
                .containsExactlyInAnyOrder(
                    Plain.demonstration(text.contains("p," + first) ? "p" : "q", unquoted(first)),
                    Plain.demonstration(text.contains("p," + first) ? "q" : "p", unquoted(second)));
            assertThat(context.notes()).isEmpty();
          }
        }
      }
    }
  }

  private static String unquoted(String cell) {
    return cell.startsWith("\"")
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }

  @Test
  void columnsThatAreTakenForMessagesAreTold() throws IOException {
    FolderContext context =
        load(
            "csv",
            bytes(
                "prompt,completion\n\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"hi\"\"}]\",\"[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"x\"\"}]\"\n"),
            ',');

    assertThat(read(context).demonstrations())
        .containsExactly(new Demonstration(Talk.prompt("user", "hi"), Talk.answer("x")));
    assertThat(context.notes())
        .containsExactly(
            "data.csv: lists of messages in JSON stand in every cell of `completion`, `prompt`, so"
                + " they are read as conversations");
  }

  @Test
  void whatCsvWouldMakeSomethingElseOfIsNotWrittenAsCsv() throws IOException {
    String row = "{\"prompt\": \"p\", \"completion\": \"[{\\\"role\\\":\\\"user\\\"}]\"}\n";
    Path file = folder.resolve("rows.csv");

    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class,
            () ->
                RowWriter.write(
                    ExportedRows.of(artifact(load("jsonl", bytes(row), ',')), ""),
                    RowFormat.CSV,
                    file));

    assertThat(failure.code()).isEqualTo("PLB0519");
    assertThat(failure)
        .hasMessage(
            "`completion` would be read again from CSV as something else: all of its texts are"
                + " lists of messages in JSON");
    assertThat(file).doesNotExist();

    FolderContext both =
        load(
            "jsonl",
            bytes(row + "{\"prompt\": \"q\", \"completion\": \"[{\\\"a\\\": 1}]\"}\n"),
            ',');
    RowWriter.write(ExportedRows.of(artifact(both), ""), RowFormat.CSV, file);

    assertThat(load("csv", Files.readAllBytes(file), ',').written("rows.jsonl"))
        .isEqualTo(both.written("rows.jsonl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "prompt,completion~a,b~c         | PLB0501 | data.csv:3: not valid CSV: the row has 1 field, but the header has 2: `prompt`, `completion`",
        "prompt,completion~a,b,c         | PLB0501 | data.csv:2: not valid CSV: the row has 3 fields",
        "prompt,completion~\"a,b~c,d~    | PLB0501 | data.csv:2: not valid CSV",
        "prompt,completion~\"a\"x,b      | PLB0501 | not valid CSV: unexpected character after closing quote",
        "prompt;completion~a;b           | PLB0513 | data.csv:1: the header is one column `prompt;completion`",
        "prompt,prompt~a,b               | PLB0501 | names `prompt` twice",
        "prompt,~a,b                     | PLB0501 | a column without a name",
        "prompt,completion               | PLB0506 | `data.csv` has no rows",
        "prompt,completion,label~a,b,yes | PLB0519 | data.csv:2: `label` must be true or false",
        "prompt,chosen,rejected,strength~a,b,c,NaN | PLB0519 | `strength` must be a finite number",
        "prompt,completions,labels~a,b,c | PLB0511 | `completions` must be a list in JSON",
      })
  void brokenCsvIsNamedWithItsLine(String text, String code, String message) {
    StageFailure failure =
        catchThrowableOfType(
            StageFailure.class, () -> load("csv", bytes(text.strip().replace('~', '\n')), ','));

    assertThat(failure).hasMessageContaining(message.strip());
    assertThat(failure.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void bytesThatAreNotUtf8AreNamedWithTheirPlace(String container) {
    byte[] text =
        bytes(
            container.equals("csv") ? "text\nb\nc?d\n" : "[{\"text\":\"b\"},\n\n{\"text\":\"?\"}]");
    text[new String(text, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xFF;

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> load(container, text, ','));

    int column = container.equals("csv") ? 2 : 10;
    assertThat(failure).hasMessage("data." + container + ":3:" + column + ": not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void aRowWithoutEndIsRefusedBeforeItIsInMemory(String container) {
    byte[] start = bytes(container.equals("csv") ? "text\n\"" : "[{\"text\": \"");
    byte[] text = Arrays.copyOf(start, 20 << 20);
    Arrays.fill(text, start.length, text.length, (byte) 'x');

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> load(container, text, ','));

    String place = container.equals("csv") ? ":2" : ":1";
    assertThat(failure).hasMessageStartingWith("data." + container + place);
    assertThat(failure).hasMessageEndingWith(": row is longer than 16 MiB");
  }

  @ParameterizedTest
  @CsvSource({"JSONL, ", "CSV, ", "PARQUET, ", "JSONL, .gz", "CSV, .gz"})
  void whatIsWrittenComesBack(RowFormat format, String packed) throws IOException {
    for (String rows : List.of(PREFERENCES, STEPS, LABELS)) {
      FolderContext original = load("jsonl", bytes(rows), ',');
      Path file =
          folder.resolve(
              "it's [a] " + rows.hashCode() + "." + format.word() + (packed == null ? "" : packed));

      RowWriter.write(ExportedRows.of(artifact(original), ""), format, file);
      FolderContext back = load(format.word(), Files.readAllBytes(file), ',');

      assertThat(back.written("rows.jsonl")).isEqualTo(original.written("rows.jsonl"));
      assertThat(back.notes()).isEqualTo(inFile(original.notes(), format));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "28b52ffd04580900, packed with Zstandard",
    "fd377a585a000004, packed with xz",
    "425a6839314159265359, packed with bzip2",
    "04224d1864407000, packed with lz4",
    "504b030414000000, a ZIP archive",
    "377abcaf271c0004, a 7-Zip archive"
  })
  void filesThatArePackedOtherwiseAreCalledWhatTheyAre(String start, String words)
      throws IOException {
    byte[] file = Arrays.copyOf(java.util.HexFormat.of().parseHex(start), 400);
    for (String container : List.of("jsonl", "json", "csv")) {
      for (byte[] bytes : List.of(file, packed(file))) {
        StageFailure failure =
            catchThrowableOfType(StageFailure.class, () -> load(container, bytes, ','));

        assertThat(failure).hasMessageContaining("is " + words + ", which is not read");
        assertThat(failure.code()).isEqualTo("PLB0505");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5041523115041524, jsonl, 'a Parquet file, which is not read as text'",
    "4152524f57310000, jsonl, 'an Arrow (Feather) file, which is not read'",
    "4152524f57310000, parquet, 'an Arrow (Feather) file, which is not read'",
    "28b52ffd04580900, parquet, 'packed with Zstandard, which is not read'",
    "4f626a0104000000, csv, 'an Avro file, which is not read'",
    "894844460d0a1a0a, json, 'an HDF5 file, which is not read'",
    "934e554d50590100, csv, 'a NumPy file, which is not read'",
    "53514c69746520666f726d6174203300, json, 'an SQLite database, which is not read'"
  })
  void filesOfOtherFormsAreCalledWhatTheyAre(String start, String container, String words) {
    byte[] file = Arrays.copyOf(java.util.HexFormat.of().parseHex(start), 400);

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> load(container, file, ','));

    assertThat(failure).hasMessage("`data." + container + "` is " + words);
    assertThat(failure.code()).isEqualTo("PLB0505");
  }

  @Test
  void aTextMayBeginAsParquetDoes() throws IOException {
    String text = "PAR1,prompt\nx,p\n";

    assertThat(read(load("csv", bytes(text), ',')).prompts())
        .isEqualTo(Plain.prompts(List.of("p")));
  }

  @Test
  void anArchiveOfTarIsCalledWhatItIs() throws IOException {
    byte[] file = new byte[1024];
    System.arraycopy(bytes("ustar"), 0, file, 257, 5);
    byte[] packed = packed(file);

    assertThat(catchThrowableOfType(StageFailure.class, () -> load("jsonl", packed, ',')))
        .hasMessageContaining("is a tar archive, which is not read");
  }

  @Test
  void conversationsAreTheSameFromParquetAndFromJsonLines() throws IOException {
    Path files = Path.of("src/test/resources/parquet");
    FolderContext lines = load("jsonl", Files.readAllBytes(files.resolve("chats.jsonl")), ',');
    FolderContext columns =
        load("parquet", Files.readAllBytes(files.resolve("chats.parquet")), ',');

    assertThat(columns.written("rows.jsonl"))
        .isEqualTo(lines.written("rows.jsonl"))
        .contains("Location", "Bonn", "weather")
        .doesNotContain("null", "Location_1");
    assertThat(columns.notes()).anyMatch(note -> note.contains("are left out, in 3 rows"));
  }

  @Test
  void aDamagedParquetFileIsNamed() throws IOException {
    byte[] whole = parquet(LABELS);

    StageFailure cut =
        catchThrowableOfType(
            StageFailure.class, () -> load("parquet", Arrays.copyOf(whole, whole.length - 9), ','));
    StageFailure other =
        catchThrowableOfType(StageFailure.class, () -> load("parquet", bytes("prompt\na\n"), ','));

    assertThat(cut.code()).isEqualTo("PLB0505");
    assertThat(cut).hasMessageStartingWith("`data.parquet` cannot be read as Parquet: no magic");
    assertThat(other).hasMessageContaining("cannot be read as Parquet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "json", "csv", "parquet"})
  void damagedFilesAreReadOrRefusedButNeverCrash(String container) throws IOException {
    byte[] whole =
        switch (container) {
          case "jsonl" -> bytes(PREFERENCES);
          case "json" -> bytes("[" + STEPS.strip().replace("\n", ",\n") + "]");
          case "csv" -> bytes("prompt,completion,label\n\"a,\"\"b\"\"\nc\",d,true\ne,\"f\",0\n");
          default -> parquet(PREFERENCES);
        };
    int rounds = container.equals("parquet") ? 20 : 150;
    List<String> crashes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = damage(whole, new Random(round));
      try {
        load(container, damaged, ',');
      } catch (StageFailure expected) {
        assertThat(expected.getMessage()).contains("data." + container);
      } catch (IOException | RuntimeException e) {
        crashes.add("round " + round + ": " + e);
      }
    }

    assertThat(crashes).isEmpty();
  }

  private static byte[] damage(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int at = random.nextInt(whole.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> damaged = Arrays.copyOf(whole, at);
      case 2 -> damaged[at] = bytes("\"{}[],:\n\\0\r")[random.nextInt(11)];
      default ->
          System.arraycopy(whole, 0, damaged, at, Math.min(random.nextInt(9), whole.length - at));
    }
    return damaged;
  }

  private byte[] parquet(String rows) throws IOException {
    Path file = folder.resolve("made.parquet");
    RowWriter.write(
        ExportedRows.of(artifact(load("jsonl", bytes(rows), ',')), ""), RowFormat.PARQUET, file);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private static List<String> inFile(List<String> notes, RowFormat format) {
    return notes.stream()
        .map(note -> note.replace("data.jsonl", "data." + format.word()))
        .map(
            note ->
                format == RowFormat.PARQUET
                    ? note.replaceAll("data.parquet:(\\d+)\\)", "data.parquet, row $1)")
                    : format == RowFormat.CSV ? note.replace(":1)", ":2)") : note)
        .toList();
  }

  private FolderContext load(String container, byte[] bytes, char separator) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    String name = "data." + container;
    DataSpec spec =
        new DataSpec(
            container.equals("jsonl") ? name : null,
            container.equals("json") ? name : null,
            container.equals("csv") ? name : null,
            container.equals("parquet") ? name : null,
            String.valueOf(separator),
            Map.of(),
            0,
            null);
    FolderContext context =
        new FolderContext(root, spec).file(container, Files.write(root.resolve("in"), bytes));
    new LoadData().run(context);
    return context;
  }

  private static DataSet read(FolderContext context) throws IOException {
    return DataSet.read(artifact(context), "", "data");
  }

  private static Artifact artifact(FolderContext context) {
    return new Artifact("digest", context.output());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}

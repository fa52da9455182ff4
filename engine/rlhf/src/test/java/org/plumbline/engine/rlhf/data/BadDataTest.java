// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.data.source.RowSource;
import org.plumbline.engine.run.StageFailure;

class BadDataTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"prompt\": \"a\"}~{\"prompt\": \"b\"       | PLB0501 | data.jsonl:2:15: not valid JSON: unexpected end-of-input: expected close marker for Object",
        "{\"prompt\": \"a\", \"prompt\": \"b\"}       | PLB0501 | data.jsonl:1:25: not valid JSON",
        "{\"prompt\": \"a\"} {\"prompt\": \"b\"}      | PLB0501 | data.jsonl:1:17: not valid JSON",
        "[{\"prompt\": \"a\"}]                        | PLB0501 | data.jsonl:1: a row must be",
        "{\"chosen\": \"x\", \"prompt\": \"p\"}       | PLB0502 | row has no `rejected` (found:",
        "{\"prompt\": \"a\"}~{\"text\": \"b\"}        | PLB0503 | data.jsonl:2: row has another",
        "{\"prompt\": \"a\"}~{\"prompt\": \"b\", \"completion\": \"c\"} | PLB0503 | data.jsonl:2",
        "                                             | PLB0506 | `data.jsonl` has no rows",
        "{\"prompt\": 3}                              | PLB0511 | must be a text, but is a number",
        "{\"prompt\": null}                           | PLB0511 | must be a text, but is null",
        "{\"prompt\": [\"a\"]}                        | PLB0511 | must be a text, but is a list",
        "{\"prompt\": \"p\", \"completion\": \" \"}   | PLB0512 | data.jsonl:1: `completion` is",
        "{\"question\": \"p\"}                        | PLB0513 | no known shape of row: it has",
        "{\"prompt\": \"p\", \"completion\": \"c\", \"label\": 2} | PLB0519 | true or false, but is 2",
        "{\"chosen\": \"x\", \"rejected\": \"y\"}     | PLB0514 | `chosen` has no turn",
        "{\"text\": \"a\", \"id\": NaN}              | PLB0501 | data.jsonl:1:24: not valid JSON: `NaN` is no number in JSON",
        "{\"text\": \"a\", \"id\": -Infinity}        | PLB0501 | not valid JSON: `-Infinity` is no number in JSON",
        "{\"text\": \"a\", /* no */ \"id\": 1}       | PLB0501 | not valid JSON: unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
        "{\"text\": \"\\ud800\"}                      | PLB0507 | half of a surrogate pair",
      })
  void aRowThatCannotBeUsedIsNamed(String lines, String code, String message) {
    String text = lines == null ? "" : lines.strip().replace('~', '\n');

    StageFailure failure = failure(text.getBytes(StandardCharsets.UTF_8), 0);

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(message.strip());
    assertThat(failure.getMessage()).doesNotContain("Source", "Feature", "enable");
  }

  @Test
  void limitsOfJsonAreSaidWithoutTheParsersWords() {
    String deep = "{\"text\": \"a\", \"id\": " + "[".repeat(2000) + "]".repeat(2000) + "}";
    String digits = "{\"text\": \"a\", \"id\": " + "1".repeat(2000) + "}";

    assertThat(failure(deep.getBytes(UTF), 0))
        .hasMessageEndingWith(
            "not valid JSON: lists and objects stand more than 1000 deep in each other");
    assertThat(failure(digits.getBytes(UTF), 0))
        .hasMessageEndingWith("not valid JSON: the number value length is more than 1000");
  }

  @Test
  void transcriptsWithoutACommonPromptAreNamed() {
    String row =
        "{\"chosen\": \"\\n\\nHuman: a\\n\\nAssistant: x\","
            + " \"rejected\": \"\\n\\nHuman: b\\n\\nAssistant: y\"}";

    StageFailure failure = failure(row.getBytes(StandardCharsets.UTF_8), 0);

    assertThat(failure.code()).isEqualTo("PLB0514");
    assertThat(failure).hasMessageContaining("data.jsonl:1: the transcripts");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedWithTheirPlace() {
    byte[] bytes = "{\"text\": \"a\"}\n{\"text\": \"b?\"}\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 4] = (byte) 0xFF;

    StageFailure failure = failure(bytes, 0);

    assertThat(failure.code()).isEqualTo("PLB0507");
    assertThat(failure).hasMessage("data.jsonl:2:12: not UTF-8 text");
  }

  @Test
  void aRowBeyondTheLimitEndsTheReadingBeforeItIsInMemory() {
    byte[] bytes = new byte[RowSource.LONGEST_ROW + 1];
    Arrays.fill(bytes, (byte) ' ');

    StageFailure failure = failure(bytes, 0);

    assertThat(failure.code()).isEqualTo("PLB0515");
    assertThat(failure).hasMessage("data.jsonl:1: row is longer than 16 MiB");
  }

  @Test
  void aPackedFileThatIsCutShortIsNotTakenForAShortOne() throws IOException {
    Path packed = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("{\"text\": \"a\"}\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(packed);

    StageFailure failure = failure(Arrays.copyOf(whole, whole.length - 12), 0);

    assertThat(failure.code()).isEqualTo("PLB0505");
  }

  @ParameterizedTest
  @CsvSource({"3, nothing would be left", "0.1, less than one row", "0.9, nothing would be left"})
  void impossibleHoldOutsAreRefused(double holdOut, String message) {
    byte[] rows = "{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"text\": \"c\"}".getBytes(UTF);

    StageFailure failure = failure(rows, holdOut);

    assertThat(failure.code()).isEqualTo("PLB0311");
    assertThat(failure.setting()).isEqualTo("hold_out");
    assertThat(failure).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[{\"text\": \"a\"},~ {\"text\": 1}] | PLB0511 | data.json:2:2",
        "[{\"text\": \"a\"}                  | PLB0501 | data.json:1",
        "{\"text\": \"a\"}                   | PLB0501 | is read with `jsonl:`",
        "[{\"text\": \"a\"}] x               | PLB0501 | data.json:1",
        "[]                                  | PLB0506 | has no rows",
      })
  void badArraysAreNamedWithTheirPlace(String text, String code, String message)
      throws IOException {
    Path file = folder.resolve("data.json");
    Files.writeString(file, text.strip().replace('~', '\n'));
    FolderContext context =
        new FolderContext(folder, new DataSpec(null, "data.json", 0, null)).file("json", file);

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> new LoadData().run(context));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(message.strip());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    FolderContext context =
        new FolderContext(folder, new DataSpec("gone.jsonl", null, 0, null))
            .file("jsonl", folder.resolve("gone.jsonl"));

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> new LoadData().run(context));

    assertThat(failure.code()).isEqualTo("PLB0504");
  }

  private static final Charset UTF = StandardCharsets.UTF_8;

  private StageFailure failure(byte[] bytes, double holdOut) {
    return catchThrowableOfType(
        StageFailure.class,
        () -> {
          Path file = Files.write(folder.resolve("in"), bytes);
          new LoadData()
              .run(
                  new FolderContext(folder, new DataSpec("data.jsonl", null, holdOut, null))
                      .file("jsonl", file));
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.run.StageFailure;

/** Whole files, value by value, against pyarrow; {@code make.py} beside them made both. */
class ParquetRowsTest {
  private static final Path FILES = Path.of("src/test/resources/parquet");

  @TempDir private Path folder;

  private static List<ObjectNode> read(Path file) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    try (ParquetRows source = new ParquetRows(file, "rows.parquet")) {
      for (RawRow row = source.next(); row != null; row = source.next()) {
        rows.add(row.columns());
      }
    }
    return rows;
  }

  private static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jsonl"))
          .map(name -> name.replace(".jsonl", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyValueIsWhatPyarrowReads(String name) throws IOException {
    List<String> actual = new ArrayList<>();
    read(FILES.resolve(name + ".parquet")).forEach(row -> actual.add(words(row)));
    List<String> expected = new ArrayList<>();
    for (String line : Files.readAllLines(FILES.resolve(name + ".jsonl"))) {
      expected.add(words(new ObjectMapper().readTree(line)));
    }

    assertThat(actual).isEqualTo(expected);
  }

  /** A value in words that are equal only if names, order, types and numbers are. */
  private static String words(JsonNode value) {
    if (value.isObject()) {
      return object(value);
    } else if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(words(item)));
      return items.toString();
    } else if (value.isBinary()) {
      try {
        return "bytes " + HexFormat.of().formatHex(value.binaryValue());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    } else if (value.isBigDecimal()) {
      return "decimal " + value.decimalValue().stripTrailingZeros().toPlainString();
    } else if (value.isFloatingPointNumber()) {
      return "float " + value.doubleValue();
    }
    return value.toString();
  }

  private static String object(JsonNode value) {
    if (value.size() == 1 && value.path("decimal").isTextual()) {
      String digits = value.path("decimal").asText();
      return "decimal " + new java.math.BigDecimal(digits).stripTrailingZeros().toPlainString();
    } else if (value.size() == 1 && value.path("bytes").isTextual()) {
      return "bytes " + value.path("bytes").asText();
    } else if (value.size() == 1 && value.path("float").isTextual()) {
      return "float " + value.path("float").asText();
    }
    List<String> fields = new ArrayList<>();
    value.properties().forEach(field -> fields.add(field.getKey() + "=" + words(field.getValue())));
    return fields.toString();
  }

  @Test
  void rowsWithKeysThatAreAbsentAreCounted() throws IOException {
    try (ParquetRows source =
        new ParquetRows(FILES.resolve("conversations.parquet"), "rows.parquet")) {
      while (source.next() != null) {
        assertThat(source.notes().size()).isLessThan(2);
      }

      assertThat(source.notes())
          .containsExactly(
              "keys within columns that are null are left out, in 5 rows: Parquet has no other way"
                  + " to say that a key is absent");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refused-keys   | `rows.parquet, row 1` cannot be read as Parquet: duplicate field 'a'",
        "refused-digits | `wide` has decimals of 60 digits; 38 are read",
        "refused-names  | two columns or fields are named `a`",
        "refused-nameless | a field of `s` has no name; DuckDB reads none without one"
      })
  void whatCannotBeReadTrulyIsRefused(String name, String message) {
    assertThatThrownBy(() -> read(FILES.resolve(name + ".parquet")))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining(message);
  }

  /** Without compression every bit of a page is a part of some value, or of where values are. */
  @ParameterizedTest
  @ValueSource(strings = {"checksums-1", "checksums-2"})
  void aBitThatFlippedInAPageWithAChecksumIsFound(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name + ".parquet"));
    int data = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("what is ");
    List<String> passed = new ArrayList<>();
    for (int at = data; at < data + 2300; at += 31) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Path file = Files.write(folder.resolve("damaged"), damaged);
      try {
        read(file);
        passed.add("byte " + at);
      } catch (StageFailure expected) {
        assertThat(expected)
            .hasMessageStartingWith("`rows.parquet")
            .hasMessageContaining("Parquet");
      }
    }

    assertThat(passed).isEmpty();
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("checksums-1.parquet"));
    for (int length = 0; length < whole.length; length += 397) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> read(file)).isInstanceOf(StageFailure.class);
    }
  }

  @Test
  void theFilesCoverWhatTheyAreFor() throws IOException {
    TreeMap<String, Integer> rows = new TreeMap<>();
    for (String name : names().toList()) {
      rows.put(name, read(FILES.resolve(name + ".parquet")).size());
    }

    assertThat(rows).hasSizeGreaterThan(35).containsEntry("no-rows", 0).containsEntry("nested", 3);
  }
}

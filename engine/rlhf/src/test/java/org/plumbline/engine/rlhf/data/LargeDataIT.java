// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.data.parquet.ParquetFile;

/** A data set that is larger than the heap is read, split, and compared with itself. */
class LargeDataIT {
  private static final int ROWS = 300_000;

  @TempDir Path folder;

  /** Reads the file in the folder, in a process of its own. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    boolean parquet = Files.exists(folder.resolve("data.parquet"));
    String name = parquet ? "data.parquet" : "data.jsonl";
    FolderContext context =
        new FolderContext(
                folder,
                new DataSpec(
                    parquet ? null : name,
                    null,
                    null,
                    parquet ? name : null,
                    ",",
                    null,
                    0.25,
                    null))
            .file(parquet ? "parquet" : "jsonl", folder.resolve(name));
    new LoadData().run(context);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "parquet"})
  void rowsAreWrittenAsTheyAreRead(String container) throws Exception {
    Path data = folder.resolve("data.jsonl");
    String answer = "please thank you ".repeat(10);
    try (BufferedWriter out = Files.newBufferedWriter(data)) {
      for (int i = 0; i < ROWS; i++) {
        out.write(
            "{\"prompt\": \"%d\", \"chosen\": \"%s\", \"rejected\": \"%s%d\"}\n"
                .formatted(i, answer, answer, i));
      }
    }
    assertThat(Files.size(data)).isGreaterThan(110_000_000);
    if (container.equals("parquet")) {
      Map<String, String> columns = new LinkedHashMap<>();
      List.of("prompt", "chosen", "rejected").forEach(name -> columns.put(name, "VARCHAR"));
      ParquetFile.write(data, columns, folder.resolve("data.parquet"));
    }

    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeDataIT.class.getName(),
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
    assertThat(Files.readString(folder.resolve("output").resolve("summary.json")))
        .contains("\"rows\" : 225000")
        .contains("\"heldOut\" : 75000")
        .contains("\"duplicates\" : 0");
  }
}

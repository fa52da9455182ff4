// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.data.parquet.ParquetRows;
import org.plumbline.engine.rlhf.data.source.Csv;
import org.plumbline.engine.rlhf.data.source.JsonArray;
import org.plumbline.engine.rlhf.data.source.JsonLines;
import org.plumbline.engine.rlhf.data.source.RowSource;

/**
 * The file of a data set, in whichever container it is.
 *
 * @param container the key that names it: {@code jsonl}, {@code json}, {@code csv}, {@code parquet}
 * @param name the file as the user names it
 */
record DataFiles(String container, String name, char separator) {

  static DataFiles of(DataSpec spec) {
    char separator = spec.separator().charAt(0);
    if (spec.jsonl() != null) {
      return new DataFiles("jsonl", spec.jsonl(), separator);
    }
    if (spec.json() != null) {
      return new DataFiles("json", spec.json(), separator);
    }
    @Nullable String csv = spec.csv();
    return csv != null
        ? new DataFiles("csv", csv, separator)
        : new DataFiles("parquet", Objects.requireNonNull(spec.parquet()), separator);
  }

  /** Whether all values are texts. */
  boolean texts() {
    return container.equals("csv");
  }

  RowSource open(Path path) throws IOException {
    return switch (container) {
      case "jsonl" -> new JsonLines(path, name);
      case "json" -> new JsonArray(path, name);
      case "csv" -> new Csv(path, name, separator);
      default -> new ParquetRows(path, name);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.export;

import java.util.Locale;
import java.util.Optional;

/** What rows can be written as. */
public enum RowFormat {
  /** One JSON object per line; packed if the file's name ends in {@code .gz}. */
  JSONL,
  /** CSV with a header, lists in it as JSON; packed if the file's name ends in {@code .gz}. */
  CSV,
  /** Parquet, packed by Zstandard. */
  PARQUET;

  /** Its word on a command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format that a file's name suggests. */
  public static Optional<RowFormat> of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    for (RowFormat format : values()) {
      if (name.endsWith("." + format.word())) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}

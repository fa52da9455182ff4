// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Forms of files that are known by their first bytes, whatever they are called: packed in a way
 * that is not read, or no text.
 */
enum FileForm {
  /** Zstandard. */
  ZSTANDARD("28b52ffd", 0, "zstd -d"),
  /** XZ. */
  XZ("fd377a585a00", 0, "xz -d"),
  /** Bzip2; after a digit come the first digits of pi. */
  BZIP2("314159265359", 4, "bzip2 -d"),
  /** LZ4 frames. */
  LZ4("04224d18", 0, "lz4 -d"),
  /** ZIP. */
  ZIP("504b0304", 0, "unzip"),
  /** 7-Zip. */
  SEVEN_ZIP("377abcaf271c", 0, "7z x"),
  /** An archive of tar, in which there may be many files. */
  TAR("7573746172", 257, "tar -x"),
  /** Parquet. */
  PARQUET("50415231", 0, ""),
  /** Arrow's files, which Feather writes. */
  ARROW("4152524f57310000", 0, ""),
  /** Avro. */
  AVRO("4f626a01", 0, ""),
  /** HDF5. */
  HDF5("894844460d0a1a0a", 0, ""),
  /** NumPy's arrays. */
  NUMPY("934e554d5059", 0, ""),
  /** SQLite. */
  SQLITE("53514c69746520666f726d6174203300", 0, "");

  /** How many bytes tell. */
  static final int LOOK = 300;

  private final byte[] magic;
  private final int at;
  private final String command;

  FileForm(String magic, int at, String command) {
    this.magic = HexFormat.of().parseHex(magic);
    this.at = at;
    this.command = command;
  }

  /** The form that a file's first bytes show; null if none. */
  static @Nullable FileForm of(byte[] start) {
    for (FileForm form : values()) {
      int end = form.at + form.magic.length;
      if (start.length >= end
          && Arrays.equals(Arrays.copyOfRange(start, form.at, end), form.magic)
          && (form != PARQUET || isBinary(start))) {
        return form;
      }
    }
    return null;
  }

  /** Whether bytes are no text: the letters that begin a Parquet file may begin one, too. */
  private static boolean isBinary(byte[] start) {
    for (byte one : start) {
      if (one >= 0 && one < ' ' && "\t\n\r\f".indexOf(one) < 0) {
        return true;
      }
    }
    return false;
  }

  /** What it is, in words. */
  String words() {
    return switch (this) {
      case ZSTANDARD -> "packed with Zstandard";
      case XZ -> "packed with xz";
      case BZIP2 -> "packed with bzip2";
      case LZ4 -> "packed with lz4";
      case ZIP -> "a ZIP archive";
      case SEVEN_ZIP -> "a 7-Zip archive";
      case TAR -> "a tar archive";
      case PARQUET -> "a Parquet file";
      case ARROW -> "an Arrow (Feather) file";
      case AVRO -> "an Avro file";
      case HDF5 -> "an HDF5 file";
      case NUMPY -> "a NumPy file";
      case SQLITE -> "an SQLite database";
    };
  }

  /** Where it is not read, if it is elsewhere. */
  String where() {
    return this == PARQUET ? " as text" : "";
  }

  /** What to do with it. */
  String advice() {
    if (this == PARQUET) {
      return "rows of Parquet are read with `parquet:`";
    }
    return command.isEmpty()
        ? "write it as Parquet or JSON lines"
        : "unpack it (`" + command + "`) or pack it with gzip";
  }
}

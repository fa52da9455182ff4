package org.plumbline.engine.rlhf.data.source;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Forms of packed files that are not read, known by their first bytes whatever they are called. */
enum Packing {
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
  TAR("7573746172", 257, "tar -x");

  /** How many bytes tell. */
  static final int LOOK = 300;

  private final byte[] magic;
  private final int at;
  private final String command;

  Packing(String magic, int at, String command) {
    this.magic = HexFormat.of().parseHex(magic);
    this.at = at;
    this.command = command;
  }

  /** The form that a file's first bytes show; null if none. */
  static @Nullable Packing of(byte[] start) {
    for (Packing packing : values()) {
      int end = packing.at + packing.magic.length;
      if (start.length >= end
          && Arrays.equals(Arrays.copyOfRange(start, packing.at, end), packing.magic)) {
        return packing;
      }
    }
    return null;
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
    };
  }

  /** What unpacks it. */
  String command() {
    return command;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.plumbline.engine.run.StageFailure;

/** The lines of a text that is read whole: a corpus, a list of words. */
public final class TextLines {

  private TextLines() {}

  /**
   * Reads a file of UTF-8 text, which may be packed.
   *
   * @param name what messages call it
   * @throws StageFailure if it is no such file, or cannot be held in memory
   */
  public static List<String> read(Path path, String name) throws IOException {
    RowSource.requireFile(path, name);
    long memory = Runtime.getRuntime().maxMemory();
    if (Files.size(path) > memory) {
      throw DataFailure.tooLarge(name, Files.size(path), memory);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(RowSource.open(path, name), RowText.decoder()))) {
      return lines.lines().toList();
    } catch (UncheckedIOException e) {
      throw unreadable(path, name, Objects.requireNonNull(e.getCause()));
    }
  }

  private static RuntimeException unreadable(Path path, String name, IOException failure)
      throws IOException {
    if (failure instanceof CharacterCodingException) {
      return DataFailure.notUtf8(RowText.firstNotUtf8(path, name));
    } else if (failure instanceof ZipException || failure instanceof EOFException) {
      return DataFailure.brokenArchive(name);
    }
    throw failure;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.run.StageFailure;

class TextLinesTest {

  @TempDir private Path folder;

  @Test
  void linesComeAsTheyAreAlsoThroughLinksAndPacked() throws IOException {
    String text = "ein Maß\n\nzwei  \r\ndrei";
    Path plain = Files.writeString(folder.resolve("plain"), text);
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("plain"));
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(TextLines.read(plain, "x")).containsExactly("ein Maß", "", "zwei  ", "drei");
    assertThat(TextLines.read(plain, "x")).isEqualTo(Files.readAllLines(plain));
    assertThat(TextLines.read(link, "x")).isEqualTo(Files.readAllLines(plain));
    assertThat(TextLines.read(packed, "x")).isEqualTo(Files.readAllLines(plain));
    assertThat(TextLines.read(Files.createFile(folder.resolve("none")), "x")).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreNamedWithTheirPlace() throws IOException {
    Path file = folder.resolve("latin");
    Files.write(file, "eins\nein Maß".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> TextLines.read(file, "corpus.txt"))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("corpus.txt:2:7: not UTF-8 text");
  }

  @Test
  void aFileThatIsLargerThanTheMemoryIsNotEvenBegun() throws IOException {
    Path file = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(Runtime.getRuntime().maxMemory() + 1);
    }

    assertThatThrownBy(() -> TextLines.read(file, "corpus.txt"))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("`corpus.txt` has")
        .hasMessageContaining("MiB of memory");
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThatThrownBy(() -> TextLines.read(folder, "corpus.txt"))
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0530"))
        .hasMessageContaining("`corpus.txt` is a folder, not a file");
  }
}

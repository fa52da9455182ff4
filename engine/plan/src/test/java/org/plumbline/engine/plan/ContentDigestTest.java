package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {

  @TempDir private Path folder;

  @BeforeEach
  void aModel() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
    Files.createDirectories(folder.resolve("onnx"));
    Files.writeString(folder.resolve("onnx/weights"), "123");
  }

  @Test
  void aFolderChangesWithTheContentOfAnyFile() throws IOException {
    String before = ContentDigest.of(folder);

    Files.writeString(folder.resolve("onnx/weights"), "124");

    assertThat(ContentDigest.of(folder)).isNotEqualTo(before);
  }

  @Test
  void aFolderChangesWithTheNameOfAFile() throws IOException {
    String before = ContentDigest.of(folder);

    Files.move(folder.resolve("config.json"), folder.resolve("other.json"));

    assertThat(ContentDigest.of(folder)).isNotEqualTo(before);
  }

  @Test
  void whatIsHiddenDoesNotCount() throws IOException {
    String before = ContentDigest.of(folder);

    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "main");
    Files.writeString(folder.resolve(".gitattributes"), "");

    assertThat(ContentDigest.of(folder)).isEqualTo(before);
  }

  @Test
  void aLinkToAFileCountsAsTheFile() throws IOException {
    String before = ContentDigest.of(folder);
    Path blob = Files.createTempFile("blob", "");
    Files.writeString(blob, "{}");
    Files.delete(folder.resolve("config.json"));

    Files.createSymbolicLink(folder.resolve("config.json"), blob);

    assertThat(ContentDigest.of(folder)).isEqualTo(before);
    Files.delete(blob);
  }
}

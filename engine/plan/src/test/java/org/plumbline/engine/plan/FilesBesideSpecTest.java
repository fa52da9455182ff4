// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.file.FileKind;

class FilesBesideSpecTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model/deep"));
    Files.writeString(folder.resolve("model/config.json"), "{}");
    Files.writeString(model.resolve("part"), "weights");
  }

  private String digest(String name) {
    FileKind kind =
        name.startsWith("model") && !name.contains("/") ? FileKind.FOLDER : FileKind.FILE;
    return new FilesBesideSpec(folder).read(new NamedFile(name, "data.x.jsonl", kind)).digest();
  }

  @Test
  void aFolderIsDigestedByNamesAndContents() throws IOException {
    String before = digest("model");
    Files.writeString(folder.resolve("beside"), "not in it");
    assertThat(digest("model")).isEqualTo(before);

    Files.writeString(folder.resolve("model/deep/part"), "weightz");
    String changed = digest("model");
    Files.move(folder.resolve("model/deep/part"), folder.resolve("model/deep/other"));

    assertThat(changed).isNotEqualTo(before);
    assertThat(digest("model")).isNotEqualTo(changed);
  }

  @Test
  void aFileIsDigestedByItsContentAlone() throws IOException {
    Files.writeString(folder.resolve("copy"), "weights");

    assertThat(digest("copy")).isEqualTo(digest("model/deep/part"));
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> digest("gone"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("gone");
  }

  @Test
  void dotsAfterALinkLeadWhereTheSystemLeads() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("model/deep"));
    Files.writeString(folder.resolve("config.json"), "not this one");

    assertThat(digest("link/../config.json")).isEqualTo(digest("model/config.json"));
  }

  @Test
  void aFolderIsNoFileAndAFileNoFolder() throws IOException {
    Files.createDirectory(folder.resolve("rows"));
    Files.writeString(folder.resolve("modelcard"), "text");

    assertThatThrownBy(() -> digest("rows"))
        .hasRootCauseInstanceOf(InputFault.class)
        .rootCause()
        .hasMessageEndingWith("rows is a folder, not a file");
    assertThatThrownBy(() -> digest("modelcard"))
        .rootCause()
        .hasMessageEndingWith("modelcard is a file, not a folder");
  }
}

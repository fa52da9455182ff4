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

class FilesBesideSpecTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model/deep"));
    Files.writeString(folder.resolve("model/config.json"), "{}");
    Files.writeString(model.resolve("part"), "weights");
  }

  private String digest(String name) {
    return new FilesBesideSpec(folder).read(name).digest();
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
}

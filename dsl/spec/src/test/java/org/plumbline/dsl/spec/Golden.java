// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file, or writes the file when run with {@code -Dgolden=update}. */
public final class Golden {
  private Golden() {}

  /** The root of the repository. */
  public static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("dsl/spec"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  /** Whether files are written rather than compared. */
  public static boolean updating() {
    return "update".equals(System.getProperty("golden"));
  }

  /** Compares a text with a file. */
  public static void check(Path file, String actual) {
    try {
      if (updating()) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
      }
      assertThat(Files.exists(file)).as("%s; write it with -Dgolden=update", file).isTrue();
      assertThat(actual)
          .as("%s is stale; write it anew with -Dgolden=update", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

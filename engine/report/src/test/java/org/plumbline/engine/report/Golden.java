// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with a file under {@code src/test/resources}; {@code -Dgolden=update} rewrites
 * the file.
 */
public final class Golden {

  private Golden() {}

  /** Fails if {@code actual} is not what the file says. */
  public static void check(String file, String actual) throws IOException {
    Path path = Path.of("src/test/resources").resolve(file);
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, actual);
    }
    assertThat(actual).as(file).isEqualTo(Files.readString(path));
  }
}

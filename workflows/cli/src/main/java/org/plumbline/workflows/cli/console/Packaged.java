// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts that the build packs beside the classes. */
public final class Packaged {

  private static final String ROOT = "/org/plumbline/workflows/cli/";

  private Packaged() {}

  /** A text by its path from the package of the command. */
  static Optional<String> find(String path) {
    try (InputStream in = Packaged.class.getResourceAsStream(ROOT + path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that every build packs. */
  public static String text(String path) {
    return find(path)
        .orElseThrow(() -> new IllegalStateException("this installation lacks " + path));
  }
}

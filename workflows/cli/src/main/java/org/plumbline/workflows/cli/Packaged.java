package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts that the build packs beside the classes. */
final class Packaged {

  private Packaged() {}

  /** A text by its path from this package. */
  static Optional<String> find(String path) {
    try (InputStream in = Packaged.class.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that every build packs. */
  static String text(String path) {
    return find(path)
        .orElseThrow(() -> new IllegalStateException("this installation lacks " + path));
  }
}

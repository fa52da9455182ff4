// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.plumbline.dsl.model.file.PlainPath;

/** Files relative to the folder of the spec; each is read once. Not for use by several threads. */
public final class FilesBesideSpec implements InputFiles {
  private final Path folder;
  private final Map<Path, String> known = new HashMap<>();

  /** Files relative to this folder. */
  public FilesBesideSpec(Path folder) {
    this.folder = PlainPath.of(folder);
  }

  @Override
  public FileRef read(NamedFile named) {
    Path file = PlainPath.of(folder.resolve(named.written()));
    try {
      ContentDigest.require(file, named.kind());
      String digest = known.get(file);
      if (digest == null) {
        digest = ContentDigest.of(file);
        known.put(file, digest);
      }
      return new FileRef(named.written(), file.toString(), digest);
    } catch (IOException e) {
      throw new UncheckedIOException(named.written() + " cannot be read", e);
    }
  }
}

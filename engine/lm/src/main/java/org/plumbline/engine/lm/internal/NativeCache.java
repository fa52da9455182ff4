// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder that native libraries are unpacked into at their first use. */
public final class NativeCache {
  static final String VARIABLE = "DJL_CACHE_DIR";

  private NativeCache() {}

  /** Where it is: what the environment says, or else the user's cache. */
  public static Path folder() {
    NativeSettings.stayLocal();
    String named = System.getenv(VARIABLE);
    return Path.of(named == null ? System.getProperty(VARIABLE, "") : named).toAbsolutePath();
  }

  /** Why nothing can be written there, as a phrase that follows its name; empty if it can. */
  public static Optional<String> fault() {
    return fault(folder());
  }

  static Optional<String> fault(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return Optional.of(
          there.equals(folder) ? "is no folder" : "cannot be made: " + there + " is no folder");
    }
    if (!there.equals(folder) && Files.isWritable(there)) {
      return Optional.empty();
    }
    return written(there, there.equals(folder) ? "" : "cannot be made: " + there + " ");
  }

  /** Nothing is written to find out: a look must not leave anything behind. */
  private static Optional<String> written(Path folder, String whose) {
    if (!Files.isWritable(folder)) {
      return Optional.of(whose + "cannot be written to");
    }
    try {
      return Files.getFileStore(folder).getUsableSpace() == 0
          ? Optional.of(whose + "is on a full disk")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // some containers do not list where their folders are mounted
    }
  }
}

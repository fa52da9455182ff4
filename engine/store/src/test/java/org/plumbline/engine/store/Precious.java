// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of files that are not the store's, and how they were. */
public final class Precious {
  private final Path folder;
  private final Map<String, String> before;

  private Precious(Path folder) throws IOException {
    this.folder = folder;
    this.before = look();
  }

  /** Makes a folder with files of all the names that a store has, too. */
  public static Precious in(Path folder) throws IOException {
    for (String name :
        new String[] {
          "photos/summer/1.jpg",
          "thesis.tex",
          "000000000001/notes.txt",
          "format",
          "run.json",
          "empty/x"
        }) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "precious " + name);
    }
    Files.delete(folder.resolve("empty/x"));
    return new Precious(folder);
  }

  public Path folder() {
    return folder;
  }

  public Path file() {
    return folder.resolve("thesis.tex");
  }

  public Map<String, String> before() {
    return before;
  }

  /** All that is in it: contents and times. */
  public Map<String, String> look() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        String text = Files.isRegularFile(path) ? Files.readString(path) : "";
        found.put(
            folder.relativize(path).toString(),
            text + " " + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS));
      }
    }
    return found;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreFile;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.record.StoreFailure;

/** Whether a folder is a store that this version understands. */
final class FolderFormat {
  private FolderFormat() {}

  /**
   * Looks at a folder.
   *
   * @throws StoreFailure if it is something else, or a store of a newer version
   */
  static void check(Path root) throws IOException {
    Path file = root.resolve(StoreLayout.FORMAT);
    if (!MisplacedFile.isFile(file)) {
      Optional<String> foreign = foreign(root);
      // Another process may have made the store since the first look.
      if (foreign.isEmpty()) {
        return;
      }
      if (!MisplacedFile.isFile(file)) {
        if (looksLikeAStore(root)) {
          throw StoreFailure.noFormat(root, "it has no file `format`", StoreHome.FORMAT);
        }
        throw StoreFailure.notAStore(
            root.toString(), "it holds other files, such as " + foreign.get());
      }
    }
    String text = new String(StoreFile.read(file), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[1-9]\\d{0,8}")) {
      String why = "its file `format` holds no number";
      throw looksLikeAStore(root)
          ? StoreFailure.noFormat(root, why, StoreHome.FORMAT)
          : StoreFailure.notAStore(root.toString(), why);
    }
    int found = Integer.parseInt(text);
    if (found > StoreHome.FORMAT) {
      throw StoreFailure.newerFormat(root.toString(), found, StoreHome.FORMAT);
    }
  }

  private static boolean looksLikeAStore(Path root) {
    return Files.isDirectory(root.resolve("runs"))
        && Files.isDirectory(root.resolve(StoreLayout.ARTIFACTS).resolve("sha256"));
  }

  /** The first thing in a folder that a store without a format cannot hold. */
  private static Optional<String> foreign(Path root) throws IOException {
    return StagingArea.list(root).stream()
        .map(other -> String.valueOf(other.getFileName()))
        .filter(name -> !name.equals(StoreLayout.TMP) && !name.equals(StoreLayout.LOCKS))
        .findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.engine.store.disk.PreparedFile;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.workflows.cli.console.Refusal;

/**
 * A file that the user named to be written. It is looked at when this is made, before anything is
 * computed or said. Nothing of others is overwritten, no link is followed, and nothing is put into
 * the store.
 *
 * @param path where it is
 * @param ours whether a file that is there already may be replaced; null if none may
 */
record NewFile(Path path, @Nullable Predicate<Path> ours) {

  private static final String ANOTHER = "name another file with `-o FILE`";

  /** A file that must not be there yet. */
  static NewFile fresh(Plumb plumb, Path named) {
    return looked(plumb, new NewFile(plumb.path(named), null));
  }

  /**
   * A file that may be there already if it is of the kind that is written.
   *
   * @param ours whether a file is of that kind
   */
  static NewFile over(Plumb plumb, Path named, Predicate<Path> ours) {
    return looked(plumb, new NewFile(plumb.path(named), ours));
  }

  private static NewFile looked(Plumb plumb, NewFile file) {
    file.look(plumb.storeAddress());
    return file;
  }

  private void look(StoreAddress store) {
    if (!Files.isDirectory(folder())) {
      throw Refusal.mistake(
          "there is no folder for `" + path + "`", "make it, or name another file with `-o FILE`");
    }
    if (Stores.holds(store, path)) {
      throw inStore(path, ANOTHER);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw Refusal.mistake(
          "`" + path + "` is " + kind(path) + ", and only a file is overwritten", ANOTHER);
    }
    if (!replaceable()) {
      String why =
          ours == null
              ? ", and nothing is overwritten"
              : " and is something else, which is not overwritten";
      throw Refusal.mistake("`" + path + "` is there already" + why, "remove it, or " + ANOTHER);
    }
  }

  private boolean replaceable() {
    return ours != null && ours.test(path);
  }

  /** Writes it, at once or not at all. */
  void write(String text) {
    try (PreparedFile aside = PreparedFile.in(folder())) {
      Files.write(aside.path(), Secrets.mask(text).getBytes(StandardCharsets.UTF_8));
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !replaceable()) {
        throw Refusal.mistake("`" + path + "` was made by somebody else meanwhile", ANOTHER);
      }
      aside.moveTo(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private Path folder() {
    return Objects.requireNonNullElse(path.toAbsolutePath().getParent(), path);
  }

  /** Whether something that is to be written would lie in a folder, by any name of it. */
  static boolean within(Path path, Path folder) {
    try {
      Path there = path.toAbsolutePath().normalize();
      while (there.getParent() != null && !Files.exists(there)) {
        there = there.getParent();
      }
      return there.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false; // the store is not there, or what is to be written will not be either
    }
  }

  /** What it means that something would be put into the store. */
  static Refusal inStore(Path path, String help) {
    return Refusal.mistake("`" + path + "` is in the store, where only runs write", help);
  }

  private static String kind(Path file) {
    if (Files.isSymbolicLink(file)) {
      return "a symbolic link";
    }
    return Files.isDirectory(file) ? "a folder" : "a device or pipe";
  }

  /** What it means that something that the user named cannot be written. */
  static Refusal unwritable(Path path, IOException e) {
    return Refusal.mistake("`" + path + "` cannot be written: " + Trouble.of(e), ANOTHER);
  }
}

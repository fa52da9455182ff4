package org.plumbline.workflows.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.plumbline.engine.store.Aside;
import org.plumbline.engine.store.Secrets;
import org.plumbline.engine.store.Trouble;
import org.plumbline.workflows.cli.console.Refusal;

/** Writes files that the user named. Nothing of others is overwritten, and no link is followed. */
final class NewFile {

  private NewFile() {}

  /**
   * Writes a file, over an older one of the same kind if there is one; at once or not at all.
   *
   * @param ours whether a file is of that kind
   */
  static void replace(Path file, String text, Predicate<Path> ours) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw Refusal.mistake(
            "`" + file + "` is " + kind(file) + ", and only a file is overwritten",
            "name another file with `-o FILE`");
      }
      if (!ours.test(file)) {
        throw Refusal.mistake(
            "`" + file + "` is there already and is something else, which is not overwritten",
            "remove it, or name another file with `-o FILE`");
      }
    }
    try (Aside aside = Aside.in(folder(file))) {
      Files.write(aside.path(), Secrets.mask(text).getBytes(StandardCharsets.UTF_8));
      aside.moveTo(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Writes a file that must not be there yet. */
  static void write(Path file, String text) {
    try {
      Files.writeString(
          file, Secrets.mask(text), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw Refusal.mistake(
          "`" + file + "` is there already, and nothing is overwritten",
          "remove it, or name another file with `-o FILE`");
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw Refusal.mistake("`" + file + "` is not the name of a file");
    }
    return folder;
  }

  private static String kind(Path file) {
    if (Files.isSymbolicLink(file)) {
      return "a symbolic link";
    }
    return Files.isDirectory(file) ? "a folder" : "a device or pipe";
  }

  /** What it means that a file that the user named cannot be written. */
  static Refusal unwritable(Path file, IOException e) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Refusal.mistake("there is no folder for `" + file + "`");
    }
    return Refusal.mistake(
        "`" + file + "` cannot be written: " + Trouble.of(e), "name another file with `-o FILE`");
  }
}

package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.plumbline.engine.store.Secrets;
import org.plumbline.workflows.cli.console.Refusal;

/** Writes files that the user named. */
final class NewFile {

  private NewFile() {}

  /** Writes a file, over an older one if there is one. */
  static void replace(Path file, String text) {
    try {
      Files.writeString(file, Secrets.mask(text));
    } catch (NoSuchFileException e) {
      throw Refusal.mistake("there is no folder for `" + file + "`");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    } catch (NoSuchFileException e) {
      throw Refusal.mistake("there is no folder for `" + file + "`");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

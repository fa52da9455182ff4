// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something cannot be read or written, in words. */
public final class Trouble {
  private Trouble() {}

  /** Says it without a full stop, with the file if the failure names one. */
  public static String of(Exception failure) {
    if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException io) {
      return of(io);
    } else if (failure instanceof MisplacedFile misplaced) {
      return misplaced.words();
    } else if (failure instanceof JsonProcessingException) {
      return "it is not the JSON of a record";
    } else if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8";
    } else if (failure instanceof FileSystemException file) {
      String reason = file.getReason() == null ? words(file) : file.getReason();
      return file.getFile() == null ? reason : reason + ": " + file.getFile();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String words(FileSystemException file) {
    if (file instanceof NoSuchFileException) {
      return "no such file or folder";
    } else if (file instanceof AccessDeniedException) {
      return "no permission";
    } else if (file instanceof FileAlreadyExistsException) {
      return "it is there already";
    } else if (file instanceof NotDirectoryException) {
      return "it is no folder";
    } else if (file instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return file.getClass().getSimpleName();
  }
}

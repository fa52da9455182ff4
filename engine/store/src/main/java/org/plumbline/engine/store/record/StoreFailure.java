// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Trouble;

/** The store cannot do what it is asked to; what was in it before is still whole. */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, whose it is, and whether the same may go well later by itself. */
  public enum Kind {
    /** The store was written by a newer version of Plumbline. */
    NEWER_FORMAT("PLB0801", Remedy.USER),
    /** The folder is something else than a store. */
    NOT_A_STORE("PLB0802", Remedy.USER),
    /** There is no space left. */
    DISK_FULL("PLB0803", Remedy.WORLD),
    /** Reading or writing failed. */
    IO("PLB0804", Remedy.TIME),
    /** Reading or writing is not possible as things are. */
    UNUSABLE("PLB0804", Remedy.WORLD),
    /** An artifact is not there. */
    MISSING("PLB0805", Remedy.WORLD),
    /** An artifact does not have its digest. */
    CORRUPT("PLB0806", Remedy.WORLD),
    /** Another process runs the same experiment. */
    BUSY("PLB0807", Remedy.USER),
    /** A file that the plan names has another content than when the plan was made. */
    FILE_CHANGED("PLB0808", Remedy.USER),
    /** There is no such run. */
    NO_SUCH_RUN("PLB0809", Remedy.USER),
    /** Something else is where a file or folder of the store should be. */
    MISPLACED("PLB0810", Remedy.USER),
    /** A record is not what was written. */
    DAMAGED("PLB0811", Remedy.WORLD),
    /** Another process works on a node that this one has begun. */
    LEASE_LOST("PLB0812", Remedy.TIME),
    /** A bucket cannot be used as things are. */
    BUCKET("PLB0813", Remedy.WORLD),
    /** Another process removes what no run needs. */
    COLLECTING("PLB0814", Remedy.USER),
    /** What a run needs cannot be told, so that nothing can be removed. */
    NEEDS_UNKNOWN("PLB0815", Remedy.WORLD),
    /** A result was removed before it was written down that it is needed. */
    COLLECTED("PLB0816", Remedy.TIME);

    private enum Remedy {
      USER,
      WORLD,
      TIME
    }

    private final String code;
    private final Remedy remedy;

    Kind(String code, Remedy remedy) {
      this.code = code;
      this.remedy = remedy;
    }

    /** The code of its diagnostic. */
    public String code() {
      return code;
    }

    /** Whether trying again after a pause may help, though nobody has done anything about it. */
    public boolean retryable() {
      return remedy == Remedy.TIME;
    }

    /** Whether something else should have been asked for. */
    public boolean mistake() {
      return remedy == Remedy.USER;
    }
  }

  private static final String COPY_AGAIN =
      "resume the run where the file is, unchanged: it is copied into the store again";

  private final Kind kind;
  private final String help;

  private StoreFailure(Kind kind, String message, String help, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.help = help;
  }

  public static StoreFailure newerFormat(String store, int found, int known) {
    return new StoreFailure(
        Kind.NEWER_FORMAT,
        "the store %s has format %d; this version knows formats up to %d"
            .formatted(store, found, known),
        "use a newer version of plumb, or another store with `--store`",
        null);
  }

  public static StoreFailure notAStore(String store, String why) {
    return new StoreFailure(
        Kind.NOT_A_STORE,
        "%s is not a store: %s".formatted(store, why),
        "choose an empty or a new place with `--store`",
        null);
  }

  /** A store, by all that is in it, that does not say its format. */
  public static StoreFailure noFormat(Path folder, String why, int format) {
    return new StoreFailure(
        Kind.NOT_A_STORE,
        "%s is not a store: %s".formatted(folder, why),
        ("it holds `runs` and `artifacts` as a store does: if it is one, write its format into that"
                + " file: echo %d > %s")
            .formatted(format, folder.resolve("format")),
        null);
  }

  /**
   * A record that is not what was written.
   *
   * @param what as in {@code the plan of run 7a10}
   */
  public static StoreFailure damaged(String what, String why, String help) {
    return new StoreFailure(Kind.DAMAGED, what + " is damaged: " + why, help, null);
  }

  /** A result whose files this version of the program does not understand. */
  public static StoreFailure otherVersion(String node, String why) {
    return new StoreFailure(
        Kind.DAMAGED,
        "the result of %s was written by another version of plumb: %s".formatted(node, why),
        "run the spec again: what this version computes otherwise is computed anew",
        null);
  }

  /** An artifact that is not there. */
  public static StoreFailure missing(String digest) {
    return new StoreFailure(
        Kind.MISSING,
        "the artifact %s is not in the store".formatted(digest),
        "run the experiment again; it is computed anew",
        null);
  }

  public static StoreFailure corrupt(String digest, String what) {
    return new StoreFailure(
        Kind.CORRUPT,
        "the artifact %s is damaged: %s".formatted(digest, what),
        "run the experiment again; it is set aside and computed anew",
        null);
  }

  /** The copy of an input that is not there. */
  public static StoreFailure inputMissing(String written) {
    return new StoreFailure(
        Kind.MISSING, "the copy of %s is not in the store".formatted(written), COPY_AGAIN, null);
  }

  /** The copy of an input that is not what was put there. */
  public static StoreFailure inputDamaged(String written, String why) {
    return new StoreFailure(
        Kind.CORRUPT,
        "the copy of %s in the store is damaged: %s".formatted(written, why),
        COPY_AGAIN,
        null);
  }

  public static StoreFailure busy(String experiment, RunOwner owner) {
    return new StoreFailure(
        Kind.BUSY,
        "`%s` is already running: run %s (process %d on %s, since %s)"
            .formatted(experiment, owner.run(), owner.pid(), owner.host(), owner.since()),
        "wait for it to end, or stop it",
        null);
  }

  /** A run of the same experiment that a server conducts. */
  public static StoreFailure served(RunRecord run) {
    RunServer server = Objects.requireNonNull(run.server());
    return new StoreFailure(
        Kind.BUSY,
        "`%s` is already running: run %s on the Temporal server %s, since %s"
            .formatted(run.experiment(), run.id(), server.address(), run.started()),
        ("follow it with `plumb watch %1$s`, or stop it with `plumb cancel %1$s`; if that server has"
                + " gone for good, `plumb resume %1$s --here` goes on without it")
            .formatted(run.id()),
        null);
  }

  /**
   * A file whose content is another than when the plan was made.
   *
   * @param written its path as the spec writes it
   * @param was its digest in the plan
   */
  public static StoreFailure fileChanged(String written, String was, String is) {
    return new StoreFailure(
        Kind.FILE_CHANGED,
        "%s changed since the plan was made (%s… → %s…)"
            .formatted(written, was.substring(0, 12), is.substring(0, 12)),
        "run the experiment again; it is planned anew",
        null);
  }

  /** A file that could be read when the plan was made. */
  public static StoreFailure fileGone(String written, IOException cause) {
    return new StoreFailure(
        Kind.FILE_CHANGED,
        "%s cannot be read any more, as it could when the plan was made: %s"
            .formatted(written, Trouble.of(cause)),
        "bring it back and resume, or run the experiment again; it is planned anew",
        cause);
  }

  public static StoreFailure noSuchRun(String run) {
    return new StoreFailure(
        Kind.NO_SUCH_RUN, "there is no run `" + run + "`", "`plumb runs` lists them", null);
  }

  /** A bucket, or a server, that has to be put right first. */
  public static StoreFailure bucket(String message, String help, @Nullable Throwable cause) {
    return new StoreFailure(Kind.BUCKET, message, help, cause);
  }

  /** A server that does not answer, or not now. */
  public static StoreFailure unreachable(String message, String help, @Nullable Throwable cause) {
    return new StoreFailure(Kind.IO, message, help, cause);
  }

  /** Another process that removes what no run needs. */
  public static StoreFailure collecting(String collector) {
    return new StoreFailure(
        Kind.COLLECTING,
        "another `plumb gc` is at work in this store: " + collector,
        "wait for it to end, or stop it; nothing is lost by that",
        null);
  }

  /**
   * A run that cannot be read.
   *
   * @param where it is, as users name it
   */
  public static StoreFailure needsUnknown(String run, String why, String where) {
    return new StoreFailure(
        Kind.NEEDS_UNKNOWN,
        "it cannot be told what run %s needs, so nothing is removed: %s".formatted(run, why),
        ("to do without the run, remove %s; results of its nodes are kept by key, and go with a"
                + " later `plumb gc` if no other run needs them")
            .formatted(where),
        null);
  }

  /** A result that `plumb gc` has removed while a node was about to stand on it. */
  public static StoreFailure collected() {
    return new StoreFailure(
        Kind.COLLECTED,
        "`plumb gc` removed its result, which an older one of the same content was part of",
        "it is tried again",
        null);
  }

  /** A node that another process may work on now. */
  public static StoreFailure leaseLost(Duration length) {
    return new StoreFailure(
        Kind.LEASE_LOST,
        "lost the right to work on it: this process gave no sign of life for "
            + length.toSeconds()
            + " s, and another has taken over",
        "it is tried again, and finds what the other has done; if this machine was not suspended,"
            + " see whether it has too much to do",
        null);
  }

  /**
   * A failed read or write.
   *
   * @param what was to be done, as in {@code write the result of ppo@1}
   * @param where it was to be done
   * @param needed bytes that had to be written; 0 if that is not known
   */
  public static StoreFailure io(String what, Path where, long needed, Exception cause) {
    if (cause instanceof MisplacedFile misplaced) {
      return new StoreFailure(
          Kind.MISPLACED,
          "cannot %s: %s".formatted(what, misplaced.words()),
          "plumb leaves it alone: move it away, then try again",
          cause);
    }
    long free = free(where);
    if (isDiskFull(cause) || (needed > 0 && free >= 0 && free < needed)) {
      String need = needed > 0 ? "needs " + megabytes(needed) + ", " : "";
      return new StoreFailure(
          Kind.DISK_FULL,
          "cannot %s: no space left in %s (%s%s free)"
              .formatted(what, where, need, megabytes(Math.max(0, free))),
          "free some space and resume; nothing is lost",
          cause);
    }
    return new StoreFailure(
        lasting(cause) ? Kind.UNUSABLE : Kind.IO,
        "cannot %s: %s".formatted(what, Trouble.of(cause)),
        "check that the store %s can be read and written".formatted(where),
        cause);
  }

  /** Whether the same will fail in the same way until somebody does something about it. */
  private static boolean lasting(Exception cause) {
    Throwable at = cause instanceof UncheckedIOException ? cause.getCause() : cause;
    String message = String.valueOf(at == null ? "" : at.getMessage()).toLowerCase(Locale.ROOT);
    return at instanceof AccessDeniedException
        || at instanceof NoSuchFileException
        || at instanceof NotDirectoryException
        || at instanceof FileAlreadyExistsException
        || at instanceof DirectoryNotEmptyException
        || message.contains("read-only file system")
        || message.contains("not a directory")
        || message.contains("is a directory")
        || message.contains("symbolic links")
        || message.contains("name too long");
  }

  private static boolean isDiskFull(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String message = at.getMessage() == null ? "" : at.getMessage().toLowerCase(Locale.ROOT);
      if (message.contains("no space left")
          || message.contains("not enough space")
          || message.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private static long free(Path where) {
    try {
      Path there = where.toAbsolutePath();
      while (there.getParent() != null && !Files.exists(there)) {
        there = there.getParent();
      }
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return -1; // only used to word a message about another failure
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** What the user can do. */
  public String help() {
    return help;
  }
}

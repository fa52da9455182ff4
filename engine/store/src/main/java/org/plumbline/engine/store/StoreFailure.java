package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store cannot do what it is asked to; what was in it before is still whole. */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and whether the same may go well later. */
  public enum Kind {
    /** The store was written by a newer version of Plumbline. */
    NEWER_FORMAT("PLB0801", false),
    /** The folder is something else than a store. */
    NOT_A_STORE("PLB0802", false),
    /** There is no space left. */
    DISK_FULL("PLB0803", true),
    /** Reading or writing failed. */
    IO("PLB0804", true),
    /** An artifact is not there. */
    MISSING("PLB0805", true),
    /** An artifact does not have its digest. */
    CORRUPT("PLB0806", true),
    /** Another process runs the same experiment. */
    BUSY("PLB0807", false),
    /** A file that the plan names has another content than when the plan was made. */
    FILE_CHANGED("PLB0808", false),
    /** There is no such run. */
    NO_SUCH_RUN("PLB0809", false),
    /** Something else is where a file or folder of the store should be. */
    MISPLACED("PLB0810", false);

    private final String code;
    private final boolean retryable;

    Kind(String code, boolean retryable) {
      this.code = code;
      this.retryable = retryable;
    }

    /** The code of its diagnostic. */
    public String code() {
      return code;
    }

    /** Whether trying again, perhaps after a pause, may help. */
    public boolean retryable() {
      return retryable;
    }
  }

  private final Kind kind;
  private final String help;

  private StoreFailure(Kind kind, String message, String help, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.help = help;
  }

  static StoreFailure newerFormat(Path store, int found, int known) {
    return new StoreFailure(
        Kind.NEWER_FORMAT,
        "the store %s has format %d; this version knows formats up to %d"
            .formatted(store, found, known),
        "use a newer version of plumb, or another store with `--store DIR`",
        null);
  }

  static StoreFailure notAStore(Path folder, String why) {
    return new StoreFailure(
        Kind.NOT_A_STORE,
        "%s is not a store: %s".formatted(folder, why),
        "choose an empty or a new folder with `--store DIR`",
        null);
  }

  static StoreFailure missing(String digest) {
    return new StoreFailure(
        Kind.MISSING,
        "the artifact %s is not in the store".formatted(digest),
        "run the experiment again; it is computed anew",
        null);
  }

  static StoreFailure corrupt(String digest, String what) {
    return new StoreFailure(
        Kind.CORRUPT,
        "the artifact %s is damaged: %s".formatted(digest, what),
        "run the experiment again; it is set aside and computed anew",
        null);
  }

  static StoreFailure busy(String experiment, RunOwner owner) {
    return new StoreFailure(
        Kind.BUSY,
        "`%s` is already running: run %s (process %d on %s, since %s)"
            .formatted(experiment, owner.run(), owner.pid(), owner.host(), owner.since()),
        "wait for it to end, or stop it",
        null);
  }

  static StoreFailure fileChanged(String written, String was, String is) {
    return new StoreFailure(
        Kind.FILE_CHANGED,
        "%s changed since the plan was made (%s… → %s…)"
            .formatted(written, was.substring(0, 12), is.substring(0, 12)),
        "run the experiment again; it is planned anew",
        null);
  }

  static StoreFailure noSuchRun(String run) {
    return new StoreFailure(
        Kind.NO_SUCH_RUN, "there is no run `" + run + "`", "`plumb runs` lists them", null);
  }

  /**
   * A failed read or write.
   *
   * @param what was to be done, as in {@code write the result of ppo@1}
   * @param where it was to be done
   * @param needed bytes that had to be written; 0 if that is not known
   */
  static StoreFailure io(String what, Path where, long needed, Exception cause) {
    if (cause instanceof Misplaced misplaced) {
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
        Kind.IO,
        "cannot %s: %s".formatted(what, Trouble.of(cause)),
        "check that the store %s can be read and written".formatted(where),
        cause);
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

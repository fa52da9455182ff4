package org.plumbline.engine.lm.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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

  /** Permissions do not tell all: a disk may be full, or a file system read-only. */
  private static Optional<String> written(Path folder, String whose) {
    Path probe = folder.resolve("plumb-" + UUID.randomUUID() + ".probe");
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try (SeekableByteChannel channel = Files.newByteChannel(probe, options)) {
      channel.write(ByteBuffer.wrap(new byte[1]));
      return Optional.empty();
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "access denied" : e.getReason();
      return Optional.of(whose + "cannot be written to (" + reason + ")");
    } catch (IOException e) {
      return Optional.of(whose + "cannot be written to (" + e.getMessage() + ")");
    }
  }
}

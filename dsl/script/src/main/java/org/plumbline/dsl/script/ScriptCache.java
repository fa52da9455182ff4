// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Compiled scripts by their content, so that the second use of a script starts no compiler.
 *
 * <p>In {@code PLUMB_CACHE}, else in {@code plumb} under the user's cache folder. Losing it costs
 * only time; where it cannot be written, scripts are compiled each time.
 */
public final class ScriptCache {
  private final Path folder;

  private ScriptCache(Path folder) {
    this.folder = folder;
  }

  /** The cache of this user. */
  public static ScriptCache ofUser() {
    String own = System.getenv("PLUMB_CACHE");
    String shared = System.getenv("XDG_CACHE_HOME");
    Path caches =
        shared == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
    return new ScriptCache(
        (own == null ? caches.resolve("plumb") : Path.of(own)).resolve("scripts"));
  }

  /** A cache in a folder. */
  public static ScriptCache in(Path folder) {
    return new ScriptCache(folder);
  }

  /** Whether a script was compiled before. */
  public boolean has(String key) {
    return Files.isRegularFile(folder.resolve(key + ".jar"));
  }

  /** The archive of a script that was compiled before. */
  public Optional<byte[]> find(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(key + ".jar")));
    } catch (IOException e) {
      // What cannot be read is as if it were not there.
      return Optional.empty();
    }
  }

  /** Keeps an archive; where that is not possible, nothing is kept. */
  public void keep(String key, byte[] archive) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, key, ".part");
      Files.write(part, archive);
      Files.move(part, folder.resolve(key + ".jar"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // A cache that cannot be written must not keep anybody from working.
      return;
    }
  }

  /** The key of a script: its text, its name, and all that its compiled form depends on. */
  public static String key(String name, String text, String... versions) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : versions) {
        digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
      }
      digest.update((name + "\n" + text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Says which language the block classes speak: where they are from, and when they were made. */
  public static String languageVersion() {
    try {
      Path home =
          Path.of(ScriptCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(home)) {
        return Files.size(home) + " bytes of " + Files.getLastModifiedTime(home);
      }
      Path blocks = home.resolve("org/plumbline/dsl/script/blocks");
      return String.valueOf(Files.getLastModifiedTime(blocks.resolve("ExperimentBlock.class")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

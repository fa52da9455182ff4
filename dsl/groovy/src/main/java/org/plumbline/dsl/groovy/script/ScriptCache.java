package org.plumbline.dsl.groovy.script;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** The archive of a script that was compiled before. */
  public Optional<Path> find(String key) {
    Path archive = folder.resolve(key + ".jar");
    return Files.isRegularFile(archive) ? Optional.of(archive) : Optional.empty();
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

  /** Says which language the block classes speak: their code's digest. */
  public static String languageVersion() {
    try (var in =
        ScriptCache.class.getResourceAsStream(
            "/org/plumbline/dsl/groovy/blocks/ExperimentBlock.class")) {
      if (in == null) {
        throw new IllegalStateException("the block classes are missing");
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

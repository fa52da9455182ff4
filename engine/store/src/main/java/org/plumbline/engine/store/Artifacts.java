package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.engine.plan.NodeHistory;

/**
 * Finished results, by content. Results of equal content are one artifact. Whoever gets one from
 * here has had its digests verified.
 */
public final class Artifacts {
  private final Path home;
  private final Path quarantine;
  private final Scratch scratch;
  private final Disk disk;
  private final Map<String, String> verified = new ConcurrentHashMap<>();

  Artifacts(Ground ground, Scratch scratch) throws IOException {
    this.home = ground.at("artifacts/sha256");
    boolean apart = ground.apart(Ground.ARTIFACTS);
    this.quarantine = ground.at(apart ? "artifacts/quarantine" : "quarantine");
    this.scratch = apart ? Scratch.within(ground, Ground.ARTIFACTS) : scratch;
    this.disk = ground.disk();
  }

  /** Where results are prepared. */
  Scratch scratch() {
    return scratch;
  }

  /**
   * The artifact with this digest, verified.
   *
   * @throws StoreFailure if it is missing or damaged
   */
  public Artifact open(String digest) {
    Path folder = folder(digest);
    if (!Files.isDirectory(folder)) {
      throw StoreFailure.missing(digest);
    }
    Optional<String> damage = damage(digest, folder);
    if (damage.isPresent()) {
      throw StoreFailure.corrupt(digest, damage.get());
    }
    return new Artifact(digest, folder);
  }

  /** How an artifact is: there, missing or damaged. */
  NodeHistory.Result check(String run, String digest) {
    Path folder = folder(digest);
    if (!Files.isDirectory(folder)) {
      return new NodeHistory.Result.Missing(digest);
    }
    return damage(digest, folder).isPresent()
        ? new NodeHistory.Result.Damaged(digest)
        : new NodeHistory.Result.Present(run, digest);
  }

  private Optional<String> damage(String digest, Path folder) {
    try {
      Manifest manifest = Manifest.read(folder);
      if (!manifest.digest().equals(digest)) {
        return Optional.of("its manifest has changed");
      }
      // Hashing again what this process has hashed already would cost every reader a full pass.
      String known = verified.get(digest);
      if (known != null && known.equals(manifest.traces(folder))) {
        return Optional.empty();
      }
      Optional<String> damage = manifest.damage(folder);
      if (damage.isEmpty()) {
        verified.put(digest, manifest.traces(folder));
      }
      return damage;
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }

  /** Takes over a folder of finished files, which is then no longer where it was. */
  Artifact commit(Path folder, String what) {
    long needed = 0;
    try {
      Manifest manifest = Manifest.of(folder, Map.of(), disk);
      needed = manifest.bytes();
      manifest.write(folder, disk);
      String digest = manifest.digest();
      Path target = folder(digest);
      Path parent = home.resolve(digest.substring(0, 2));
      disk.createFolders(parent);
      if (Files.isDirectory(target) && damage(digest, target).isPresent()) {
        setAside(digest);
      }
      if (!Files.isDirectory(target)) {
        rename(folder, target);
        disk.syncFolder(parent);
      }
      scratch.delete(folder);
      return open(digest);
    } catch (IOException e) {
      throw StoreFailure.io("write the result of " + what, home, needed, e);
    }
  }

  private void rename(Path folder, Path target) throws IOException {
    try {
      disk.move(folder, target);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e; // else another process was quicker with the same content
      }
    }
  }

  /** Puts a damaged artifact out of the way, so that it can be made anew. */
  void setAside(String digest) throws IOException {
    Path folder = folder(digest);
    if (Files.isDirectory(folder)) {
      disk.createFolders(quarantine);
      int count = Scratch.list(quarantine).size();
      disk.move(folder, quarantine.resolve(digest + "-" + count));
      verified.remove(digest);
    }
  }

  private Path folder(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw StoreFailure.missing(digest);
    }
    return home.resolve(digest.substring(0, 2)).resolve(digest.substring(2));
  }
}

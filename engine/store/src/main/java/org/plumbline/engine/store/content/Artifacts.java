// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.engine.plan.NodeHistory;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.StoreFailure;

/**
 * Finished results, by content. Results of equal content are one artifact. Whoever gets one from
 * here has had its digests verified.
 */
public final class Artifacts {
  private final Path home;
  private final Quarantine quarantine;
  private final StagingArea scratch;
  private final StoreLayout ground;
  private final Disk disk;
  private final Map<String, String> verified = new ConcurrentHashMap<>();

  public Artifacts(StoreLayout ground, StagingArea scratch) throws IOException {
    this.home = ground.at("artifacts/sha256");
    this.quarantine = Quarantine.of(ground, StoreLayout.ARTIFACTS);
    this.scratch =
        ground.apart(StoreLayout.ARTIFACTS)
            ? StagingArea.within(ground, StoreLayout.ARTIFACTS)
            : scratch;
    this.ground = ground;
    this.disk = ground.disk();
  }

  /** Where results are prepared. */
  public StagingArea scratch() {
    return scratch;
  }

  /**
   * The artifact with this digest, verified.
   *
   * @throws StoreFailure if it is missing or damaged
   */
  public Artifact open(String digest) {
    Path folder = folder(digest);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw StoreFailure.missing(digest);
    }
    Optional<String> damage = damage(digest, folder);
    if (damage.isPresent()) {
      throw StoreFailure.corrupt(digest, damage.get());
    }
    return new Artifact(digest, folder);
  }

  /** How an artifact is: there, missing or damaged. */
  public NodeHistory.Result check(String run, String digest) {
    Path folder = folder(digest);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return new NodeHistory.Result.Missing(digest);
    }
    return damage(digest, folder).isPresent()
        ? new NodeHistory.Result.Damaged(digest)
        : new NodeHistory.Result.Present(run, digest);
  }

  private Optional<String> damage(String digest, Path folder) {
    try {
      MisplacedFile.isFolder(folder);
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
      return Optional.of("it cannot be read: " + Trouble.of(e));
    }
  }

  /** Looks at what is about to become an artifact, and may refuse it. */
  interface Inspection {
    void of(Manifest manifest);
  }

  /** Takes over a folder of finished files, which is then no longer where it was. */
  public Artifact commit(Path folder, String what) {
    return commit(folder, "write the result of " + what, manifest -> {});
  }

  Artifact commit(Path folder, String doing, Inspection inspection) {
    long needed = 0;
    try {
      Manifest manifest = Manifest.of(folder, Map.of(), disk);
      needed = manifest.bytes();
      inspection.of(manifest);
      manifest.write(folder, disk);
      String digest = manifest.digest();
      Path target = folder(digest);
      Path parent = home.resolve(digest.substring(0, 2));
      ground.createFolders(parent);
      boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
      if (there && damage(digest, target).isPresent()) {
        setAside(digest);
        there = false;
      }
      if (!there) {
        rename(folder, target);
        disk.syncFolder(parent);
      }
      scratch.delete(folder);
      return open(digest);
    } catch (IOException e) {
      throw StoreFailure.io(doing, home, needed, e);
    }
  }

  private void rename(Path folder, Path target) throws IOException {
    try {
      disk.move(folder, target);
    } catch (IOException e) {
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw e; // else another process was quicker with the same content
      }
    }
  }

  /** Puts a damaged artifact out of the way, so that it can be made anew. */
  public void setAside(String digest) throws IOException {
    quarantine.take(folder(digest), digest);
    verified.remove(digest);
  }

  Path home() {
    return home;
  }

  /** Whether a file belongs to an artifact, and so never changes. */
  public boolean holds(Path file) {
    return file.startsWith(home);
  }

  private Path folder(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw StoreFailure.missing(digest);
    }
    return home.resolve(digest.substring(0, 2)).resolve(digest.substring(2));
  }
}

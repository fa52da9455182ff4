// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.disk.Trouble;
import org.plumbline.engine.store.record.StoreFailure;

/** Blobs in the store's own folder, under {@code artifacts/sha256}. */
public final class FolderBlobs implements Blobs {
  private final Path home;
  private final Quarantine quarantine;
  private final StagingArea scratch;
  private final StoreLayout ground;
  private final Disk disk;
  private final Map<String, String> verified = new ConcurrentHashMap<>();

  /** Those of a store; {@code scratch} is where the rest of the store prepares. */
  public FolderBlobs(StoreLayout ground, StagingArea scratch) throws IOException {
    this.home = ground.at("artifacts/sha256");
    this.quarantine = Quarantine.of(ground, StoreLayout.ARTIFACTS);
    this.scratch =
        ground.apart(StoreLayout.ARTIFACTS)
            ? StagingArea.within(ground, StoreLayout.ARTIFACTS)
            : scratch;
    this.ground = ground;
    this.disk = ground.disk();
  }

  /** Where blobs are prepared. */
  public StagingArea scratch() {
    return scratch;
  }

  @Override
  public Path prepare() throws IOException {
    return scratch.folder();
  }

  @Override
  public void discard(Path prepared) {
    scratch.discard(prepared);
  }

  @Override
  public void link(Path file, Path prepared) throws IOException {
    if (!file.startsWith(home)) {
      throw new IllegalArgumentException("not the file of a blob: " + file);
    }
    disk.link(file, prepared);
  }

  @Override
  public State find(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      return new State.Missing();
    }
    Path folder = folder(digest);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return new State.Missing();
    }
    String damage = damage(digest, folder).orElse(null);
    return damage == null ? new State.Whole(folder) : new State.Damaged(damage);
  }

  @Override
  public Presence check(String digest) {
    State state = find(digest);
    if (state instanceof State.Missing) {
      return Presence.MISSING;
    }
    return state instanceof State.Whole ? Presence.WHOLE : Presence.DAMAGED;
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
      ground.counts().read(manifest.size());
      if (damage.isEmpty()) {
        verified.put(digest, manifest.traces(folder));
      }
      return damage;
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + Trouble.of(e));
    }
  }

  @Override
  public String put(Path prepared, String doing, Inspection inspection) {
    long needed = 0;
    try {
      Manifest manifest = Manifest.of(prepared, Map.of(), disk);
      needed = manifest.size();
      inspection.of(manifest);
      manifest.write(prepared, disk);
      String digest = manifest.digest();
      if (find(digest) instanceof State.Damaged) {
        setAside(digest);
      }
      Path target = folder(digest);
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        ground.createFolders(parent(digest));
        String traces = manifest.traces(prepared);
        if (rename(prepared, target)) {
          ground.counts().written(needed);
          verified.put(digest, traces); // hashed a moment ago
        }
        disk.syncFolder(parent(digest));
      }
      scratch.delete(prepared);
      return digest;
    } catch (IOException e) {
      throw StoreFailure.io(doing, home, needed, e);
    }
  }

  /** Says whether it did it; if not, another process was quicker with the same content. */
  private boolean rename(Path folder, Path target) throws IOException {
    try {
      disk.move(folder, target);
      return true;
    } catch (IOException e) {
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public void setAside(String digest) throws IOException {
    quarantine.take(folder(digest), digest);
    verified.remove(digest);
  }

  @Override
  public List<Listed> list() throws IOException {
    List<Listed> listed = new ArrayList<>();
    for (Path shard : StagingArea.list(home)) {
      for (Path folder : StagingArea.list(shard)) {
        String digest = shard.getFileName() + String.valueOf(folder.getFileName());
        Path manifest = folder.resolve(Manifest.NAME);
        if (digest.matches("[0-9a-f]{64}")
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          // Also of one that is damaged: what counts is what its files take up.
          List<Path> files = StagingArea.files(folder);
          long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
          listed.add(new Listed(digest, manifest.toFile().lastModified(), bytes));
        }
      }
    }
    return listed;
  }

  @Override
  public void delete(Collection<String> digests) throws IOException {
    for (String digest : digests) {
      Path folder = folder(digest);
      if (MisplacedFile.isFolder(folder)) {
        scratch.remove(folder);
      }
      verified.remove(digest);
    }
  }

  @Override
  public List<Loose> loose(Set<String> going, long before) {
    return List.of();
  }

  @Override
  public void deleteLoose(Collection<Loose> files) {
    if (!files.isEmpty()) {
      throw new IllegalArgumentException("every file is that of one blob");
    }
  }

  @Override
  public boolean restore(String digest) {
    return find(digest) instanceof State.Whole;
  }

  private Path parent(String digest) {
    return home.resolve(digest.substring(0, 2));
  }

  private Path folder(String digest) {
    return parent(digest).resolve(digest.substring(2));
  }
}

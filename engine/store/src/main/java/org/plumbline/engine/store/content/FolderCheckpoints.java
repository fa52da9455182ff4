// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.disk.Trouble;

/** Checkpoints in the store's own folder, under {@code checkpoints/KEY}. */
public final class FolderCheckpoints implements Checkpoints {
  private final Path home;
  private final StoreLayout ground;
  private final Quarantine quarantine;
  private final StagingArea scratch;
  private final Disk disk;

  /** Those of a store; {@code scratch} is where the rest of the store prepares. */
  public FolderCheckpoints(StoreLayout ground, StagingArea scratch) throws IOException {
    this.home = ground.at(StoreLayout.CHECKPOINTS);
    this.ground = ground;
    this.quarantine = Quarantine.of(ground, StoreLayout.CHECKPOINTS);
    this.scratch =
        ground.apart(StoreLayout.CHECKPOINTS)
            ? StagingArea.within(ground, StoreLayout.CHECKPOINTS)
            : scratch;
    this.disk = ground.disk();
  }

  /** Where checkpoints are prepared. */
  public StagingArea scratch() {
    return scratch;
  }

  @Override
  public Path prepare() throws IOException {
    return scratch.folder();
  }

  @Override
  public Optional<SavedCheckpoint> newest(String key, Consumer<String> problem) throws IOException {
    for (CheckpointId id : newestFirst(key)) {
      Path folder = folder(key, id);
      String damage;
      try {
        MisplacedFile.isFolder(folder);
        Manifest manifest = Manifest.read(folder);
        damage = manifest.damage(folder).orElse("");
        ground.counts().read(manifest.size());
        if (damage.isEmpty()) {
          return Optional.of(SavedCheckpoint.of(new Checkpoint(id.step(), folder), manifest));
        }
      } catch (IOException e) {
        damage = "it cannot be read: " + Trouble.of(e);
      }
      problem.accept("the checkpoint of step %d is damaged: %s".formatted(id.step(), damage));
      remove(folder);
    }
    return Optional.empty();
  }

  @Override
  public long commit(String key, CheckpointId id, Path folder, Map<String, Object> about)
      throws IOException {
    Manifest manifest = Manifest.of(folder, about, disk);
    manifest.write(folder, disk);
    Path parent = home.resolve(key);
    ground.createFolders(parent);
    Path target = folder(key, id);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      remove(target);
    }
    disk.move(folder, target);
    disk.syncFolder(parent);
    ground.counts().written(manifest.size());
    List<CheckpointId> all = newestFirst(key);
    for (CheckpointId old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      remove(folder(key, old));
    }
    return manifest.size();
  }

  @Override
  public Optional<Mark> look(String key) throws IOException {
    for (CheckpointId id : newestFirst(key)) {
      Path manifest = folder(key, id).resolve(Manifest.NAME);
      // Its holder may just have put a newer one into its place.
      if (Files.exists(manifest, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new Mark(id.step(), Files.getLastModifiedTime(manifest).toInstant()));
      }
    }
    return Optional.empty();
  }

  @Override
  public KeptAnswers answers(String key, Asker asker) throws IOException {
    return AnswerLog.open(home.resolve(key), ground, asker);
  }

  @Override
  public long newestToken(String key) throws IOException {
    List<CheckpointId> ids = newestFirst(key);
    long newest = ids.isEmpty() ? 0 : ids.get(0).token();
    for (long token : AnswerLog.tokens(home.resolve(key))) {
      newest = Math.max(newest, token);
    }
    return newest;
  }

  @Override
  public void clear(String key, long token) throws IOException {
    for (long holder : AnswerLog.tokens(home.resolve(key))) {
      if (holder <= token) {
        ground.delete(
            DeletablePaths.ANSWERS, home.resolve(key).resolve(AnswerLog.fileName(holder)));
      }
    }
    clearStates(key, token);
  }

  @Override
  public void clearStates(String key, long token) throws IOException {
    for (CheckpointId id : newestFirst(key)) {
      if (id.token() <= token) {
        remove(folder(key, id));
      }
    }
    ground.delete(DeletablePaths.NO_CHECKPOINTS, home.resolve(key));
  }

  @Override
  public List<Left> list() throws IOException {
    List<Left> all = new ArrayList<>();
    for (Path each : StagingArea.list(home)) {
      String key = String.valueOf(each.getFileName());
      if (key.matches(KEY) && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        all.add(left(key, each));
      }
    }
    return all;
  }

  private static Left left(String key, Path home) throws IOException {
    long time = 0;
    long states = 0;
    long answers = 0;
    List<Path> files = StagingArea.files(home);
    for (Path file : files) {
      time = Math.max(time, file.toFile().lastModified());
      if (home.equals(file.getParent())) {
        answers += file.toFile().length();
      } else {
        states += file.toFile().length();
      }
    }
    return new Left(key, files.isEmpty() ? home.toFile().lastModified() : time, states, answers);
  }

  private void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      quarantine.take(folder, "checkpoint-" + folder.getFileName()); // nothing of ours
      return;
    }
    scratch.remove(folder);
  }

  private List<CheckpointId> newestFirst(String key) throws IOException {
    List<CheckpointId> ids = new ArrayList<>();
    MisplacedFile.isFolder(home.resolve(key)); // a link there is not the same as nothing
    for (Path folder : StagingArea.list(home.resolve(key))) {
      CheckpointId.parse(String.valueOf(folder.getFileName())).ifPresent(ids::add);
    }
    ids.sort(Comparator.reverseOrder());
    return ids;
  }

  private Path folder(String key, CheckpointId id) {
    return home.resolve(key).resolve(id.name());
  }
}

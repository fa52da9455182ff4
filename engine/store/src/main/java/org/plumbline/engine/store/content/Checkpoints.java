// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.disk.Trouble;

/** States of nodes that are not finished: of each the two newest. */
public final class Checkpoints {
  private static final int KEPT = 2;

  private final Path home;
  private final StoreLayout ground;
  private final Quarantine quarantine;
  private final StagingArea scratch;
  private final Disk disk;

  public Checkpoints(StoreLayout ground, StagingArea scratch) throws IOException {
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

  /** The newest one whose digests are right; damaged ones are reported and deleted. */
  public Optional<SavedCheckpoint> newest(String key, Consumer<String> problem) throws IOException {
    List<Path> folders = newestFirst(key);
    for (Path folder : folders) {
      String damage;
      try {
        MisplacedFile.isFolder(folder);
        Manifest manifest = Manifest.read(folder);
        damage = manifest.damage(folder).orElse("");
        if (damage.isEmpty()) {
          return Optional.of(found(folder, manifest));
        }
      } catch (IOException e) {
        damage = "it cannot be read: " + Trouble.of(e);
      }
      problem.accept("the checkpoint of step %d is damaged: %s".formatted(step(folder), damage));
      remove(folder);
    }
    return Optional.empty();
  }

  private static SavedCheckpoint found(Path folder, Manifest manifest) {
    double seconds =
        manifest.about().get("seconds") instanceof Number number ? number.doubleValue() : 0;
    String run = String.valueOf(manifest.about().get("run"));
    Map<String, String> inputs = new HashMap<>();
    if (manifest.about().get("inputs") instanceof Map<?, ?> read) {
      read.forEach((key, digest) -> inputs.put(String.valueOf(key), String.valueOf(digest)));
    }
    List<String> notes = new ArrayList<>();
    if (manifest.about().get("notes") instanceof List<?> said) {
      said.forEach(note -> notes.add(String.valueOf(note)));
    }
    return new SavedCheckpoint(new Checkpoint(step(folder), folder), seconds, run, inputs, notes);
  }

  /** Takes over a folder that holds the state after a step. */
  public void commit(String key, long step, Path folder, Map<String, Object> about)
      throws IOException {
    Manifest.of(folder, about, disk).write(folder, disk);
    Path parent = home.resolve(key);
    ground.createFolders(parent);
    Path target = parent.resolve("%012d".formatted(step));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      remove(target);
    }
    disk.move(folder, target);
    disk.syncFolder(parent);
    List<Path> all = newestFirst(key);
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      remove(old);
    }
  }

  /**
   * What was answered to a node from outside since it began; kept beside its checkpoints and as
   * long as they are, but when it comes and not when they are saved.
   *
   * @param run that asks
   * @param counts whether the answers that a run was given count
   */
  public KeptAnswers answers(String key, String run, Predicate<String> counts) throws IOException {
    return AnswerLog.open(home.resolve(key), ground, run, counts);
  }

  /** Deletes all of a node. */
  public void clear(String key) throws IOException {
    ground.delete(DeletablePaths.ANSWERS, home.resolve(key).resolve(AnswerLog.FILE));
    for (Path folder : newestFirst(key)) {
      remove(folder);
    }
    ground.delete(DeletablePaths.NO_CHECKPOINTS, home.resolve(key));
  }

  /** Out of sight first, so that no half of one is ever seen. */
  private void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      quarantine.take(folder, "checkpoint-" + folder.getFileName()); // nothing of ours
      return;
    }
    Path gone = scratch.path();
    disk.move(folder, gone);
    scratch.delete(gone);
  }

  private List<Path> newestFirst(String key) throws IOException {
    List<Path> folders = new ArrayList<>();
    MisplacedFile.isFolder(home.resolve(key)); // a link there is not the same as nothing
    for (Path folder : StagingArea.list(home.resolve(key))) {
      if (String.valueOf(folder.getFileName()).matches("\\d{12}")) {
        folders.add(0, folder);
      }
    }
    return folders;
  }

  private static long step(Path folder) {
    return Long.parseLong(String.valueOf(folder.getFileName()));
  }
}

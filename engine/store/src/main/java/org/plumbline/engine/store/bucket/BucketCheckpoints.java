// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.plumbline.engine.store.content.Asker;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.CheckpointId;
import org.plumbline.engine.store.content.Checkpoints;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.content.Manifest;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.Trouble;

/**
 * Checkpoints as objects below {@code checkpoints/KEY}, each with its manifest, which is written
 * last and deleted first; and the answers beside them.
 */
final class BucketCheckpoints implements Checkpoints {
  private static final String HOME = "checkpoints/";
  private static final String ANSWERS = "answers/";

  private final Bucket bucket;
  private final FolderObjects objects;
  private final StagingArea scratch;

  BucketCheckpoints(Bucket bucket, FolderObjects objects, StagingArea scratch) {
    this.bucket = bucket;
    this.objects = objects;
    this.scratch = scratch;
  }

  @Override
  public Path prepare() throws IOException {
    return scratch.folder();
  }

  @Override
  public Optional<SavedCheckpoint> newest(String key, Consumer<String> problem) throws IOException {
    for (CheckpointId id : newestFirst(names(key), key)) {
      String damage;
      try {
        Path folder = prepare();
        Manifest manifest = Manifest.read(objects.manifest(manifest(key, id)));
        damage = objects.fetch(manifest, files(key, id), folder).orElse("");
        if (damage.isEmpty()) {
          return Optional.of(SavedCheckpoint.of(new Checkpoint(id.step(), folder), manifest));
        }
        scratch.discard(folder);
      } catch (IOException e) {
        damage = "it cannot be read: " + Trouble.of(e);
      }
      problem.accept("the checkpoint of step %d is damaged: %s".formatted(id.step(), damage));
      delete(names(key), key, id);
    }
    return Optional.empty();
  }

  @Override
  public long commit(String key, CheckpointId id, Path folder, Map<String, Object> about)
      throws IOException {
    Manifest manifest = Manifest.of(folder, about, Disk.REAL);
    objects.store(manifest, files(key, id), folder);
    bucket.put(manifest(key, id), manifest.bytes());
    List<String> names = names(key);
    List<CheckpointId> all = newestFirst(names, key);
    for (CheckpointId old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      delete(names, key, old);
    }
    return manifest.size();
  }

  @Override
  public Optional<Mark> look(String key) {
    List<Bucket.Listed> listed = bucket.list(home(key));
    List<CheckpointId> ids = newestFirst(listed.stream().map(Bucket.Listed::name).toList(), key);
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    CheckpointId newest = ids.get(0);
    return listed.stream()
        .filter(object -> object.name().equals(manifest(key, newest)))
        .map(object -> new Mark(newest.step(), Instant.ofEpochMilli(object.time())))
        .findFirst();
  }

  @Override
  public KeptAnswers answers(String key, Asker asker) {
    return BucketAnswers.open(bucket, home(key) + ANSWERS, asker);
  }

  @Override
  public long newestToken(String key) {
    List<String> names = names(key);
    long newest = 0;
    for (String name : names) {
      newest = Math.max(newest, id(name, key).map(CheckpointId::token).orElse(0L));
      if (name.startsWith(home(key) + ANSWERS)) {
        newest = Math.max(newest, BucketAnswers.token(name, home(key) + ANSWERS));
      }
    }
    return newest;
  }

  @Override
  public void clear(String key, long token) {
    List<String> names = names(key);
    clearStates(names, key, token);
    bucket.delete(
        names.stream()
            .filter(name -> name.startsWith(home(key) + ANSWERS))
            .filter(name -> BucketAnswers.token(name, home(key) + ANSWERS) <= token)
            .toList());
  }

  @Override
  public void clearStates(String key, long token) {
    clearStates(names(key), key, token);
  }

  /** Also of those that were never finished, which have no manifest. */
  private void clearStates(List<String> names, String key, long token) {
    for (CheckpointId id : newestFirst(names, key)) {
      if (id.token() <= token) {
        delete(names, key, id);
      }
    }
    bucket.delete(
        names.stream()
            .filter(name -> id(name, key).filter(id -> id.token() <= token).isPresent())
            .toList());
  }

  private static Optional<CheckpointId> id(String name, String key) {
    return CheckpointId.parse(name.substring(home(key).length()).split("/", -1)[0]);
  }

  @Override
  public List<Left> list() {
    Map<String, Left> all = new LinkedHashMap<>();
    for (Bucket.Listed each : bucket.list(HOME)) {
      String[] parts = each.name().substring(HOME.length()).split("/", 3);
      if (parts[0].matches(KEY) && parts.length == 3) {
        boolean answer = parts[1].equals(ANSWERS.replace("/", ""));
        Left one =
            new Left(parts[0], each.time(), answer ? 0 : each.size(), answer ? each.size() : 0);
        all.merge(parts[0], one, BucketCheckpoints::plus);
      }
    }
    return List.copyOf(all.values());
  }

  private static Left plus(Left a, Left b) {
    return new Left(
        a.key(), Math.max(a.time(), b.time()), a.states() + b.states(), a.answers() + b.answers());
  }

  private void delete(List<String> names, String key, CheckpointId id) {
    bucket.delete(List.of(manifest(key, id)));
    bucket.delete(names.stream().filter(name -> name.startsWith(files(key, id))).toList());
  }

  private List<String> names(String key) {
    return bucket.list(home(key)).stream().map(Bucket.Listed::name).toList();
  }

  private static List<CheckpointId> newestFirst(List<String> names, String key) {
    List<CheckpointId> ids = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.substring(home(key).length()).split("/", -1);
      if (parts.length == 2 && parts[1].equals(Manifest.NAME)) {
        CheckpointId.parse(parts[0]).ifPresent(ids::add);
      }
    }
    ids.sort(Comparator.reverseOrder());
    return ids;
  }

  private static String home(String key) {
    return HOME + key + "/";
  }

  private static String manifest(String key, CheckpointId id) {
    return home(key) + id.name() + "/" + Manifest.NAME;
  }

  private static String files(String key, CheckpointId id) {
    return home(key) + id.name() + "/files/";
  }
}

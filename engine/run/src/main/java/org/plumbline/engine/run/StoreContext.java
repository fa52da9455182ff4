// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.NodeLease;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.content.SavedCheckpoint;
import org.plumbline.engine.store.record.StoreFailure;

/** What a stage sees of the store while it runs. */
final class StoreContext implements StageContext, AutoCloseable {

  /** One node's work. */
  record Work(NodeRunner.Claim claim, Path output, @Nullable SavedCheckpoint checkpoint) {}

  private final Work work;
  private final PlanNode node;
  private final NodeRunner.Task task;
  private final NodeLease lease;
  private final Store store;
  private final SettingsBinder binder;
  private final CheckpointTiming timing;
  private final NodeListener listener;
  private final long begun = System.nanoTime();

  private long lastCheckpoint = begun;
  private long saving;
  private long askedSince;
  private double watched;
  private long steps;
  private boolean stopSeen;
  private @Nullable KeptAnswers answers;
  private final SharedThings shared = new SharedThings();
  private final Set<String> notes = new LinkedHashSet<>();

  StoreContext(
      Work work,
      Store store,
      SettingsBinder binder,
      CheckpointTiming timing,
      NodeListener listener) {
    this.work = work;
    this.node = work.claim().node();
    this.task = work.claim().task();
    this.lease = work.claim().lease();
    this.store = store;
    this.binder = binder;
    this.timing = timing;
    this.listener = listener;
    SavedCheckpoint found = work.checkpoint();
    this.steps = found == null ? 0 : found.checkpoint().step();
    if (found != null) {
      watched = found.watched();
      notes.addAll(found.notes());
    }
  }

  @Override
  public <T> T settings(Class<T> type) {
    return binder.bind(node.settings(), type);
  }

  @Override
  public <T> T declared(Section section, String name, Class<T> type) {
    return carried(section.key(), name, type)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s does not refer to %s `%s`".formatted(node.id(), section.noun(), name)));
  }

  @Override
  public Optional<WatchSpec> monitors() {
    return carried(WatchSpec.NAME, WatchSpec.NAME, WatchSpec.class);
  }

  @SuppressWarnings("unchecked")
  private <T> Optional<T> carried(String section, String name, Class<T> type) {
    Map<String, Object> entries = node.declared().get(section);
    Object entry = entries == null ? null : entries.get(name);
    return entry instanceof Map<?, ?> plain
        ? Optional.of(binder.bind((Map<String, Object>) plain, type))
        : Optional.empty();
  }

  @Override
  public Declarations declarations() {
    Map<String, Map<String, Object>> declared = new LinkedHashMap<>(node.declared());
    declared.remove(WatchSpec.NAME); // concerns this node alone
    return new Declarations(
        declared,
        List.copyOf(node.inputs().keySet()),
        node.files().values().stream().map(FileRef::written).distinct().toList());
  }

  @Override
  public <T> T bind(Map<String, Object> plain, Class<T> type) {
    return binder.bind(plain, type);
  }

  @Override
  public Artifact input(String role) {
    List<PlanNode.Input> read = read(role);
    if (read.size() != 1) {
      throw new IllegalStateException(
          "%s has %d inputs in the role `%s`".formatted(node.id(), read.size(), role));
    }
    return result(read.get(0));
  }

  @Override
  public List<Artifact> inputs(String role) {
    List<Artifact> artifacts = new ArrayList<>();
    read(role).forEach(input -> artifacts.add(result(input)));
    return artifacts;
  }

  @Override
  public String part(String role) {
    List<PlanNode.Input> read = read(role);
    return read.isEmpty() ? "" : read.get(0).part();
  }

  private List<PlanNode.Input> read(String role) {
    return node.inputs().getOrDefault(role, List.of());
  }

  private Artifact result(PlanNode.Input input) {
    String digest = task.inputs().get(input.key());
    if (digest == null) {
      throw StoreFailure.missing(input.node());
    }
    return store.artifacts().open(digest);
  }

  @Override
  public Artifact artifact(String digest) {
    return store.artifacts().open(digest);
  }

  @Override
  public Path file(String role) {
    FileRef file = node.files().get(role);
    if (file == null) {
      file =
          node.files().values().stream()
              .filter(named -> named.written().equals(role))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException(node.id() + " reads no file `" + role + "`"));
    }
    return store.inputs().open(file);
  }

  @Override
  public void takeOver(Path file, String name) throws IOException {
    Path target = output().resolve(name);
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    store.blobs().link(file, target);
  }

  @Override
  public long seed() {
    return node.chance();
  }

  @Override
  public Path output() {
    return work.output();
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(work.checkpoint()).map(SavedCheckpoint::checkpoint);
  }

  @Override
  public boolean checkpointDue() {
    lease.requireHeld();
    askedSince++;
    return stopAsked() || timing.due(System.nanoTime() - lastCheckpoint, askedSince, saving);
  }

  @Override
  public void saveCheckpoint(long step, FolderWriter writer) throws IOException {
    long since = System.nanoTime();
    long bytes;
    Path folder = lease.checkpointFolder();
    try {
      writer.write(folder);
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("seconds", seconds());
      about.put("watched", watched);
      about.put("run", task.run());
      about.put("inputs", task.inputs());
      about.put("notes", notes());
      bytes = lease.saveCheckpoint(step, folder, about);
    } catch (IOException e) {
      throw StoreFailure.io("save a checkpoint of " + node.id(), store.root(), 0, e);
    } finally {
      lease.discard(folder);
    }
    steps = Math.max(steps, step);
    askedSince = 0;
    lastCheckpoint = System.nanoTime();
    saving = lastCheckpoint - since;
    listener.checkpoint(step, bytes, Duration.ofNanos(saving));
    if (stopAsked()) {
      throw new StageStopped(step);
    }
  }

  @Override
  public void progress(long step, long total, Map<String, Double> metrics) {
    lease.requireHeld();
    steps = step;
    listener.progress(step, total, metrics);
    if (!stopAsked()) {
      return;
    }
    // A stage that saves checkpoints asks whether one is due before it comes here a second time.
    if (stopSeen && askedSince == 0) {
      throw new StageStopped(step);
    }
    stopSeen = true;
    askedSince = 0;
  }

  @Override
  public void watched(Duration time) {
    watched += time.toNanos() / 1e9;
  }

  @Override
  public synchronized KeptAnswers answers() {
    KeptAnswers known = answers;
    if (known == null) {
      String run = task.run();
      try {
        known = lease.answers(run, by -> !task.forced() || by.equals(run));
      } catch (IOException e) {
        throw StoreFailure.io("read the answers that " + node.id() + " has", store.root(), 0, e);
      }
      answers = known;
    }
    return known;
  }

  @Override
  public boolean stopAsked() {
    return task.stop().getAsBoolean();
  }

  @Override
  public void note(String text) {
    synchronized (notes) {
      notes.add(text);
    }
    listener.note(text);
  }

  /** What was noted, earlier attempts included as far as they were saved. */
  List<String> notes() {
    synchronized (notes) {
      return List.copyOf(notes);
    }
  }

  @Override
  public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener)
      throws IOException {
    return shared.get(name, type, opener);
  }

  @Override
  public void close() throws IOException {
    shared.close();
  }

  /** Seconds of work, earlier attempts included. */
  double seconds() {
    SavedCheckpoint found = work.checkpoint();
    double before = found == null ? 0 : found.seconds();
    return before + (System.nanoTime() - begun) / 1e9;
  }

  /** Seconds of these that went into watching the work; null if none did. */
  @Nullable Double watched() {
    return watched == 0 ? null : watched;
  }

  long steps() {
    return steps;
  }
}

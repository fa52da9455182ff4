// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;

/**
 * A stage context over plain folders. Can be told to stop after a number of checkpoints, as a
 * process that is killed does.
 */
public final class FolderContext implements StageContext {
  private final Path root;
  private final Object settings;
  private final Map<String, Object> declared = new HashMap<>();
  private final Map<String, List<Artifact>> inputs = new HashMap<>();
  private final Map<String, String> parts = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Long> totals = new ArrayList<>();
  private @Nullable Checkpoint checkpoint;
  private Map<String, Double> told = Map.of();
  private long seed = 1;
  private int stopAfter = Integer.MAX_VALUE;
  private int saved;

  /** A context that writes into {@code root/output}. */
  public FolderContext(Path root, Object settings) throws IOException {
    this.root = root;
    this.settings = settings;
    Files.createDirectories(root.resolve("output"));
  }

  /** Declares something. */
  public FolderContext declare(Section section, String name, Object value) {
    declared.put(section + " " + name, value);
    return this;
  }

  /** Gives an input, or one more of the same role. */
  public FolderContext input(String role, Path folder, String part) {
    inputs
        .computeIfAbsent(role, first -> new ArrayList<>())
        .add(new Artifact("digest of " + role, folder));
    parts.put(role, part);
    return this;
  }

  /** Gives a file. */
  public FolderContext file(String role, Path file) {
    files.put(role, file);
    return this;
  }

  /** Sets the seed. */
  public FolderContext seed(long value) {
    seed = value;
    return this;
  }

  /** Stops when so many checkpoints have been saved. */
  public FolderContext stopAfterCheckpoints(int count) {
    stopAfter = count;
    return this;
  }

  /** Goes on from the checkpoint that another context saved. */
  public FolderContext resume(FolderContext stopped) {
    checkpoint = stopped.checkpoint;
    return this;
  }

  /** What the user was told. */
  public List<String> notes() {
    return notes;
  }

  /** How many checkpoints were saved. */
  public int saved() {
    return saved;
  }

  /** A file of the output, as text. */
  public String written(String name) throws IOException {
    return Files.readString(output().resolve(name));
  }

  @Override
  public <T> T settings(Class<T> type) {
    return type.cast(settings);
  }

  @Override
  public <T> T declared(Section section, String name, Class<T> type) {
    Object value = declared.get(section + " " + name);
    if (value == null) {
      throw new IllegalStateException("not declared: " + section + " " + name);
    }
    return type.cast(value);
  }

  @Override
  public Declarations declarations() {
    return new Declarations(Map.of(), List.of(), List.of());
  }

  @Override
  public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener) {
    throw new UnsupportedOperationException("nothing is opened that outlives its use");
  }

  @Override
  public <T> T bind(Map<String, Object> plain, Class<T> type) {
    return Specs.bindCanonical(type, plain);
  }

  @Override
  public Artifact input(String role) {
    return Objects.requireNonNull(inputs.get(role), role).get(0);
  }

  @Override
  public List<Artifact> inputs(String role) {
    return List.copyOf(inputs.getOrDefault(role, List.of()));
  }

  @Override
  public String part(String role) {
    return Objects.requireNonNull(parts.get(role), role);
  }

  @Override
  public Artifact artifact(String digest) {
    throw new UnsupportedOperationException(digest);
  }

  @Override
  public Path file(String role) {
    return Objects.requireNonNull(files.get(role), role);
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Path output() {
    return root.resolve("output");
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  public boolean checkpointDue() {
    return true;
  }

  @Override
  public void saveCheckpoint(long step, FolderWriter writer) throws IOException {
    Path folder = Files.createDirectories(root.resolve("checkpoint-" + step));
    writer.write(folder);
    checkpoint = new Checkpoint(step, folder);
    if (++saved >= stopAfter) {
      throw new StageStopped(step);
    }
  }

  @Override
  public void progress(long step, long total, Map<String, Double> metrics) {
    totals.add(total);
    told = metrics;
  }

  /** What was said of how far it is the last time. */
  public Map<String, Double> told() {
    return told;
  }

  /** How much was said to be to do, each time. */
  public List<Long> totals() {
    return totals;
  }

  @Override
  public KeptAnswers answers() {
    return KeptAnswers.NONE;
  }

  @Override
  public boolean stopAsked() {
    return false;
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }
}

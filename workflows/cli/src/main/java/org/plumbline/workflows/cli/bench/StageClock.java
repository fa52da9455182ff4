// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;

/**
 * Runs a stage just as a run does, with inputs in plain folders, times its steps, and stops it when
 * it has enough.
 */
final class StageClock implements StageContext {

  /** Tells the stage to stop: it has been seen for long enough. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("timed long enough", null, false, false);
    }
  }

  private final Path output;
  private final Map<String, Object> settings;
  private final Map<String, Artifact> inputs = new LinkedHashMap<>();
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> declared = new LinkedHashMap<>();
  private @Nullable Clock clock;
  private long last;

  /**
   * Surroundings for one stage.
   *
   * @param output an empty folder
   * @param settings the keys that differ from their defaults
   */
  StageClock(Path output, Map<String, Object> settings) {
    this.output = output;
    this.settings = settings;
  }

  StageClock input(String role, Path folder) {
    inputs.put(role, new Artifact("not stored", folder));
    return this;
  }

  StageClock file(String role, Path file) {
    files.put(role, file);
    return this;
  }

  /** Declares something by the keys of its block. */
  StageClock declare(Section section, String name, Map<String, Object> block) {
    declared.computeIfAbsent(section.key(), none -> new LinkedHashMap<>()).put(name, block);
    return this;
  }

  /** Lets a stage run to its end. */
  void finish(Stage stage) {
    try {
      Files.createDirectories(output);
      stage.run(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many steps a second a stage takes in its loop. */
  double stepsPerSecond(Stage stage, double seconds) {
    Clock timing = new Clock(seconds);
    clock = timing;
    try {
      finish(stage);
    } catch (Enough enough) {
      return timing.rate();
    }
    throw new IllegalStateException(stage.operation() + " ended before it could be timed");
  }

  @Override
  public void progress(long step, long total, Map<String, Double> metrics) {
    boolean next = step > last; // what is not a step is told, too
    last = Math.max(last, step);
    if (next && clock != null && clock.tick()) {
      throw new Enough();
    }
  }

  @Override
  public <T> T settings(Class<T> type) {
    return Specs.bindCanonical(type, settings);
  }

  @Override
  public <T> T declared(Section section, String name, Class<T> type) {
    Object block = declared.getOrDefault(section.key(), Map.of()).get(name);
    if (!(block instanceof Map<?, ?> keys)) {
      throw new IllegalStateException("no `" + name + "` is declared");
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    keys.forEach((key, value) -> plain.put(String.valueOf(key), value));
    return Specs.bindCanonical(type, plain);
  }

  @Override
  public Declarations declarations() {
    return new Declarations(declared, List.of(), List.of());
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
    return Optional.ofNullable(inputs.get(role))
        .orElseThrow(() -> new IllegalStateException("no input `" + role + "`"));
  }

  @Override
  public List<Artifact> inputs(String role) {
    return inputs.containsKey(role) ? List.of(input(role)) : List.of();
  }

  @Override
  public String part(String role) {
    return "";
  }

  @Override
  public Artifact artifact(String digest) {
    throw new IllegalStateException("no artifact " + digest);
  }

  @Override
  public Path file(String role) {
    return Optional.ofNullable(files.get(role))
        .orElseThrow(() -> new IllegalStateException("no file `" + role + "`"));
  }

  @Override
  public long seed() {
    return 0;
  }

  @Override
  public Path output() {
    return output;
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return Optional.empty();
  }

  @Override
  public boolean checkpointDue() {
    return false;
  }

  @Override
  public void saveCheckpoint(long step, FolderWriter writer) {
    throw new IllegalStateException("no checkpoint is ever due");
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
    // who measures time does not read the data's notes
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.run.SharedThings;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;

/** A stage's surroundings in plain folders, with an interruption where a test wants one. */
public final class FolderContext implements StageContext {
  private static final long NEVER = -1;

  private final Path root;
  private final Object settings;
  private final long seed;
  private final Map<String, Artifact> inputs = new LinkedHashMap<>();
  private final Map<String, String> parts = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, Object> declared = new HashMap<>();
  private final Map<String, Artifact> others = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final SharedThings shared = new SharedThings();
  private @Nullable Checkpoint checkpoint;
  private @Nullable WatchSpec monitors;
  private long stopAt = NEVER;
  private long step;
  private Map<String, Double> told = Map.of();
  private @Nullable BooleanSupplier stops;
  private BooleanSupplier asked = () -> false;
  private int stopped;
  private LongConsumer watcher = done -> {};
  private int attempt;

  private FolderContext(Path root, Object settings, long seed) {
    this.root = root;
    this.settings = settings;
    this.seed = seed;
  }

  /** Surroundings below a folder that is made if it is not there. */
  public static FolderContext in(Path root, Object settings, long seed) {
    return new FolderContext(root, settings, seed);
  }

  public FolderContext input(String role, Artifact artifact) {
    inputs.put(role, artifact);
    others.put(artifact.digest(), artifact);
    return this;
  }

  public FolderContext part(String role, String part) {
    parts.put(role, part);
    return this;
  }

  public FolderContext file(String role, Path file) {
    files.put(role, file);
    return this;
  }

  public FolderContext declare(Section section, String name, Object spec) {
    declared.put(section.key() + "." + name, spec);
    return this;
  }

  /** An artifact that an input refers to by digest. */
  public FolderContext known(Artifact artifact) {
    others.put(artifact.digest(), artifact);
    return this;
  }

  /** Has thresholds watched while a policy is trained. */
  public FolderContext monitors(WatchSpec watched) {
    monitors = watched;
    return this;
  }

  @Override
  public Optional<WatchSpec> monitors() {
    return Optional.ofNullable(monitors);
  }

  /** Has somebody look on after each step. */
  public FolderContext watch(LongConsumer watcher) {
    this.watcher = watcher;
    return this;
  }

  /** Runs a stage to its end. */
  public Artifact run(Stage stage) {
    try {
      attempt++;
      Files.createDirectories(output());
      try {
        stage.run(this);
      } finally {
        shared.close();
      }
      return artifact(output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a stage, stops it after some steps, and runs it once more to its end, on another number of
   * threads than {@link #run} has.
   */
  public Artifact runInterrupted(Stage stage, long after) {
    stopAt = after;
    try {
      runOn(3, stage);
      throw new AssertionError("not interrupted");
    } catch (StageStopped e) {
      stopAt = NEVER;
      return runOn(2, stage);
    }
  }

  private Artifact runOn(int threads, Stage stage) {
    TorchRuntime.start(new TorchRuntime.Settings("cpu", threads));
    try {
      return run(stage);
    } finally {
      TorchRuntime.start(new TorchRuntime.Settings("cpu", 1));
    }
  }

  /** Runs a stage that is asked to stop, which it must obey, and runs it once more to its end. */
  public Artifact runAskedToStop(Stage stage, BooleanSupplier stopping) {
    asked = stopping;
    try {
      run(stage);
      throw new AssertionError("it did not stop");
    } catch (StageStopped e) {
      asked = () -> false;
      return run(stage);
    }
  }

  /** Runs a stage to its end that is stopped at some of its chances. */
  public Artifact runWithStops(Stage stage, BooleanSupplier atThisOne) {
    stops = atThisOne;
    while (true) {
      try {
        return run(stage);
      } catch (StageStopped e) {
        stopped++;
      }
    }
  }

  /** What was said of how far it is the last time. */
  public Map<String, Double> told() {
    return told;
  }

  /** How often it was stopped. */
  public int stopped() {
    return stopped;
  }

  /** A folder as an artifact. */
  public static Artifact artifact(Path folder) {
    return new Artifact(digest(folder), folder);
  }

  /** SHA-256 over names and contents of all files of a folder. */
  public static String digest(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        sha.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        sha.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public List<String> notes() {
    return notes;
  }

  /** The step of the checkpoint that was saved last; -1 if there is none. */
  public long checkpointStep() {
    return checkpoint == null ? NEVER : checkpoint.step();
  }

  @Override
  public <T> T settings(Class<T> type) {
    return type.cast(settings);
  }

  @Override
  public <T> T declared(Section section, String name, Class<T> type) {
    Object spec = declared.get(section.key() + "." + name);
    if (spec == null) {
      throw new IllegalStateException("the node does not refer to " + section.key() + "." + name);
    }
    return type.cast(spec);
  }

  @Override
  public Declarations declarations() {
    Map<String, Map<String, Object>> plain = new TreeMap<>();
    declared.forEach(
        (place, spec) -> {
          int dot = place.indexOf('.');
          plain
              .computeIfAbsent(place.substring(0, dot), section -> new TreeMap<>())
              .put(place.substring(dot + 1), Canonical.of(spec));
        });
    return new Declarations(plain, List.copyOf(inputs.keySet()), List.copyOf(files.keySet()));
  }

  @Override
  public <T> T bind(Map<String, Object> plain, Class<T> type) {
    return Specs.bindCanonical(type, plain);
  }

  @Override
  public Artifact input(String role) {
    Artifact artifact = inputs.get(role);
    if (artifact == null) {
      throw new IllegalStateException("no input " + role);
    }
    return artifact;
  }

  @Override
  public List<Artifact> inputs(String role) {
    return inputs.containsKey(role) ? List.of(input(role)) : List.of();
  }

  @Override
  public String part(String role) {
    return parts.getOrDefault(role, "");
  }

  @Override
  public Artifact artifact(String digest) {
    Artifact artifact = others.get(digest);
    if (artifact == null) {
      throw new IllegalStateException("no artifact " + digest);
    }
    return artifact;
  }

  @Override
  public Path file(String role) {
    Path file = files.get(role);
    if (file == null) {
      throw new IllegalStateException("no file " + role);
    }
    return file;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Path output() {
    return root.resolve("output-" + attempt);
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  public boolean checkpointDue() {
    return asked.getAsBoolean() || (stops == null ? step == stopAt : stops.getAsBoolean());
  }

  @Override
  public void saveCheckpoint(long done, FolderWriter writer) throws IOException {
    Path folder = root.resolve("checkpoint-" + done);
    Files.createDirectories(folder);
    writer.write(folder);
    checkpoint = new Checkpoint(done, folder);
    if (stopAt != NEVER || stops != null || asked.getAsBoolean()) {
      throw new StageStopped(done);
    }
  }

  @Override
  public void progress(long done, long total, Map<String, Double> metrics) {
    step = done;
    told = metrics;
    watcher.accept(done);
  }

  @Override
  public KeptAnswers answers() {
    return KeptAnswers.NONE;
  }

  @Override
  public boolean stopAsked() {
    return asked.getAsBoolean();
  }

  @Override
  public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener)
      throws IOException {
    return shared.get(name, type, opener);
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }
}

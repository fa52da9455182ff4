// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;

/**
 * What one stage was declared with, carried in its artifact to whoever uses that: evaluators, their
 * values, the files and the models that these name. Everything else is of the stage that uses it.
 *
 * <p>So a reward that asks people can be asked from within the training of a policy, whose own
 * settings say nothing of people.
 */
public final class CarriedContext implements StageContext {
  private static final String FILE = "declared.json";
  private static final String FOLDER = "files";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StageContext user;
  private final Artifact artifact;
  private final JsonNode carried;

  private CarriedContext(StageContext user, Artifact artifact, JsonNode carried) {
    this.user = user;
    this.artifact = artifact;
    this.carried = carried;
  }

  /**
   * Writes into the output of a stage all that its settings refer to.
   *
   * @param settings the plain data of what is to be bound by whoever opens it
   */
  public static void write(StageContext context, Map<String, Object> settings) throws IOException {
    Declarations all = context.declarations();
    Map<String, String> files = new LinkedHashMap<>();
    for (String role : all.files()) {
      String name = FOLDER + "/" + files.size();
      context.takeOver(context.file(role), name);
      files.put(role, name);
    }
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    for (String role : all.inputs()) {
      inputs.put(role, context.inputs(role).stream().map(Artifact::digest).toList());
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("settings", settings);
    file.put("declared", all.declared());
    file.put("inputs", inputs);
    file.put("files", files);
    JsonFiles.write(context.output().resolve(FILE), file);
  }

  /** The context in which what an artifact carries can be bound and opened. */
  public static CarriedContext open(StageContext user, Artifact artifact) throws IOException {
    return new CarriedContext(user, artifact, JsonFiles.read(artifact.file(FILE)));
  }

  @Override
  public <T> T settings(Class<T> type) {
    return bind(plain(carried.path("settings")), type);
  }

  @Override
  public <T> T declared(Section section, String name, Class<T> type) {
    JsonNode entry = carried.path("declared").path(section.key()).path(name);
    if (!entry.isObject()) {
      throw new IllegalStateException(
          "%s does not refer to %s `%s`".formatted(artifact.digest(), section.noun(), name));
    }
    return bind(plain(entry), type);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(JsonNode node) {
    return JSON.convertValue(node, Map.class);
  }

  @Override
  public Declarations declarations() {
    throw new UnsupportedOperationException("what was carried here is not carried on");
  }

  @Override
  public <T> T bind(Map<String, Object> plain, Class<T> type) {
    return user.bind(plain, type);
  }

  @Override
  public Artifact input(String role) {
    List<Artifact> all = inputs(role);
    if (all.size() != 1) {
      throw new IllegalStateException(
          "%s has %d inputs in the role `%s`".formatted(artifact.digest(), all.size(), role));
    }
    return all.get(0);
  }

  @Override
  public List<Artifact> inputs(String role) {
    List<Artifact> all = new ArrayList<>();
    for (JsonNode digest : carried.path("inputs").path(role)) {
      try {
        all.add(user.artifact(digest.asText()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  @Override
  public String part(String role) {
    return "";
  }

  @Override
  public Artifact artifact(String digest) throws IOException {
    return user.artifact(digest);
  }

  @Override
  public Path file(String written) {
    return artifact.file(carried.path("files").path(written).asText());
  }

  @Override
  public long seed() {
    return user.seed();
  }

  @Override
  public Path output() {
    return user.output();
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return user.checkpoint();
  }

  @Override
  public boolean checkpointDue() {
    return user.checkpointDue();
  }

  @Override
  public void saveCheckpoint(long step, FolderWriter writer) throws IOException {
    user.saveCheckpoint(step, writer);
  }

  @Override
  public void progress(long step, long total, Map<String, Double> metrics) {
    user.progress(step, total, metrics);
  }

  @Override
  public void watched(Duration time) {
    user.watched(time);
  }

  @Override
  public KeptAnswers answers() {
    return user.answers();
  }

  @Override
  public boolean stopAsked() {
    return user.stopAsked();
  }

  @Override
  public void note(String text) {
    user.note(text);
  }

  @Override
  public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener)
      throws IOException {
    return user.shared(name, type, opener);
  }
}

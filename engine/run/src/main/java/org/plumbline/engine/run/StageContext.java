// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;
import org.plumbline.engine.store.content.KeptAnswers;

/** Everything that a {@link Stage} may see and touch. Used by one thread. */
public interface StageContext {

  /** The settings of the node: the record that the spec declares for it. */
  <T> T settings(Class<T> type);

  /**
   * Something that is declared in the spec and is not computed: values, evaluators, a judge.
   *
   * @throws IllegalStateException if the node does not refer to it
   */
  <T> T declared(Section section, String name, Class<T> type);

  /** What a policy is watched by while this node trains it; empty if nobody watches. */
  default Optional<WatchSpec> monitors() {
    return Optional.empty();
  }

  /** All that the node refers to, for an artifact that carries it on. */
  Declarations declarations();

  /**
   * A record of the spec that another stage has written into its artifact as plain data.
   *
   * @param plain its keys; for one of several kinds {@code {kind: {…}}}
   */
  <T> T bind(Map<String, Object> plain, Class<T> type);

  /**
   * The artifact that a key of the settings refers to, {@code from} or {@code reward}, or that a
   * declared thing names: {@code models.critic}.
   */
  Artifact input(String role);

  /** All artifacts of a role, in the order of the plan; empty if there is none. */
  List<Artifact> inputs(String role);

  /** Which part of an input is meant: {@code held_out}, or empty for its main part. */
  String part(String role);

  /** An artifact that another artifact refers to by digest. */
  Artifact artifact(String digest) throws IOException;

  /**
   * The copy of the file or folder that a key of the settings names; its content has the digest in
   * the plan. Its name says nothing: messages name the file as the settings do.
   */
  Path file(String role);

  /**
   * Takes a file of an input over into the output as it is; where the system can, its content is in
   * the store once.
   *
   * @param file within {@link #file} or an artifact
   * @param name in the output, perhaps in a folder
   */
  default void takeOver(Path file, String name) throws IOException {
    Path target = output().resolve(name);
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.copy(file, target);
  }

  /** The seed of this node; all randomness is drawn from streams keyed by it. */
  long seed();

  /** An empty folder; what is in it at the end becomes the artifact. */
  Path output();

  /** The newest valid checkpoint of this very node, if it was interrupted before. */
  Optional<Checkpoint> checkpoint();

  /** Whether it is time to save a checkpoint: some seconds have passed, or a stop was asked for. */
  boolean checkpointDue();

  /**
   * Saves a checkpoint: complete or not at all.
   *
   * @param step the number of steps that are done
   * @param writer writes the files into the folder that it is given
   * @throws StageStopped after saving, if the run was told to stop
   */
  void saveCheckpoint(long step, FolderWriter writer) throws IOException;

  /**
   * Says how far the work is. Cheap; call it every step.
   *
   * @param step steps done so far
   * @param total steps in all
   * @param metrics what there is to see, in the order to show it
   * @throws StageStopped if the run was told to stop and this stage has never saved a checkpoint
   */
  void progress(long step, long total, Map<String, Double> metrics);

  /**
   * Says that time was spent on watching the work, such as answers for a learning curve, rather
   * than on the work itself.
   */
  default void watched(Duration time) {}

  /** What was answered from outside to this very node, now and before it was interrupted. */
  KeptAnswers answers();

  /**
   * Whether the run was told to stop. For stages that wait for something outside, which must give
   * up with {@link StageStopped} then; of any thread.
   */
  boolean stopAsked();

  /**
   * Something that several parts of the stage use: opened when it is first asked for, and closed
   * when the stage has ended, however it ends.
   *
   * @param name tells it from others of its type
   */
  <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener)
      throws IOException;

  /** Tells the user something about the data or the result, once, in one sentence. */
  void note(String text);

  /**
   * Everything that the settings of a node refer to.
   *
   * @param declared plain data of declared things: section, name, data
   * @param inputs the roles of computed things
   * @param files as settings write their paths, each once
   */
  record Declarations(
      Map<String, Map<String, Object>> declared, List<String> inputs, List<String> files) {}

  /** Opens something. */
  @FunctionalInterface
  interface Opener<T> {
    T open() throws IOException;
  }

  /** Writes files into a folder. */
  @FunctionalInterface
  interface FolderWriter {
    void write(Path folder) throws IOException;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ModelUse;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.store.content.Artifact;

/**
 * Writes what a run made in the form that transformers reads: a policy for {@code
 * AutoModelForCausalLM}, a reward model for {@code AutoModelForSequenceClassification}.
 *
 * <p>An ensemble of reward models becomes one folder for each member, {@code member-0}, {@code
 * member-1}…; {@code reward.json} beside them says how their scores are normalised and combined.
 */
public final class ModelExport {
  private static final String REWARD = "reward.json";
  private static final String MEMBERS = "members";

  private ModelExport() {}

  /** Whether an artifact holds weights: a model, a policy that was trained, or a reward model. */
  public static boolean holdsWeights(Artifact artifact) {
    return Files.exists(artifact.file("config.json")) || Files.isDirectory(artifact.file(MEMBERS));
  }

  /** Whether an artifact is a way of sampling, made of others. */
  public static boolean isComposition(Artifact artifact) {
    return Models.isComposition(artifact);
  }

  /**
   * What every prompt begins with that a policy was trained to be asked after; empty if nothing.
   * Other programs do not know of it.
   */
  public static String mark(Artifact artifact) {
    List<Artifact> members = members(artifact);
    return ModelUse.of((members.isEmpty() ? artifact : members.get(0)).folder()).mark();
  }

  /** Writes an artifact's models into an empty folder. */
  public static void write(Artifact artifact, Path folder) throws IOException {
    if (!Files.exists(artifact.file(REWARD))) {
      model(artifact, folder);
      return;
    }
    List<Artifact> members = members(artifact);
    for (int m = 0; m < members.size(); m++) {
      Path target = members.size() == 1 ? folder : folder.resolve("member-" + m);
      Files.createDirectories(target);
      model(members.get(m), target);
    }
    Files.copy(artifact.file(REWARD), folder.resolve(REWARD));
  }

  /**
   * Writes the adapter of a policy alone, as PEFT reads it.
   *
   * @param base the folder or name of the model that it was made for
   * @return false if the policy has no adapter
   */
  public static boolean writeAdapter(Artifact artifact, Path folder, String base) {
    try (LanguageModel model = Models.load(artifact)) {
      if (model.adapter() == null) {
        return false;
      }
      model.saveAdapter(folder, base);
      return true;
    }
  }

  private static List<Artifact> members(Artifact artifact) {
    List<Artifact> members = new ArrayList<>();
    Path folder = artifact.file(MEMBERS);
    for (int m = 0; Files.isDirectory(folder.resolve(String.valueOf(m))); m++) {
      members.add(new Artifact(artifact.digest(), folder.resolve(String.valueOf(m))));
    }
    return members;
  }

  private static void model(Artifact artifact, Path folder) {
    try (LanguageModel model = Models.load(artifact)) {
      model.export(folder, model.storedType());
    }
  }
}

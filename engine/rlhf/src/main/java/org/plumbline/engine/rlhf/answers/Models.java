// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.nio.file.Files;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Opens the artifacts that are models, and tells them from compositions of several. */
public final class Models {

  /** The file that says what a composition is made of; a model has none. */
  public static final String COMPOSITION = "policy.json";

  private Models() {}

  /** Opens the model that a role of the settings names, to train it or to ask for probabilities. */
  public static LanguageModel openModel(StageContext context, String role) {
    return openModel(context.input(role), role);
  }

  /**
   * Opens a model.
   *
   * @param role the key that names it, for messages
   */
  public static LanguageModel openModel(Artifact artifact, String role) {
    if (isComposition(artifact)) {
      throw new StageFailure(
          "PLB0219",
          "`" + role + "` names a way of sampling, which has no weights of its own",
          role,
          "name the policy that it samples");
    }
    return load(artifact);
  }

  /**
   * Opens the model that a role of the settings names and adds the adapter that is trained in place
   * of its weights, if it was imported with one.
   */
  public static LanguageModel openToTrain(StageContext context, String role) {
    try (LanguageModel model = openModel(context, role)) {
      return model.toTrain(context.seed());
    }
  }

  /** Opens an artifact that is a model. */
  public static LanguageModel load(Artifact artifact) {
    try {
      return LanguageModel.load(artifact.folder());
    } catch (ModelFormatException e) {
      throw new StageFailure(
          "PLB0540",
          String.valueOf(e.getMessage()),
          null,
          "`plumb model " + artifact.folder() + "` says what the folder holds");
    }
  }

  /** Whether a policy is made of others rather than a model. */
  public static boolean isComposition(Artifact policy) {
    return Files.exists(policy.file(COMPOSITION));
  }
}

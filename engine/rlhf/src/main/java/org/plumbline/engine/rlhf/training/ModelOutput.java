// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TrainedPart;
import org.plumbline.engine.run.StageContext;

/**
 * Writes models into the results of stages: an adapter with the very weight files of the model that
 * it was trained on, which the store has once, however many results hold them.
 */
public final class ModelOutput {
  private ModelOutput() {}

  /**
   * Writes a model.
   *
   * @param folder of the output; empty for the output itself
   */
  public static void write(StageContext context, LanguageModel model, String folder)
      throws IOException {
    Path target = context.output().resolve(folder);
    Files.createDirectories(target);
    for (Path weights : TrainedPart.saveBeside(model, target)) {
      String name = String.valueOf(weights.getFileName());
      context.takeOver(weights, folder.isEmpty() ? name : folder + "/" + name);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.models;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Brings a model folder in Hugging Face's form into the store: the files that make up the model,
 * byte for byte, once for all seeds.
 *
 * <p>The folder's content is part of the node's key, so a changed file means a new import. What
 * does not fit together is said here, before anything is trained: missing, misshapen and unexpected
 * tensors by name, a tokenizer larger than the embeddings, a context longer than the model's.
 */
public final class ImportModel implements Stage {

  @Override
  public String operation() {
    return "huggingface";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ModelSpec.HuggingFace settings = context.settings(ModelSpec.HuggingFace.class);
    ModelFolder model = look(context);
    List<String> problems = model.problems(settings);
    if (!problems.isEmpty()) {
      throw failure(settings.directory() + ": " + ModelFolder.listed(problems));
    }
    for (String name : model.files()) {
      context.takeOver(model.folder().resolve(name), name);
    }
    ModelFolder.use(settings).write(context.output());
    JsonFiles.write(context.output().resolve("summary.json"), summary(model));
  }

  private static ModelFolder look(StageContext context) {
    try {
      return ModelFolder.of(context.file("directory"));
    } catch (ModelFormatException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  private static StageFailure failure(String what) {
    return new StageFailure(
        "PLB0540", what, "directory", "`plumb model DIR` says what a folder holds");
  }

  private static Map<String, Object> summary(ModelFolder model) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", "huggingface");
    summary.put("steps", 0);
    summary.put("architecture", model.summary().architecture());
    summary.put("parameters", model.summary().parameters());
    summary.put("dtype", model.summary().types());
    summary.put("context", model.summary().config().contextLength());
    summary.put("tokens", model.summary().tokens());
    summary.put("files", model.files());
    return summary;
  }
}

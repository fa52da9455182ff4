// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.plan.ContentDigest;
import org.plumbline.engine.plan.InputFault;
import org.plumbline.engine.plan.NamedFile;
import org.plumbline.engine.rlhf.models.ModelFolder;

/** Looks at the model folders that a spec names, long before one of them is read. */
public final class ModelFolders {

  private ModelFolders() {}

  /**
   * What is wrong with them.
   *
   * @param folder that paths in the spec are relative to
   */
  public static List<Diagnostic> check(SpecResult spec, Path folder) {
    Map<ModelSpec.HuggingFace, Diagnostic> found = new LinkedHashMap<>();
    spec.experiment().ifPresent(experiment -> check(experiment, spec, folder, found));
    for (Recipe recipe : spec.recipes()) {
      check(recipe.experiment(), spec, folder, found);
    }
    return new ArrayList<>(found.values());
  }

  private static void check(
      Experiment experiment,
      SpecResult spec,
      Path folder,
      Map<ModelSpec.HuggingFace, Diagnostic> found) {
    SpecFiles files = new SpecFiles(spec, folder);
    for (Map.Entry<String, ModelSpec> entry : experiment.models().entrySet()) {
      if (!(entry.getValue() instanceof ModelSpec.HuggingFace named) || found.containsKey(named)) {
        continue;
      }
      NamedFile file =
          new NamedFile(
              named.directory(), "models." + entry.getKey() + ".directory", FileKind.FOLDER);
      Path directory = PlainPath.of(folder.resolve(named.directory()));
      try {
        ContentDigest.require(directory, FileKind.FOLDER);
        String problem = problem(named, directory);
        if (!problem.isEmpty()) {
          found.put(
              named,
              Diagnostic.of(Code.PLB0540, files.place(file), problem)
                  .help("`plumb model DIR` says what a folder holds"));
        }
      } catch (InputFault fault) {
        found.put(named, files.fault(file, fault));
      }
    }
  }

  private static String problem(ModelSpec.HuggingFace named, Path directory) {
    try {
      List<String> problems = ModelFolder.of(directory).problems(named);
      return problems.isEmpty() ? "" : named.directory() + ": " + ModelFolder.listed(problems);
    } catch (ModelFormatException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

package org.plumbline.workflows.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.Code;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.lm.ModelFormatException;
import org.plumbline.engine.rlhf.models.ModelFolder;

/** Looks at the model folders that a spec names, long before one of them is read. */
final class ModelFolders {

  private ModelFolders() {}

  /**
   * What is wrong with them.
   *
   * @param folder that paths in the spec are relative to
   */
  static List<Diagnostic> check(SpecResult spec, Path folder) {
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
    for (ModelSpec model : experiment.models().values()) {
      if (model instanceof ModelSpec.HuggingFace named && !found.containsKey(named)) {
        String problem = problem(named, folder.resolve(named.directory()));
        if (!problem.isEmpty()) {
          boolean missing = !Files.isDirectory(folder.resolve(named.directory()));
          found.put(
              named,
              Diagnostic.of(
                      missing ? Code.PLB0504 : Code.PLB0540,
                      Place.of(spec, named.directory()),
                      problem)
                  .help(
                      missing
                          ? "paths in a spec start from the folder that the spec is in"
                          : "`plumb model DIR` says what a folder holds"));
        }
      }
    }
  }

  private static String problem(ModelSpec.HuggingFace named, Path directory) {
    if (!Files.isDirectory(directory)) {
      return "there is no folder `" + named.directory() + "`";
    }
    try {
      List<String> problems = ModelFolder.of(directory).problems(named);
      return problems.isEmpty() ? "" : named.directory() + ": " + ModelFolder.listed(problems);
    } catch (ModelFormatException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

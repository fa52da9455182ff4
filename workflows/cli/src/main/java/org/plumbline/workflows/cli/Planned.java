package org.plumbline.workflows.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.Provenance;
import org.plumbline.engine.store.RunRecord;
import org.plumbline.engine.store.RunStart;

/**
 * A spec and the plan that was made of it.
 *
 * @param name the file's name
 * @param folder that paths in the spec are relative to
 */
record Planned(String name, Path folder, SpecResult spec, Experiment experiment, Plan plan) {

  /** Thrown when a spec cannot be planned; the diagnostics say why. */
  static final class Unplannable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    Unplannable(List<Diagnostic> diagnostics) {
      super(diagnostics.size() + " diagnostics");
      this.diagnostics = List.copyOf(diagnostics);
    }

    List<Diagnostic> diagnostics() {
      return diagnostics;
    }
  }

  /**
   * Reads a spec and plans it.
   *
   * @throws Unplannable if the spec has errors or a file that it names cannot be read
   */
  static Planned of(Plumb plumb, Path given, SpecArguments arguments, Engine engine) {
    SpecResult spec = arguments.readToPlan(plumb, given);
    Optional<Experiment> experiment = spec.experiment();
    if (spec.hasErrors() || experiment.isEmpty()) {
      throw new Unplannable(spec.diagnostics());
    }
    Path file = PlainPath.of(plumb.path(given));
    Path folder = folderOf(plumb, given);
    List<Diagnostic> models = ModelFolders.check(spec, folder);
    if (!models.isEmpty()) {
      throw new Unplannable(models);
    }
    Planner planner = new Planner(Planned::version, engine.runtime(), new SpecFiles(spec, folder));
    String digest = Sha256.of(spec.file().text());
    Plan plan = planner.plan(experiment.get(), spec.recipes(), digest);
    Outside.of(plan).keys(plumb.environment());
    List<Diagnostic> exposed = Outside.exposed(spec, plan);
    if (!exposed.isEmpty()) {
      throw new Unplannable(exposed);
    }
    return new Planned(String.valueOf(file.getFileName()), folder, spec, experiment.get(), plan);
  }

  /** The folder that a spec is in, and that its paths start from. */
  static Path folderOf(Plumb plumb, Path spec) {
    Path file = PlainPath.of(plumb.path(spec));
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  private static int version(String operation) {
    Stage stage = Stages.byOperation().get(operation);
    // Planned all the same, so that one sees what it would do; `mustRun` refuses it.
    return stage == null ? 0 : stage.version();
  }

  /**
   * Refuses what can only be planned.
   *
   * @throws Unplannable if the spec says what no stage computes yet, or a key cannot be one
   */
  void mustRun(Map<String, String> environment) {
    if (!spec.notAvailable().isEmpty()) {
      throw new Unplannable(spec.notAvailable());
    }
    List<Diagnostic> keys = Outside.of(plan).keys(environment, spec);
    if (!keys.isEmpty()) {
      throw new Unplannable(keys);
    }
  }

  /** What a new run of it is about. */
  RunStart start(Map<String, String> overrides, Engine engine) {
    RunRecord.Spec text = new RunRecord.Spec(name, spec.file().text(), plan.specDigest());
    Provenance provenance = Provenance.here(Version.text(), engine.runtime());
    return new RunStart(
        plan, text, folder.toString(), Canonical.of(experiment), overrides, provenance);
  }
}

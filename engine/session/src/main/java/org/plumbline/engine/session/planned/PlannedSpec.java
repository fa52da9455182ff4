// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.plan.Operations;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStart;

/**
 * A spec and the plan that was made of it.
 *
 * @param name the file's name
 * @param folder that paths in the spec are relative to
 */
public record PlannedSpec(
    String name, Path folder, SpecResult spec, Experiment experiment, Plan plan) {

  /** Thrown when a spec cannot be planned; the diagnostics say why. */
  public static final class Unplannable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    Unplannable(List<Diagnostic> diagnostics) {
      super(diagnostics.size() + " diagnostics");
      this.diagnostics = List.copyOf(diagnostics);
    }

    public List<Diagnostic> diagnostics() {
      return diagnostics;
    }
  }

  /**
   * Plans a spec that was read.
   *
   * @param file the spec's
   * @param environment where the keys of endpoints are looked for
   * @throws Unplannable if the spec has errors or a file that it names cannot be read
   */
  public static PlannedSpec of(
      SpecResult spec, Path file, NumericRuntime runtime, Map<String, String> environment) {
    Optional<Experiment> experiment = spec.experiment();
    if (spec.hasErrors() || experiment.isEmpty()) {
      throw new Unplannable(spec.diagnostics());
    }
    Path folder = folderOf(file);
    List<Diagnostic> models = ModelFolders.check(spec, folder);
    if (!models.isEmpty()) {
      throw new Unplannable(models);
    }
    Planner planner = new Planner(OPERATIONS, runtime.parts(), new SpecFiles(spec, folder));
    String digest = Sha256.of(spec.file().text());
    Plan plan = planner.plan(experiment.get(), spec.recipes(), digest);
    List<Diagnostic> rows = SpecRows.check(spec, plan);
    if (!rows.isEmpty()) {
      throw new Unplannable(rows);
    }
    OutboundRequests.of(plan).keys(environment);
    List<Diagnostic> exposed = OutboundRequests.exposed(spec, plan);
    if (!exposed.isEmpty()) {
      throw new Unplannable(exposed);
    }
    return new PlannedSpec(
        String.valueOf(PlainPath.of(file).getFileName()), folder, spec, experiment.get(), plan);
  }

  /** What the stages of this program say of their operations. */
  static final Operations OPERATIONS =
      new Operations() {
        @Override
        public int version(String operation) {
          Stage stage = Stages.byOperation().get(operation);
          // Planned all the same, so that one sees what it would do; `mustRun` refuses it.
          return stage == null ? 0 : stage.version();
        }

        @Override
        public boolean computesWithEngine(String operation) {
          Stage stage = Stages.byOperation().get(operation);
          return stage == null || stage.computesWithEngine();
        }
      };

  /** The folder that a spec is in, and that its paths start from. */
  public static Path folderOf(Path spec) {
    Path file = PlainPath.of(spec);
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  /**
   * Refuses what can only be planned.
   *
   * @throws Unplannable if the spec says what no stage computes yet, or a key cannot be one
   */
  public void mustRun(Map<String, String> environment) {
    if (!spec.notAvailable().isEmpty()) {
      throw new Unplannable(spec.notAvailable());
    }
    List<Diagnostic> keys = OutboundRequests.of(plan).keys(environment, spec);
    if (!keys.isEmpty()) {
      throw new Unplannable(keys);
    }
  }

  /**
   * What a new run of it is about.
   *
   * @param overrides what was changed on the command line, by path
   * @param version of this program
   */
  public RunStart start(Map<String, String> overrides, String version, NumericRuntime runtime) {
    RunRecord.Spec text = new RunRecord.Spec(name, spec.file().text(), plan.specDigest());
    Provenance provenance = Provenance.here(version, runtime.parts());
    return new RunStart(
        plan, text, folder.toString(), Canonical.of(experiment), overrides, provenance);
  }
}

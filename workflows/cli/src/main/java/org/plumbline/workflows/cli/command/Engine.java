// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.engine.lm.failure.TorchUnavailableException;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.run.CheckpointTiming;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.session.StoredRun;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.session.planned.MachineMemory;
import org.plumbline.engine.session.planned.MemoryNeeds;
import org.plumbline.engine.session.planned.NumericRuntime;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Refusal;

/** The device and the threads that a command computes with. */
public final class Engine {

  private final NumericRuntime runtime;
  private final int threads;

  public Engine(String device, int threads) {
    if (!TorchRuntime.isDevice(device)) {
      throw Refusal.mistake("unknown device `" + device + "`", "use `cpu`, `cuda:0` or `mps`");
    }
    if (threads < 1) {
      throw Refusal.mistake("`--threads` must be at least 1, but is " + threads);
    }
    this.runtime = new NumericRuntime(device);
    this.threads = threads;
  }

  String device() {
    return runtime.device();
  }

  int threads() {
    return threads;
  }

  /**
   * Loads the engine.
   *
   * @throws Refusal if the engine or the device cannot be used here
   */
  TorchRuntime start() {
    try {
      return TorchRuntime.start(new TorchRuntime.Settings(device(), threads()));
    } catch (TorchUnavailableException e) {
      throw Refusal.mistake(
          String.valueOf(e.getMessage()),
          "`plumb doctor` says what there is, and what a GPU needs",
          "without `--device`, the CPU is used");
    }
  }

  /** Loads the engine for a stage, which fails if that cannot be done. */
  void startForStage() {
    try {
      TorchRuntime.start(new TorchRuntime.Settings(device(), threads()));
    } catch (TorchUnavailableException e) {
      String help =
          "`plumb doctor` says what there is; natives are unpacked into DJL_CACHE_DIR, else below the"
              + " home folder, which must be writable";
      throw new StageFailure("PLB0901", String.valueOf(e.getMessage()), null, help);
    }
  }

  /** What this version computes must be what the plan says: keys promise it. */
  void mustFit(String run, Plan plan) {
    Map<String, Stage> stages = Stages.byOperation();
    for (PlanNode node : plan.nodes()) {
      Stage stage = stages.get(node.operation());
      if (stage == null || stage.version() != node.version() || !fits(stage, node)) {
        throw Refusal.mistake(
            "run " + run + " was planned for another version or device: " + node.id(),
            "planned: " + node.operation() + " v" + node.version() + ", " + node.parts().runtime(),
            "run the spec again; what did not change is reused");
      }
    }
  }

  /** Keys of older versions hold the engine though nothing of the node depends on it. */
  private boolean fits(Stage stage, PlanNode node) {
    return !stage.computesWithEngine() || node.parts().runtime().equals(runtime().parts());
  }

  /** What is done of a run in a process that computes with this engine. */
  StoredRun work(Store store, ActiveRun run) {
    return new StoredRun(
        store,
        run,
        List.copyOf(Stages.byOperation().values()),
        ForcedNodes.kept(run.record().overrides().getOrDefault(ForcedNodes.KEPT_AS, "")),
        checkpoints(),
        this::startForStage,
        OutboundRequests.of(run.plan()).nodes());
  }

  /** Tests save checkpoints more often, so that a very short stage can be interrupted. */
  private static CheckpointTiming checkpoints() {
    Long millis = Long.getLong("plumb.checkpoint.millis");
    return millis == null
        ? CheckpointTiming.DEFAULT
        : CheckpointTiming.every(Duration.ofMillis(millis));
  }

  /** Refuses a device that is not there before anything is begun; the CPU always is. */
  void mustBeThere() {
    if (!device().equals("cpu")) {
      start();
    }
  }

  /** Warnings about trainings that need more memory than there is; of a GPU it is not known. */
  List<Diagnostic> memoryWarnings(PlannedSpec planned) {
    return device().equals("cpu")
        ? memory(planned).warnings(planned.spec(), MachineMemory.bytes())
        : List.of();
  }

  /** What the trainings of a plan need. */
  MemoryNeeds memory(PlannedSpec planned) {
    return new MemoryNeeds(planned.plan(), threads);
  }

  /** What numbers depend on besides settings and data. */
  NumericRuntime runtime() {
    return runtime;
  }
}

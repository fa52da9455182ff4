// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.engine.lm.failure.TorchUnavailableException;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.session.planned.MachineMemory;
import org.plumbline.engine.session.planned.MemoryNeeds;
import org.plumbline.engine.session.planned.NumericRuntime;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.workflows.cli.console.Refusal;

/** The device and the threads that a command computes with. */
public final class Engine {

  private final NumericRuntime runtime;

  public Engine(String device, int threads) {
    if (!TorchRuntime.isDevice(device)) {
      throw Refusal.mistake("unknown device `" + device + "`", "use `cpu`, `cuda:0` or `mps`");
    }
    if (threads < 1) {
      throw Refusal.mistake("`--threads` must be at least 1, but is " + threads);
    }
    this.runtime = new NumericRuntime(device, threads);
  }

  String device() {
    return runtime.device();
  }

  int threads() {
    return runtime.threads();
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

  /** Refuses a device that is not there before anything is begun; the CPU always is. */
  void mustBeThere() {
    if (!device().equals("cpu")) {
      start();
    }
  }

  /** Warnings about trainings that need more memory than there is; of a GPU it is not known. */
  List<Diagnostic> memoryWarnings(PlannedSpec planned) {
    return device().equals("cpu")
        ? new MemoryNeeds(planned.plan()).warnings(planned.spec(), MachineMemory.bytes())
        : List.of();
  }

  /** What numbers depend on besides settings and data. */
  NumericRuntime runtime() {
    return runtime;
  }
}

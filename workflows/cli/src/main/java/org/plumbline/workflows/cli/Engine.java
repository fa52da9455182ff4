package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.engine.lm.TorchRuntime;
import org.plumbline.engine.lm.TorchUnavailableException;
import org.plumbline.workflows.cli.console.Refusal;

/** What numbers depend on besides settings and data; known without loading the engine. */
final class Engine {

  private final String device;
  private final int threads;

  Engine(String device, int threads) {
    if (!TorchRuntime.isDevice(device)) {
      throw Refusal.mistake("unknown device `" + device + "`", "use `cpu`, `cuda:0` or `mps`");
    }
    if (threads < 1) {
      throw Refusal.mistake("`--threads` must be at least 1, but is " + threads);
    }
    this.device = device;
    this.threads = threads;
  }

  String device() {
    return device;
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
      return TorchRuntime.start(new TorchRuntime.Settings(device, threads));
    } catch (TorchUnavailableException e) {
      throw Refusal.mistake(
          String.valueOf(e.getMessage()),
          "`plumb doctor` says what there is, and what a GPU needs",
          "without `--device`, the CPU is used");
    }
  }

  /** Refuses a device that is not there before anything is begun; the CPU always is. */
  void mustBeThere() {
    if (!device.equals("cpu")) {
      start();
    }
  }

  /** Warnings about trainings that need more memory than there is; of a GPU it is not known. */
  List<Diagnostic> memoryWarnings(Planned planned) {
    return device.equals("cpu")
        ? new MemoryNeeds(planned.plan()).warnings(planned, MachineMemory.bytes())
        : List.of();
  }

  /**
   * The parts of every key that speak of the engine. The number of threads counts only if it is not
   * one: it changes the order of additions.
   */
  Map<String, String> runtime() {
    Map<String, String> runtime = new TreeMap<>();
    runtime.put("engine", name());
    runtime.put("device", device.replaceFirst(":.*", ""));
    runtime.put("number type", "float32");
    if (threads != 1) {
      runtime.put("threads", String.valueOf(threads));
    }
    return runtime;
  }

  /** Name and version of the engine that is bundled. */
  static String name() {
    try (InputStream in =
        Engine.class.getClassLoader().getResourceAsStream("native/lib/pytorch.properties")) {
      if (in == null) {
        throw new IllegalStateException("no native library of PyTorch is on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return "PyTorch " + properties.getProperty("version", "?").replaceFirst("-.*", "");
    } catch (IOException e) {
      throw new IllegalStateException("the version of PyTorch cannot be read", e);
    }
  }
}

package org.plumbline.workflows.cli;

import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Option;

/** Options that say what to compute with. */
final class EngineOptions {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu (the default), cuda:0 or another GPU, or mps")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of one operation (1); more change the last bits of results")
  private int threads = 1;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "how many nodes are computed at once (the number of cores)")
  private int parallel = Runtime.getRuntime().availableProcessors();

  Engine engine() {
    return new Engine(device, threads);
  }

  int parallel() {
    if (parallel < 1) {
      throw Refusal.mistake("`--parallel` must be at least 1, but is " + parallel);
    }
    return parallel;
  }
}

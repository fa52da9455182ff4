// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.TrainingState;

/**
 * How much memory a model in training takes: from the process as it is once libtorch has been
 * loaded and used, to its largest extent over some steps. Linux only; in a process of its own,
 * since memory that was used before would be used again.
 */
public final class MemoryStep {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int STEPS = 10;
  private static final double KILOBYTES = 1024 / 1e6;

  private MemoryStep() {}

  /** Returns whether this system says how much memory a process takes. */
  public static boolean possible() {
    return Files.isReadable(STATUS);
  }

  /**
   * Returns megabytes (of a million bytes).
   *
   * @param start the folder of the model to train
   */
  public static double megabytes(Setting setting, Path start) throws IOException {
    MadeUpWords words = new MadeUpWords(setting.vocabulary());
    words.tokenizer(); // its library is no part of the training
    try (TensorScope scope = TensorScope.open()) {
      Tensor warm = Tensor.ones(64, 64);
      warm.mul(warm).sum().item();
    }
    double before = field("VmRSS:");
    LanguageModel model = LanguageModel.load(start);
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < setting.batch(); i++) {
      rows.add(new Sequence(words.ids(setting.context()), 0));
    }
    AdamW.Settings adamW = new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, 1);
    try (TrainingState training = new TrainingState(model, adamW)) {
      for (int i = 0; i < STEPS; i++) {
        LmBench.learn(training, rows, 1e-3);
      }
    }
    return (field("VmHWM:") - before) * KILOBYTES;
  }

  private static double field(String name) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(name)) {
        return Double.parseDouble(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException(STATUS + " has no " + name);
  }
}

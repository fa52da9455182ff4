// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * A model directory of about 500 MB, read back while it is still in the system's memory.
 *
 * <p>Every number is looked at once, so that a file that is only mapped has been read, too.
 */
final class BigDirectory {
  private static final ModelConfig.Size SIZE = new ModelConfig.Size(768, 17, 12);
  private static final double NANOS = 1e9;

  private final Setting setting;
  private final MadeUpWords words;

  BigDirectory(Setting setting, MadeUpWords words) {
    this.setting = setting;
    this.words = words;
  }

  /** Reads the directory, which is made if it is not there. */
  double seconds(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectory(directory);
      try (LanguageModel model =
          LanguageModel.create(setting.config(SIZE, setting.vocabulary()), words.tokenizer(), 0)) {
        model.save(directory);
      }
      read(directory); // the first time loads classes and warms the page cache
    }
    long begun = System.nanoTime();
    read(directory);
    return (System.nanoTime() - begun) / NANOS;
  }

  private static void read(Path directory) {
    try (LanguageModel model = LanguageModel.load(directory);
        TensorScope scope = TensorScope.open()) {
      model.parameters().asMap().values().forEach(tensor -> tensor.sum().item());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** In processes of their own: libraries that this one has loaded stay. */
class UnwritableCacheIT {

  @TempDir private Path folder;

  @Test
  void thatNoLibraryCanBeUnpackedIsNoFaultOfTheModel() throws Exception {
    Tokenizer tokenizer = Tokenizer.train(List.of("a plumb line"), 257);
    ModelConfig config = ModelConfig.gpt2(257, 24, new ModelConfig.Size(8, 1, 2), 0);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, 1)) {
      model.save(folder.resolve("model"));
    }
    Path file = Files.writeString(folder.resolve("no-folder"), "");

    PlumbProcess.Ended ended =
        PlumbProcess.start(
                Map.of("DJL_CACHE_DIR", file.toString()), folder, List.of("model", "model"))
            .await();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("cannot load the library of tokenizers", file + ", which is no folder")
        .contains("DJL_CACHE_DIR", "plumb doctor")
        .doesNotContain("the tokenizer cannot be used");
  }
}

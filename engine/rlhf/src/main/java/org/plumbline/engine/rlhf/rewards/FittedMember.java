// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TrainedPart;
import org.plumbline.engine.rlhf.training.ModelOutput;
import org.plumbline.engine.run.StageContext;

/**
 * One model of an ensemble.
 *
 * @param numbers that were fitted beside it, such as cut points
 */
record FittedMember(LanguageModel model, double[] numbers) {
  private static final String NUMBERS = "likelihood.json";

  /**
   * Goes on with what {@link #keep} wrote.
   *
   * @param start makes the member as it was before it was fitted
   */
  static FittedMember load(Path folder, Supplier<LanguageModel> start) throws IOException {
    Path file = folder.resolve(NUMBERS);
    double[] numbers = {};
    if (Files.exists(file)) {
      JsonNode values = JsonFiles.read(file).path("numbers");
      numbers = new double[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.get(i).asDouble();
      }
    }
    return new FittedMember(TrainedPart.load(folder, start), numbers);
  }

  /** Writes it for {@link RewardModel#open}. */
  void write(StageContext context, String folder) throws IOException {
    ModelOutput.write(context, model, folder);
    writeNumbers(context.output().resolve(folder));
  }

  /** Writes what was fitted of it into a checkpoint. */
  void keep(Path folder) throws IOException {
    TrainedPart.save(model, folder);
    writeNumbers(folder);
  }

  private void writeNumbers(Path folder) throws IOException {
    if (numbers.length > 0) {
      JsonFiles.write(
          folder.resolve(NUMBERS), Map.of("numbers", Arrays.stream(numbers).boxed().toList()));
    }
  }
}

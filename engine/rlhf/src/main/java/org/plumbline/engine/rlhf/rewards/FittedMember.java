// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;

/**
 * One model of an ensemble.
 *
 * @param numbers that were fitted beside it, such as cut points
 */
record FittedMember(LanguageModel model, double[] numbers) {
  private static final String NUMBERS = "likelihood.json";

  static FittedMember load(Path folder) throws IOException {
    Path file = folder.resolve(NUMBERS);
    double[] numbers = {};
    if (Files.exists(file)) {
      JsonNode values = JsonFiles.read(file).path("numbers");
      numbers = new double[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.get(i).asDouble();
      }
    }
    return new FittedMember(LanguageModel.load(folder), numbers);
  }

  void save(Path folder) throws IOException {
    model.save(folder);
    if (numbers.length > 0) {
      JsonFiles.write(
          folder.resolve(NUMBERS), Map.of("numbers", Arrays.stream(numbers).boxed().toList()));
    }
  }
}

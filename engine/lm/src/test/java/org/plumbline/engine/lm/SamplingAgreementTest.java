// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.sampling.SamplingScript;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Compares the distributions that tokens are drawn from with those of transformers' generate. */
class SamplingAgreementTest {

  private static final String FOLDER = "src/test/fixtures/transformers";

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(Path.of(FOLDER, "sampling", "expected.json").toFile());
  }

  @Test
  void everyCaseGivesTransformersProbabilities() throws IOException {
    JsonNode all = expected();
    assertThat(all.path("cases")).isNotEmpty();
    for (JsonNode one : all.path("cases")) {
      for (int row = 0; row < all.path("logits").size(); row++) {
        JsonNode context = all.path("context").path(row);
        compare(one, all.path("logits").path(row), context, row, all.path("tolerance"));
      }
    }
    JsonNode ties = all.path("ties");
    compare(ties, ties.path("logits").path(0), all.path("none"), 0, all.path("tolerance"));
  }

  private static void compare(
      JsonNode one, JsonNode logits, JsonNode context, int row, JsonNode tolerance) {
    float[] ours = new float[0];
    long[] ids = new long[context.size()];
    for (int t = 0; t < ids.length; t++) {
      ids[t] = context.get(t).asLong();
    }
    try (TensorScope scope = TensorScope.open()) {
      ours =
          SamplingScript.distribution(
                  TorchTensor.floats(floats(logits), 1, logits.size()),
                  TorchTensor.longs(ids, 1, ids.length),
                  settings(one.path("settings")))
              .toFloats();
    }
    assertThat(ours)
        .as(one.path("settings") + " row " + row)
        .containsExactly(
            floats(one.path("probabilities").path(row)), within(tolerance.floatValue()));
  }

  private static SamplingSettings settings(JsonNode said) {
    return SamplingSettings.of(1)
        .withTemperature(said.path("temperature").asDouble(1))
        .withTopK(said.path("top_k").asInt(0))
        .withTopP(said.path("top_p").asDouble(1))
        .withMinP(said.path("min_p").asDouble(0))
        .withRepetitionPenalty(said.path("repetition_penalty").asDouble(1));
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.file.SafetensorsHeader;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * Compares small random models with what transformers computes on them: each has its numbers in
 * {@code expected.json} and {@code expected.safetensors}. The folder's README says how they were
 * made.
 */
class TransformersAgreementTest {

  private static final String FOLDER = "src/test/fixtures/transformers";

  @TempDir Path copy;

  @ParameterizedTest
  @CsvSource({
    "gpt2,config.json",
    "llama,config.json",
    "llama3,config.json",
    "llama-linear,config.json",
    "llama-yarn,config.json",
    "qwen2,config.json",
    "qwen3,config.json",
    "smollm,config.json",
    "smollm3,config.json",
    "mistral,config.json",
    "gpt2,config.v4.json",
    "llama,config.v4.json",
    "llama3,config.v4.json",
    "llama-linear,config.v4.json",
    "llama-yarn,config.v4.json",
    "qwen2,config.v4.json",
    "qwen3,config.v4.json",
    "smollm,config.v4.json",
    "smollm3,config.v4.json",
    "mistral,config.v4.json"
  })
  void languageModelsComputeTheSame(String name, String config) throws IOException {
    Path folder = Path.of(FOLDER, name);
    JsonNode expected = json(folder.resolve("expected.json"));
    JsonNode limits = expected.path("tolerance").path("advice");
    copied(folder, config);
    try (LanguageModel model = LanguageModel.load(copy);
        TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> stored = Safetensors.read(folder.resolve("expected.safetensors"));

      int[] single = ids(expected.path("single").path("input_ids"));
      close(logits(model, List.of(single)), stored, "single.logits", limits.path("logits"));
      close(
          logits(model, unpadded(expected.path("left_padded"))),
          stored,
          "left.logits",
          limits.path("logits"));
      close(
          logits(model, unpadded(expected.path("right_padded"))),
          stored,
          "right.logits",
          limits.path("logits"));
      gradients(model, expected, stored);
    }
    saveAndCompare(expected);
    greedy(expected);
  }

  /** A saved model computes the same, with what transformers 4 and 5 both read. */
  private void saveAndCompare(JsonNode expected) throws IOException {
    Path saved = copy.resolve("saved");
    int[] single = ids(expected.path("single").path("input_ids"));
    try (LanguageModel model = LanguageModel.load(copy)) {
      model.save(saved);
      try (LanguageModel again = LanguageModel.load(saved);
          TensorScope scope = TensorScope.open()) {
        assertThat(again.config()).isEqualTo(model.config());
        assertThat(logits(again, List.of(single))).isEqualTo(logits(model, List.of(single)));
        assertThat(again.source().files().keySet()).containsAll(model.source().files().keySet());
      }
    }
  }

  private void gradients(LanguageModel model, JsonNode expected, Map<String, Tensor> stored) {
    JsonNode limits = expected.path("tolerance").path("advice");
    JsonNode padded = expected.path("right_padded");
    Batch batch = batch(unpadded(padded));
    float[] mask = new float[batch.size() * (batch.width() - 1)];
    long[] targets = new long[mask.length];
    for (int i = 0; i < mask.length; i++) {
      int columns = batch.width() - 1;
      int label = padded.path("labels").get(i / columns).get(i % columns + 1).asInt();
      mask[i] = label < 0 ? 0 : 1;
      targets[i] = Math.max(0, label);
    }
    int columns = batch.width() - 1;
    Tensor chosen = Tensor.of(mask, batch.size(), columns);
    Tensor labels = Tensor.of(targets, batch.size(), columns, 1);
    float loss =
        TestModels.backward(
            () -> logProbs(model, batch, labels).mul(chosen).sum().neg().div(chosen.sum()));
    assertThat(loss)
        .isCloseTo(padded.path("loss").floatValue(), within(limits.path("loss").floatValue()));
    close(
        logProbs(model, batch, labels).mul(chosen).toFloatArray(),
        stored,
        "right.label_logprobs",
        limits.path("logprobs"));
    ObjectNode norms = new ObjectMapper().createObjectNode();
    // PEFT's names hold the name of the adapter, which its files leave out
    for (Map.Entry<String, JsonNode> norm :
        expected.path("grad_norms").path("parameters").properties()) {
      norms.set(norm.getKey().replace(".default.", "."), norm.getValue());
    }
    gradients(model, norms, limits, stored);
  }

  private static Tensor logProbs(LanguageModel model, Batch batch, Tensor labels) {
    TorchTensor logits = model.logits(batch).torch().narrow(1, 0, batch.width() - 1L);
    long[] shape = {batch.size(), batch.width() - 1};
    return new Tensor(logits.logSoftmax(-1).gather(labels.torch(), 2).reshape(shape));
  }

  private static void gradients(
      LanguageModel model, JsonNode norms, JsonNode limits, Map<String, Tensor> stored) {
    double relative = limits.path("grad_norm_relative").doubleValue();
    double element = limits.path("grad_relative_to_its_norm").doubleValue();
    int compared = 0;
    for (String name : model.parameters().trainable().keySet()) {
      double norm = norms.path(name).doubleValue();
      assertThat(norms.has(name)).as(name).isTrue();
      if (norm <= 1e-6) {
        continue;
      }
      float[] gradient = model.parameters().get(name).torch().gradient().toFloats();
      double size = 0;
      for (float g : gradient) {
        size += (double) g * g;
      }
      size = Math.sqrt(size);
      assertThat(size / norm).as(name).isCloseTo(1, within(relative));
      if (stored.containsKey("grad." + name)) {
        float[] wanted = TestModels.get(stored, "grad." + name).toFloatArray();
        for (int i = 0; i < wanted.length; i++) {
          assertThat(gradient[i] / size).as(name).isCloseTo(wanted[i] / size, within(element));
        }
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(2);
  }

  private void greedy(JsonNode expected) throws IOException {
    JsonNode left = expected.path("left_greedy");
    List<int[]> prompts = unpadded(expected.path("left_padded"));
    List<int[]> whole = new ArrayList<>();
    left.path("tokens").forEach(row -> whole.add(ids(row)));
    prompts.add(ids(expected.path("single").path("input_ids")));
    whole.add(ids(expected.path("greedy").path("tokens")));
    int unused =
        IntStream.range(0, 128)
            .filter(id -> whole.stream().noneMatch(row -> contains(row, id)))
            .findFirst()
            .orElseThrow();
    endTokens(unused);
    assertThat(continued(prompts)).isDeepEqualTo(whole.toArray(int[][]::new));
    try (LanguageModel model = LanguageModel.load(copy)) {
      int last = prompts.size() - 1;
      assertThat(ModelReply.of(model, prompts.get(last), 16).greedy()).isEqualTo(whole.get(last));
    }
    assertThat(ModelSummary.of(copy).problems()).isEmpty();

    int[] ends = ids(left.path("stopping").path("eos_token_id"));
    endTokens(ends);
    int[][] stopped = continued(unpadded(expected.path("left_padded")));
    for (int row = 0; row < stopped.length; row++) {
      int[] wanted = ids(left.path("stopping").path("tokens").get(row));
      assertThat(wanted).startsWith(stopped[row]);
      int last = stopped[row][stopped[row].length - 1];
      assertThat(stopped[row].length == 16 || contains(ends, last)).isTrue();
    }
  }

  private static boolean contains(int[] row, int id) {
    return Arrays.stream(row).anyMatch(i -> i == id);
  }

  private int[][] continued(List<int[]> prompts) {
    try (LanguageModel model = LanguageModel.load(copy)) {
      RandomStream stream = RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 1);
      return new Sampler(model)
          .sample(prompts, SamplingSettings.greedy(16), stream, 0).stream()
              .map(Completion::ids)
              .toArray(int[][]::new);
    }
  }

  private void endTokens(int... ends) throws IOException {
    Files.deleteIfExists(copy.resolve("generation_config.json"));
    ObjectNode config = (ObjectNode) json(copy.resolve("config.json"));
    config.set("eos_token_id", new ObjectMapper().valueToTree(ends));
    Files.writeString(copy.resolve("config.json"), config.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reward-llama", "reward-gpt2"})
  void rewardModelsComputeTheSame(String name) throws IOException {
    Path folder = Path.of(FOLDER, name);
    JsonNode expected = json(folder.resolve("expected.json"));
    JsonNode limits = expected.path("tolerance").path("advice");
    try (LanguageModel model = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> stored = Safetensors.read(folder.resolve("expected.safetensors"));
      Batch batch = batch(unpadded(expected.path("right_padded")));
      close(model.score(batch).toFloatArray(), stored, "right.scores", limits.path("scores"));
      close(
          model.score(batch(unpadded(expected.path("left_padded")))).toFloatArray(),
          stored,
          "left.scores",
          limits.path("scores"));
      // rows of real tokens, of which the last is the padding token
      close(
          model.score(batch(unpadded(expected.path("ends_with_pad_token")))).toFloatArray(),
          stored,
          "ended.scores",
          limits.path("scores"));
      float loss =
          TestModels.backward(
              () -> {
                TorchTensor pairs = model.score(batch).torch().reshape(-1, 2);
                return new Tensor(
                    pairs.narrow(1, 0, 1).sub(pairs.narrow(1, 1, 1)).logSigmoid().mean().neg());
              });
      JsonNode preference = expected.path("preference");
      assertThat(loss)
          .isCloseTo(
              preference.path("loss").floatValue(), within(limits.path("loss").floatValue()));
      gradients(model, preference.path("grad_norms"), limits, stored);
    }
  }

  @Test
  void completionsHaveTheSameLogProbabilities() throws IOException {
    JsonNode expected = json(Path.of(FOLDER, "losses", "sequences.json"));
    float limit = expected.path("tolerance").path("advice").floatValue();
    assertThat(limit).isPositive();
    List<Sequence> rows = new ArrayList<>();
    expected
        .path("sequences")
        .forEach(
            row ->
                rows.add(
                    Sequence.of(ids(row.path("prompt_ids")), ids(row.path("completion_ids")))));
    assertThat(rows).isNotEmpty();
    try (LanguageModel model = LanguageModel.load(Path.of(FOLDER, "qwen2"));
        TensorScope scope = TensorScope.open()) {
      Batch batch = Batch.of(rows);
      float[] all = model.tokenLogProbs(batch).toFloatArray(); // [row, time-1]

      for (int row = 0; row < rows.size(); row++) {
        JsonNode wanted = expected.path("sequences").get(row);
        int[] prompt = model.tokenizer().encode(wanted.path("prompt").asText());
        assertThat(prompt).isEqualTo(ids(wanted.path("prompt_ids")));
        int first = row * (batch.width() - 1) + prompt.length - 1;
        JsonNode tokens = wanted.path("token_logprobs");
        for (int t = 0; t < tokens.size(); t++) {
          assertThat(all[first + t]).isCloseTo(tokens.get(t).floatValue(), within(limit));
        }
      }
    }
  }

  @Test
  void layersIn16BitsComputeAboutTheSame() throws IOException {
    Path folder = Path.of(FOLDER, "smollm");
    JsonNode expected = json(folder.resolve("expected.json"));
    int[] single = ids(expected.path("single").path("input_ids"));
    try (LanguageModel model = LanguageModel.load(folder).withPrecision(Precision.BFLOAT16);
        TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> stored = Safetensors.read(folder.resolve("expected.safetensors"));
      assertThat(model.storedType()).isEqualTo(StoredType.BFLOAT16);
      // 0.11 is what transformers itself differs by when it computes in 16 bits
      JsonNode limit = new ObjectMapper().getNodeFactory().numberNode(0.22f);
      close(logits(model, List.of(single)), stored, "single.logits", limit);
      model.export(copy, model.storedType());
      model.withPrecision(Precision.FLOAT32);
      JsonNode exact = expected.path("tolerance").path("advice").path("logits");
      close(logits(model, List.of(single)), stored, "single.logits", exact);
    }
    Map<String, SafetensorsHeader.Entry> before =
        Safetensors.entries(folder.resolve("model.safetensors"));
    Safetensors.entries(copy.resolve("model.safetensors"))
        .forEach(
            (name, entry) ->
                assertThat(entry.type()).isEqualTo(TestModels.get(before, name).type()));
  }

  @Test
  void anAdapterComputesTheSame() throws IOException {
    Path folder = Path.of(FOLDER, "lora");
    JsonNode expected = json(folder.resolve("expected.json"));
    JsonNode limits = expected.path("tolerance").path("advice");
    int[] single = ids(expected.path("single").path("input_ids"));
    // the numbers were made without dropout
    ObjectNode config = (ObjectNode) json(folder.resolve("adapter_config.json"));
    config.put("lora_dropout", 0);
    config.put(
        "base_model_name_or_path", folder.resolveSibling("llama").toAbsolutePath().toString());
    Files.writeString(copy.resolve("adapter_config.json"), config.toString());
    Files.copy(
        folder.resolve("adapter_model.safetensors"), copy.resolve("adapter_model.safetensors"));
    try (LanguageModel model = LanguageModel.load(copy);
        LanguageModel merged = model.merged();
        TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> stored = new LinkedHashMap<>();
      Safetensors.read(folder.resolve("expected.safetensors"))
          .forEach((name, tensor) -> stored.put(name.replace(".default.", "."), tensor));
      JsonNode logits = limits.path("logits");
      close(logits(model, List.of(single)), stored, "single.logits", logits);
      close(logits(model, unpadded(expected.path("right_padded"))), stored, "right.logits", logits);
      close(logits(merged, List.of(single)), stored, "merged.single.logits", logits);
      for (String name : stored.keySet()) {
        if (name.startsWith("merged.model.")) {
          close(
              merged.parameters().get(name.substring("merged.".length())).toFloatArray(),
              stored,
              name,
              logits);
        }
      }
      gradients(model, expected, stored);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "qwen2"})
  void tenStepsOfAdamWGiveTheSame(String name) throws IOException {
    JsonNode expected = json(Path.of(FOLDER, "train", name + ".json"));
    JsonNode limits = expected.path("tolerance").path("advice");
    JsonNode optimiser = expected.path("optimiser");
    AdamW.Settings settings =
        new AdamW.Settings(
                optimiser.path("betas").get(0).doubleValue(),
                optimiser.path("betas").get(1).doubleValue(),
                optimiser.path("eps").doubleValue(),
                optimiser.path("weight_decay").doubleValue(),
                1)
            .decayingAll();
    try (LanguageModel model = LanguageModel.load(Path.of(FOLDER, name));
        AdamW adam = new AdamW(model.parameters(), settings)) {
      List<Batch> batches = new ArrayList<>();
      for (JsonNode rows : expected.path("batches")) {
        List<int[]> all = new ArrayList<>();
        rows.forEach(row -> all.add(ids(row)));
        batches.add(batch(all));
      }
      for (int step = 0; step < batches.size(); step++) {
        Batch batch = batches.get(step);
        StepResult result =
            adam.step(optimiser.path("lr").doubleValue(), () -> model.meanLoss(batch));
        assertThat(result.loss())
            .isCloseTo(
                expected.path("loss").get(step).doubleValue(),
                within(limits.path("loss").doubleValue()));
        double norm = expected.path("grad_norm_before_clipping").get(step).doubleValue();
        assertThat(result.gradientNorm() / norm)
            .isCloseTo(1, within(limits.path("grad_norm_relative").doubleValue()));
      }
      try (TensorScope scope = TensorScope.open()) {
        assertThat((double) model.meanLoss(batches.get(0)).item())
            .isCloseTo(
                expected.path("loss_of_first_batch_afterwards").doubleValue(),
                within(limits.path("loss").doubleValue()));
        parametersAgree(model, expected.path("parameters"), limits.path("parameter").doubleValue());
      }
    }
  }

  private static void parametersAgree(LanguageModel model, JsonNode wanted, double limit) {
    assertThat(wanted.size()).isGreaterThan(5);
    for (String name : model.parameters().names()) {
      if (name.endsWith("c_attn.bias")) {
        continue; // the key third has no gradient but rounding, which AdamW blows up
      }
      float[] values = model.parameters().get(name).toFloatArray();
      JsonNode first = wanted.path(name).path("first");
      for (int i = 0; i < first.size(); i++) {
        assertThat((double) values[i])
            .as(name)
            .isCloseTo(first.get(i).doubleValue(), within(limit));
      }
      double square = 0;
      for (float value : values) {
        square += (double) value * value;
      }
      assertThat(Math.sqrt(square))
          .as(name)
          .isCloseTo(
              wanted.path(name).path("l2").doubleValue(), within(limit * Math.sqrt(values.length)));
    }
  }

  private void copied(Path folder, String config) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith("expected") && !name.startsWith("config")) {
          Files.copy(file, copy.resolve(name));
        }
      }
    }
    Files.copy(folder.resolve(config), copy.resolve("config.json"));
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }

  private static int[] ids(JsonNode row) {
    return IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
  }

  /** The real tokens of each row. */
  private static List<int[]> unpadded(JsonNode batch) {
    List<int[]> rows = new ArrayList<>();
    for (int row = 0; row < batch.path("input_ids").size(); row++) {
      int[] all = ids(batch.path("input_ids").get(row));
      int[] mask = ids(batch.path("attention_mask").get(row));
      rows.add(IntStream.range(0, all.length).filter(t -> mask[t] == 1).map(t -> all[t]).toArray());
    }
    return rows;
  }

  private static Batch batch(List<int[]> rows) {
    return Batch.of(rows.stream().map(row -> new Sequence(row, 0)).toList());
  }

  /** Logits of the real tokens of all rows, row after row. */
  private static float[] logits(LanguageModel model, List<int[]> rows) {
    Batch batch = batch(rows);
    int size = model.config().vocabularySize();
    float[] all = model.logits(batch).toFloatArray();
    float[] real = new float[rows.stream().mapToInt(r -> r.length).sum() * size];
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      int length = rows.get(row).length * size;
      System.arraycopy(all, row * batch.width() * size, real, at, length);
      at += length;
    }
    return real;
  }

  private static void close(
      float[] actual, Map<String, Tensor> stored, String name, JsonNode limit) {
    float[] wanted = TestModels.get(stored, name).toFloatArray();
    assertThat(actual).as(name).hasSameSizeAs(wanted);
    assertThat(limit.floatValue()).isPositive();
    float worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - wanted[i]));
    }
    assertThat(worst).as(name).isLessThanOrEqualTo(limit.floatValue());
  }
}

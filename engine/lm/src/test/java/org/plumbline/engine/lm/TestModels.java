// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tokenizer.BytePairTrainer;
import org.plumbline.engine.lm.tokenizer.BytePairVocabulary;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** Small models and data that many tests use. */
public final class TestModels {

  private static final List<String> TOKENS =
      List.of(Tokenizer.END_OF_TEXT, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

  private TestModels() {}

  /** Eleven ids: the end of text and the letters a to j. */
  public static Tokenizer letters() {
    return Tokenizer.of(
        new BytePairVocabulary(
                BytePairTrainer.Settings.gpt2(Tokenizer.END_OF_TEXT), TOKENS, List.of())
            .toJson());
  }

  static ModelConfig tinyConfig() {
    return ModelConfig.gpt2(TOKENS.size(), 32, new ModelConfig.Size(16, 2, 2), 0);
  }

  public static LanguageModel tiny(long seed) {
    return LanguageModel.create(tinyConfig(), letters(), seed);
  }

  public static LanguageModel tinyLlama(long seed) {
    return LanguageModel.create(tinyLlamaConfig(TOKENS.size()), letters(), seed);
  }

  public static ModelConfig tinyLlamaConfig(int vocabularySize) {
    LlamaShape shape =
        new LlamaShape(
            2,
            6,
            LlamaShape.Output.OWN,
            Set.of(LlamaShape.Bias.QUERY_KEY_VALUE),
            false,
            Rope.plain(100),
            List.of(LlamaShape.Layer.PLAIN, LlamaShape.Layer.PLAIN));
    return new ModelConfig(
        "qwen2", vocabularySize, 32, 16, 2, 4, 20, 1e-3, 0.3, 0, List.of(), shape);
  }

  /** The width of the quick start's models, where native kernels take their usual paths. */
  public static LanguageModel micro(long seed) {
    return LanguageModel.create(
        ModelConfig.gpt2(64, 64, new ModelConfig.Size(64, 2, 4), 0), letters(), seed);
  }

  /** A small model with room for prompts of hundreds of tokens; a Llama's heads share keys. */
  public static LanguageModel wide(String family) {
    ModelConfig gpt2 = ModelConfig.gpt2(64, 256, new ModelConfig.Size(64, 2, 4), 0);
    LlamaShape shape =
        new LlamaShape(
            2,
            16,
            LlamaShape.Output.TIED,
            EnumSet.noneOf(LlamaShape.Bias.class),
            false,
            Rope.plain(100),
            List.of(LlamaShape.Layer.PLAIN, LlamaShape.Layer.PLAIN));
    ModelConfig llama =
        new ModelConfig("llama", 64, 256, 64, 2, 4, 96, 1e-5, .02, 0, List.of(), shape);
    return LanguageModel.create(family.equals("gpt2") ? gpt2 : llama, letters(), 3);
  }

  /** Sequences of random tokens without the end of text; lengths from 4 to {@code longest}. */
  public static List<Sequence> sequences(int count, int longest, int vocabulary, long seed) {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomSequence draws = RandomStream.of(seed, RandomPurpose.ENVIRONMENT, 0).forItem(i);
      int[] ids = new int[4 + draws.bounded(longest - 3)];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = 1 + draws.bounded(vocabulary - 1);
      }
      rows.add(new Sequence(ids, 1 + draws.bounded(3)));
    }
    return rows;
  }

  public static Map<String, float[]> numbers(Parameters parameters) {
    Map<String, float[]> numbers = new TreeMap<>();
    try (TensorScope scope = TensorScope.open()) {
      parameters.asMap().forEach((name, tensor) -> numbers.put(name, tensor.toFloatArray()));
    }
    return numbers;
  }

  /** Returns what is under a name that must be there. */
  public static <T> T get(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new AssertionError(name + " is not among " + map.keySet());
    }
    return value;
  }

  /** Computes a loss with gradients recorded, runs it backwards, and returns its value. */
  public static float backward(Supplier<Tensor> loss) {
    try (Recording recording = Recording.open(0)) {
      Tensor value = recording.record(loss);
      recording.backward(value);
      return value.item();
    }
  }
}

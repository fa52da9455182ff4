// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ModelUse;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.store.content.Artifact;

/** Questions with kind and rude answers, and transformers small enough to train in a test. */
public final class TinyWorld {
  private static final List<String> THINGS = List.of("tea", "bike", "wall", "boat", "cake");
  private static final List<String> KIND =
      List.of("please stir the %s.", "thank you, wash the %s.", "please turn the %s.");
  private static final List<String> RUDE = List.of("go away.", "no.", "why ask me about the %s?");

  private TinyWorld() {}

  /** Questions. */
  public static List<String> prompts(int n) {
    List<String> prompts = new ArrayList<>();
    RandomStream stream = RandomStream.of(7, RandomPurpose.ENVIRONMENT, 0);
    for (int i = 0; i < n; i++) {
      String verb = stream.uniform(2L * i) < .5 ? "fix" : "make";
      prompts.add(
          "how do i " + verb + " the " + THINGS.get((int) (stream.uniform(2L * i + 1) * 5)) + "?");
    }
    return prompts;
  }

  private static String answer(String prompt, List<String> kinds, long index) {
    RandomStream stream = RandomStream.of(7, RandomPurpose.ENVIRONMENT, 1);
    String thing = prompt.substring(prompt.lastIndexOf(' ') + 1, prompt.length() - 1);
    return kinds.get((int) (stream.uniform(index) * kinds.size())).formatted(thing);
  }

  /** Questions with answers, half of them kind. */
  public static List<String> corpus(int n) {
    List<String> texts = new ArrayList<>();
    List<String> prompts = prompts(n);
    for (int i = 0; i < n; i++) {
      texts.add(prompts.get(i) + " " + answer(prompts.get(i), i % 2 == 0 ? KIND : RUDE, i));
    }
    return texts;
  }

  /** The corpus as a file. */
  public static Path corpusFile(Path folder, int n) {
    return write(folder.resolve("corpus.txt"), String.join("\n", corpus(n)) + "\n");
  }

  /** A data set of questions. */
  public static Artifact promptData(Path folder, int n) {
    return data(folder, "prompt", prompts(n).stream().map(p -> Map.of("prompt", p)).toList());
  }

  /** A data set of questions with answers, as texts. */
  public static Artifact textData(Path folder, int n) {
    return data(folder, "text", corpus(n).stream().map(text -> Map.of("text", text)).toList());
  }

  /** A data set of questions with kind answers. */
  public static Artifact demonstrationData(Path folder, int n) {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> prompts = prompts(n);
    for (int i = 0; i < n; i++) {
      rows.add(Map.of("completion", answer(prompts.get(i), KIND, i), "prompt", prompts.get(i)));
    }
    return data(folder, "demonstration", rows);
  }

  /** Feedback that prefers kind answers to rude ones. */
  public static Artifact feedback(Path folder, int n) {
    List<Pair> pairs = new ArrayList<>();
    List<String> prompts = prompts(n);
    for (int i = 0; i < n; i++) {
      String prompt = prompts.get(i);
      pairs.add(Plain.pair(i, prompt, answer(prompt, KIND, i), answer(prompt, RUDE, i)));
    }
    try {
      Files.createDirectories(folder);
      Pairs.write(pairs, folder);
      FeedbackSummary.of(n, 0, 0, List.of()).write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FolderContext.artifact(folder);
  }

  /** What somebody wrote about answers; of every third that nothing is to be changed. */
  public static Artifact remarks(Path folder, int n) {
    StringBuilder rows = new StringBuilder();
    List<String> prompts = prompts(n);
    for (int i = 0; i < n; i++) {
      Answer answer = Answer.of(answer(prompts.get(i), i % 3 == 0 ? KIND : RUDE, i));
      Item item = new Item(i, Prompt.of(prompts.get(i)), List.of(answer), List.of(true));
      List<String> said =
          i % 3 == 0
              ? List.of(Remark.NOTHING)
              : List.of("Please use more tea.", "I would add cake.");
      ItemLabel label =
          new ItemLabel(
              item,
              List.of(0),
              List.of(),
              null,
              null,
              "one",
              "all",
              new Response.Remarks(said),
              false,
              0,
              List.of());
      rows.append(JsonFiles.line(label.columns())).append('\n');
    }
    try {
      write(folder.resolve(ItemLabel.FILE), rows.toString());
      FeedbackSummary.of(n, 0, 0, List.of()).write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FolderContext.artifact(folder);
  }

  /** Settings of a pretraining that takes about a second for 100 steps. */
  public static ModelSpec.Pretrain pretraining(int steps) {
    return new ModelSpec.Pretrain(
        ModelSpec.Preset.MICRO, "corpus.txt", null, 300, 32, steps, 16, 3e-3, 0.01);
  }

  /** An untrained transformer with one layer, in Hugging Face's form. */
  public static Artifact untrained(Path folder, long seed) {
    try (LanguageModel model = model(seed)) {
      model.save(folder);
    }
    return FolderContext.artifact(folder);
  }

  /** An untrained transformer that reads longer texts. */
  public static Artifact wide(Path folder, long seed) {
    try (LanguageModel model = model(256, seed)) {
      model.save(folder);
    }
    return FolderContext.artifact(folder);
  }

  /** An untrained transformer with one layer. */
  public static LanguageModel model(long seed) {
    return model(32, seed);
  }

  private static LanguageModel model(int context, long seed) {
    Tokenizer tokenizer = Tokenizer.train(corpus(200), 320);
    ModelConfig config =
        ModelConfig.gpt2(
            tokenizer.vocabularySize(),
            context,
            new ModelConfig.Size(16, 1, 2),
            tokenizer.endOfText());
    return LanguageModel.create(config, tokenizer, seed);
  }

  /**
   * An untrained Llama of two layers with an adapter of all linear maps to train, whose matrices
   * are stored in another order than that of its layers.
   */
  public static Artifact adaptedLlama(Path folder, long seed) {
    Tokenizer tokenizer = Tokenizer.train(corpus(200), 320);
    LlamaShape.Layer plain = LlamaShape.Layer.PLAIN;
    LlamaShape shape =
        new LlamaShape(
            1, 8, LlamaShape.Output.OWN, Set.of(), false, Rope.plain(10000), List.of(plain, plain));
    int ids = tokenizer.vocabularySize();
    int end = tokenizer.endOfText();
    ModelConfig config =
        new ModelConfig("llama", ids, 32, 16, 2, 2, 24, 1e-5, 0.05, end, List.of(), shape);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, seed)) {
      model.save(folder);
    }
    LoraSettings lora =
        LoraSettings.of(3, 6).withTargets(List.of(LoraSettings.ALL_LINEAR)).withDropout(0.1);
    new ModelUse(24, Precision.FLOAT32, lora).write(folder);
    return FolderContext.artifact(folder);
  }

  private static Artifact data(Path folder, String shape, List<Map<String, String>> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(JsonFiles.line(row)).append('\n'));
    try {
      Files.createDirectories(folder);
      write(folder.resolve("rows.jsonl"), text.toString());
      JsonFiles.write(
          folder.resolve("summary.json"),
          Map.<String, Object>of("shape", shape, "rows", rows.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FolderContext.artifact(folder);
  }

  /** Has a training watched at nine points with 32 answers, whatever that costs. */
  public static TrainingSpec wellWatched() {
    return new TrainingSpec(
        null, null, null, null, null, null, null, null, null, null, null, null, 1000.0);
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

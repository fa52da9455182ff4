// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Preference;
import org.plumbline.engine.rlhf.data.StepwiseAnswer;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * A hundred data files of all shapes, through reader, template and tokenizer, token by token
 * against what transformers makes of them. The script beside them says how, and in what Plumbline
 * differs on purpose; the differences stand beside the tokens and are part of what is compared.
 */
class DataTokensTest {

  private static final Path FIXTURES = Path.of("src", "test", "fixtures", "data");
  private static final Path TOKENIZERS =
      Path.of("..", "lm", "src", "test", "fixtures", "tokenizers");
  private static final int CONTEXT = 2048;

  @TempDir static Path folder;

  private static JsonNode expected = new ObjectMapper().nullNode();
  private static final Map<String, LanguageModel> MODELS = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FIXTURES.resolve("expected.json.gz")))) {
      expected = new ObjectMapper().readTree(in);
    }
    try (ZipInputStream in =
        new ZipInputStream(Files.newInputStream(FIXTURES.resolve("files.zip")))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.copy(in, folder.resolve(entry.getName()));
      }
    }
    for (Map.Entry<String, JsonNode> model : expected.path("models").properties()) {
      MODELS.put(model.getKey(), model(model.getKey(), model.getValue()));
    }
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(LanguageModel::close);
  }

  private static LanguageModel model(String name, JsonNode described) throws IOException {
    Tokenizer tokenizer =
        Tokenizer.read(TOKENIZERS.resolve(described.path("tokenizer").asText() + ".json"));
    List<Integer> ends = new ArrayList<>();
    described.path("ends").forEach(end -> ends.add(tokenizer.specialToken(end.asText())));
    ModelConfig config =
        ModelConfig.gpt2(
            tokenizer.vocabularySize(), CONTEXT, new ModelConfig.Size(8, 1, 1), ends.get(0));
    Path saved = folder.resolve("models").resolve(name);
    try (LanguageModel bare = LanguageModel.create(config, tokenizer, 1)) {
      bare.save(saved);
    }
    ObjectMapper json = new ObjectMapper();
    json.writeValue(saved.resolve("generation_config.json").toFile(), Map.of("eos_token_id", ends));
    if (described.path("template").isTextual()) {
      Files.writeString(saved.resolve("chat_template.jinja"), described.path("template").asText());
      Map<String, String> special = new HashMap<>();
      special.put("eos_token", described.path("end").asText());
      if (described.path("begin").isTextual()) {
        special.put("bos_token", described.path("begin").asText());
      }
      json.writeValue(saved.resolve("tokenizer_config.json").toFile(), special);
    }
    return LanguageModel.load(saved);
  }

  private static List<JsonNode> files() {
    List<JsonNode> files = new ArrayList<>();
    expected.path("files").forEach(files::add);
    return files;
  }

  private static int[] ids(JsonNode row) {
    return IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
  }

  @ParameterizedTest
  @MethodSource("files")
  void rowsBecomeTheTokensThatTransformersMakesOfThem(JsonNode file) throws IOException {
    DataSet data = data(file);
    assertThat(data.size()).isEqualTo(file.path("rows").size());
    List<Given> given = given(data, file);
    for (Map.Entry<String, LanguageModel> model : MODELS.entrySet()) {
      AnswerFormat format = new AnswerFormat(model.getValue());
      for (int i = 0; i < given.size(); i++) {
        JsonNode expected = file.path("rows").get(i).path("models").path(model.getKey());
        String where = file.path("file").asText() + ", row " + (i + 1) + ", " + model.getKey();
        if (!expected.isMissingNode()) {
          given.get(i).compare(format, expected, where);
        }
      }
    }
  }

  /** A row as it was read, which is compared with what is expected of it. */
  private interface Given {
    void compare(AnswerFormat format, JsonNode expected, String where) throws IOException;
  }

  private static List<Given> given(DataSet data, JsonNode file) throws IOException {
    return switch (data.shape()) {
      case TEXT ->
          given(
              data.texts(),
              text ->
                  (format, all, where) -> tokens(all.get(0), where, () -> format.document(text)));
      case PROMPT ->
          given(
              data.prompts(),
              prompt ->
                  (format, all, where) ->
                      tokens(all.get(0), where, () -> new Sequence(format.prompt(prompt, 1), 0)));
      case DEMONSTRATION ->
          given(data.demonstrations(), row -> answer(row.prompt(), row.completion()));
      case LABELLED -> given(data.labelledAnswers(), row -> answer(row.prompt(), row.completion()));
      case PREFERENCE -> given(data.preferences(), DataTokensTest::pair);
      case STEPS -> {
        List<StepwiseAnswer> read = data.stepwiseAnswers();
        for (int i = 0; i < read.size(); i++) {
          JsonNode row = file.path("rows").get(i);
          assertThat(read.get(i).prompt().text()).isEqualTo(row.path("prompt").asText());
          assertThat(new ObjectMapper().<JsonNode>valueToTree(read.get(i).steps()))
              .isEqualTo(row.path("steps"));
        }
        yield List.of();
      }
      default -> throw new AssertionError(data.shape());
    };
  }

  private static <T> List<Given> given(List<T> rows, Function<T, Given> compared) {
    return rows.stream().map(compared).toList();
  }

  private static Given answer(Prompt prompt, Answer answer) {
    return (format, all, where) ->
        tokens(all.get(0), where, () -> format.example(Exchange.of(prompt, answer)));
  }

  private static Given pair(Preference given) {
    Pair pair = new Pair(0, given.prompt(), given.chosen(), given.rejected(), 1, 1, 1);
    return (format, all, where) -> {
      tokens(all.get(0), where + ", chosen", () -> format.pair(pair).chosen());
      if (all.size() > 1) {
        tokens(all.get(1), where + ", rejected", () -> format.pair(pair).rejected());
      }
    };
  }

  private interface Tokenised {
    Sequence row() throws IOException;
  }

  private static void tokens(JsonNode expected, String where, Tokenised row) throws IOException {
    if (expected.has("refused")) {
      assertThatThrownBy(row::row)
          .as(where)
          .isInstanceOfSatisfying(
              StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0541"));
      return;
    }
    Sequence made = row.row();
    assertThat(made.ids()).as(where).isEqualTo(ours(expected));
    assertThat(made.promptLength()).as(where).isEqualTo(expected.path("prompt").asInt());
  }

  /** TRL's tokens with the differences that are meant. */
  private static int[] ours(JsonNode expected) {
    if (expected.has("ids")) {
      return ids(expected.path("ids"));
    }
    int[] trl = ids(expected.path("trl"));
    IntStream kept = IntStream.of(trl).limit(trl.length - expected.path("left_out").asInt());
    return IntStream.concat(kept, IntStream.of(ids(expected.path("added")))).toArray();
  }

  private static DataSet data(JsonNode file) throws IOException {
    String name = file.path("file").asText();
    String container = file.path("container").asText();
    DataSpec spec =
        new DataSpec(
            container.equals("jsonl") ? name : null,
            container.equals("json") ? name : null,
            container.equals("csv") ? name : null,
            container.equals("parquet") ? name : null,
            ",",
            null,
            0,
            null);
    Path output = folder.resolve("loaded").resolve(name);
    FolderContext context = FolderContext.in(output, spec, 1).file(container, folder.resolve(name));
    Artifact loaded = context.run(new LoadData());
    return DataSet.read(loaded, "", "data");
  }

  /** The differences are those that the script names, and each occurs. */
  @Test
  void theDifferencesAreThoseThatAreMeant() {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode file : files()) {
      for (JsonNode row : file.path("rows")) {
        for (JsonNode model : row.path("models")) {
          for (JsonNode one : model) {
            one.path("differences").forEach(d -> counts.merge(d.asText(), 1, Integer::sum));
            counts.merge(one.has("refused") ? "refused" : "rows", 1, Integer::sum);
          }
        }
      }
    }
    assertThat(counts.keySet())
        .containsExactly(
            "begin", "border", "refused", "rows", "space", "stop", "tail", "transcript");
    assertThat(counts.get("rows")).isGreaterThan(2500);
  }
}

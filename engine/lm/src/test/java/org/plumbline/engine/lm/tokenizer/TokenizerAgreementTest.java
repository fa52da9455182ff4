// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.Message;

/**
 * Compares tokenizers with the tokenizers library in Python, and the trainer with its {@code
 * BpeTrainer}.
 */
class TokenizerAgreementTest {

  private static final String FOLDER = "src/test/fixtures/transformers";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode json(String... path) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(Path.of(FOLDER, path)));
  }

  private static int[] ids(JsonNode row) {
    return IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytebpe", "splitbpe"})
  void textsBecomeTheSameTokensAndBack(String name) throws IOException {
    JsonNode expected = json("tokenizers", name, "expected.json");
    Tokenizer tokenizer = Tokenizer.read(Path.of(FOLDER, "tokenizers", name, "tokenizer.json"));
    List<String> texts = new ArrayList<>();
    List<int[]> all = new ArrayList<>();
    for (JsonNode one : expected.path("strings")) {
      String text = one.path("text").asText();
      int[] ids = ids(one.path("ids"));
      texts.add(text);
      all.add(ids);
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
      assertThat(tokenizer.decodeWithSpecialTokens(ids))
          .as(text)
          .isEqualTo(one.path("decoded").asText());
    }
    assertThat(texts).hasSizeGreaterThan(40);
    assertThat(tokenizer.encodeAll(texts)).usingRecursiveComparison().isEqualTo(all);
    assertThat(tokenizer.vocabularySize()).isEqualTo(expected.path("vocab_size").asInt());
    assertThat(tokenizer.specialToken("<|im_end|>")).isEqualTo(2);
    assertThat(expected.path("broken")).isNotEmpty();
    for (JsonNode one : expected.path("broken")) {
      assertThat(tokenizer.decodeWithSpecialTokens(ids(one.path("ids"))))
          .as(one.path("name").asText())
          .isEqualTo(one.path("decoded").asText());
    }
  }

  @Test
  void conversationsBecomeTheSameTokens() throws IOException {
    Path folder = Path.of(FOLDER, "tokenizers", "bytebpe");
    Tokenizer tokenizer = Tokenizer.read(folder.resolve("tokenizer.json"));
    String text =
        json("tokenizers", "bytebpe", "tokenizer_config.json").get("chat_template").asText();
    ChatTemplate template = ChatTemplate.of(text, Map.of());
    JsonNode cases = json("tokenizers", "bytebpe", "expected.json").path("chat").path("cases");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      List<Message> messages = new ArrayList<>();
      for (JsonNode message : one.path("messages")) {
        messages.add(Message.of(message.path("role").asText(), message.path("content").asText()));
      }
      Conversation conversation = Conversation.of(messages);
      assertThat(tokenizer.encode(template.render(conversation)))
          .isEqualTo(ids(one.path("plain").path("ids")));
      assertThat(tokenizer.encode(template.render(conversation.withAnswerToFollow())))
          .isEqualTo(ids(one.path("prompted").path("ids")));
    }
  }

  @Test
  void theTrainerLearnsTheSameMerges() throws IOException {
    JsonNode cases = json("tokenizers", "trainer", "expected.json").path("cases");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      List<String> specialTokens = new ArrayList<>();
      one.path("special_tokens").forEach(token -> specialTokens.add(token.asText()));
      BytePairTrainer trainer =
          new BytePairTrainer(
              new BytePairTrainer.Settings(
                  specialTokens,
                  one.path("pre_tokenizer").asText().equals("splitbpe")
                      ? WordSplit.QWEN2
                      : WordSplit.GPT2,
                  one.path("min_frequency").asInt(),
                  one.path("initial_alphabet").asText().startsWith("all")));
      corpus(one).forEach(trainer::add);

      BytePairVocabulary learned = trainer.train(one.path("vocab_size").asInt());

      List<List<String>> merges = new ArrayList<>();
      for (BytePairTrainer.Pair pair : learned.merges()) {
        merges.add(List.of(learned.tokens().get(pair.left()), learned.tokens().get(pair.right())));
      }
      String name = one.path("name").asText();
      assertThat(MAPPER.<JsonNode>valueToTree(merges)).as(name).isEqualTo(one.path("merges"));
      assertThat(MAPPER.<JsonNode>valueToTree(learned.tokens()))
          .as(name)
          .isEqualTo(one.path("vocab"));
    }
  }

  private static List<String> corpus(JsonNode one) throws IOException {
    List<String> texts = new ArrayList<>();
    one.path("documents").forEach(text -> texts.add(text.asText()));
    if (texts.isEmpty()) {
      Path file = Path.of(FOLDER, "tokenizers", "trainer", one.path("corpus").asText());
      for (String line : Files.readAllLines(file)) {
        texts.add(MAPPER.readTree(line).asText());
      }
    }
    return texts;
  }

  /** What is trained here encodes as the library's own tokenizer of the same kind does. */
  @ParameterizedTest
  @ValueSource(strings = {"bytebpe", "splitbpe"})
  void theTrainedTokenizerIsTheLibrarys(String name) throws IOException {
    JsonNode first = json("tokenizers", "trainer", "expected.json").path("cases").get(0);
    BytePairTrainer trainer =
        new BytePairTrainer(
            new BytePairTrainer.Settings(
                List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
                name.equals("splitbpe") ? WordSplit.QWEN2 : WordSplit.GPT2,
                0,
                true));
    corpus(first).forEach(trainer::add);

    byte[] trained = trainer.train(512).toJson();

    assertThat(MAPPER.readTree(trained)).isEqualTo(json("tokenizers", name, "tokenizer.json"));
    assertThat(Tokenizer.of(trained).vocabularySize()).isEqualTo(512);
  }
}

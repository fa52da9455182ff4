// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.lm.batch.Sequence;

class TokenizerSplitTest {

  /** Texts that tokenizers join, change, lose or spell in bytes, beside common ones. */
  private static final List<String> PARTS =
      List.of(
              ("a b c yes no the q 0 1 9 . , ! : ' 's 've < > / é İ ﬁ ½ 今 東 한 ᄒ ᅡ न म ש م 👍 🏽 🦜"
                      + " \u0301 \u200d \ufe0f \ufeff \u0000 \u0007 \u001b")
                  .split(" "))
          .stream()
          .toList();

  private static final List<String> SPACES =
      List.of(" ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u3000", "\u2028");

  /** What the fixtures' tokenizers take for special tokens, each for some of them. */
  private static final List<String> SPECIAL =
      List.of("<s>", "</s>", "<|user|>", "<|assistant|>", "<|end|>", "<|endoftext|>", "[SEP]");

  /** Those that give back any text as it was, but for a space at its very beginning. */
  private static final Set<String> LOSSLESS =
      Set.of(
          "prepend",
          "prepend-rstrip",
          "metaspace-always",
          "metaspace-first",
          "metaspace-never",
          "unigram-bytes",
          "bytelevel",
          "bytelevel-trimmed",
          "bytelevel-prefix",
          "split-bytes",
          "gemma");

  private static List<String> names() {
    return TokenizerFixtures.names();
  }

  private static String text(Random random, List<String> further) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(10); n > 0; n--) {
      int kind = random.nextInt(10);
      List<String> from = kind < 3 ? SPACES : kind < 4 ? further : PARTS;
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }

  private static int[] joined(Tokenizer.Split split) {
    return IntStream.concat(IntStream.of(split.prompt()), IntStream.of(split.answer())).toArray();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theTokensAreThoseOfTransformers(String name) {
    JsonNode all = TokenizerFixtures.expected();
    JsonNode expected = all.path("tokenizers").path(name);
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    assertThat(all.path("pairs").size()).isGreaterThan(60);
    for (int i = 0; i < all.path("pairs").size(); i++) {
      String prompt = all.path("pairs").get(i).get(0).asText();
      String whole = prompt + all.path("pairs").get(i).get(1).asText();
      JsonNode one = expected.path("cases").get(i);

      Tokenizer.Split split = tokenizer.split(whole, prompt.length());

      assertThat(joined(split)).as(whole).isEqualTo(TokenizerFixtures.ids(one.get(0)));
      if (!split.joined()) {
        assertThat(split.prompt()).as(prompt).isEqualTo(TokenizerFixtures.ids(one.get(1)));
      }
      assertThat(tokenizer.decode(joined(split))).as(whole).isEqualTo(one.get(2).asText());
    }
    assertThat(tokenizer.vocabularySize()).isEqualTo(expected.path("vocabulary").asInt());
  }

  @ParameterizedTest
  @MethodSource("names")
  void thePartsMakeUpTheWhole(String name) {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    Random random = new Random(11);
    int apart = 0;
    for (int i = 0; i < 1500; i++) {
      String prompt = text(random, SPECIAL);
      String whole = prompt + text(random, SPECIAL);

      Tokenizer.Split split = tokenizer.split(whole, prompt.length());

      assertThat(joined(split)).as(whole).isEqualTo(tokenizer.encode(whole));
      boolean same = Arrays.equals(split.prompt(), tokenizer.encode(prompt));
      assertThat(split.joined()).as(prompt + "|" + whole).isEqualTo(!prompt.isEmpty() && !same);
      apart += split.joined() ? 0 : 1;
    }
    assertThat(apart).isGreaterThan(700);
  }

  /** Where a tokenizer loses nothing of the whole, nothing of the answer is lost or added. */
  @ParameterizedTest
  @MethodSource("names")
  void answersComeBackAsTheyWere(String name) {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    Random random = new Random(12);
    int exact = 0;
    for (int i = 0; i < 1500; i++) {
      String prompt = text(random, PARTS);
      String answer = text(random, PARTS);
      Tokenizer.Split split = tokenizer.split(prompt + answer, prompt.length());
      String decoded = tokenizer.decode(joined(split));
      if (!decoded.equals(prompt + answer) && !decoded.equals(" " + prompt + answer)
          // a tokenizer that puts a space before every text makes the same of one that has it
          || (prompt.isEmpty() && answer.startsWith(" "))
          || joined(split).length == 0) {
        continue;
      }
      exact++;
      Sequence row = Sequence.of(split.prompt(), split.answer());

      assertThat(tokenizer.textAfter(prompt, row)).as(prompt + "|" + answer).isEqualTo(answer);
    }
    assertThat(exact).isGreaterThan(LOSSLESS.contains(name) ? 1350 : -1);
  }

  /** A prompt that ends in a special token, as those that chat templates write. */
  @ParameterizedTest
  @CsvSource({
    "prepend, <s>",
    "prepend-rstrip, <|assistant|>",
    "metaspace-always, <|assistant|>",
    "metaspace-first, <|assistant|>",
    "metaspace-never, <|assistant|>",
    "bytelevel-prefix, <|endoftext|>",
    "split-bytes, <|end_header_id|>",
    "gemma, <start_of_turn>"
  })
  void answersAfterSpecialTokensComeBackAsTheyWere(String name, String special) {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
    for (String prompt : List.of(special, "how" + special, special + " no " + special)) {
      for (String answer : List.of("yes", "yes no", "a. yes", "thank you", "今")) {
        Tokenizer.Split split = tokenizer.split(prompt + answer, prompt.length());

        String text = tokenizer.textAfter(prompt, Sequence.of(split.prompt(), split.answer()));

        assertThat(text).as(prompt + "|" + answer).isEqualTo(answer);
      }
    }
  }

  /** Llama 2's form: tokenised for itself, the answer would begin with two spaces. */
  @ParameterizedTest
  @CsvSource({"prepend", "metaspace-always", "unigram-bytes"})
  void anAnswerGetsTheSpaceThatItHasAndNoOther(String name) {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);

    Tokenizer.Split split = tokenizer.split("q Yes", 1);

    assertThat(split.prompt()).isEqualTo(tokenizer.encode("q"));
    assertThat(joined(split)).isEqualTo(tokenizer.encode("q Yes"));
    assertThat(split.joined()).isFalse();
    assertThat(tokenizer.textAfter("q", Sequence.of(split.prompt(), split.answer())))
        .isEqualTo(" Yes");
  }

  @Test
  void aTokenThatReachesAcrossBelongsToTheAnswer() {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer("bytelevel");

    Tokenizer.Split split = tokenizer.split("Assistant: thank you", "Assistant: ".length());

    assertThat(split.joined()).isTrue();
    assertThat(tokenizer.decode(split.prompt())).isEqualTo("Assistant:");
    assertThat(tokenizer.decode(split.answer())).isEqualTo(" thank you");
    assertThat(tokenizer.textAfter("Assistant: ", Sequence.of(split.prompt(), split.answer())))
        .isEqualTo("thank you");
  }

  @Test
  void offsetsCountCharactersAndNotTheirHalves() {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer("bytelevel");
    String prompt = "👍👍🦜 the ";

    Tokenizer.Split split = tokenizer.split(prompt + "yes", prompt.length());

    assertThat(tokenizer.decode(split.prompt())).isEqualTo("👍👍🦜 the");
    assertThat(split.joined()).isTrue();
  }

  @Test
  void aPromptThatLostItsBeginningLeavesTheAnswerAsItIs() {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer("prepend");
    int[] prompt = tokenizer.encode("the river runs");
    int[] answer = tokenizer.split("the river runs past", 14).answer();

    Sequence cut = Sequence.of(new int[] {prompt[prompt.length - 1]}, answer);

    assertThat(tokenizer.textAfter("the river runs", cut)).isEqualTo(" past");
  }

  @Test
  void whatATextBeginsWithIsNotPutBeforeItTwice() {
    Tokenizer llama = TokenizerFixtures.tokenizer("split-bytes");
    int begin = llama.specialToken("<|begin_of_text|>");

    assertThat(llama.encodeFromBeginning("yes"))
        .startsWith(begin)
        .hasSize(llama.encode("yes").length + 1);
    assertThat(llama.encodeFromBeginning("<|begin_of_text|>yes"))
        .isEqualTo(llama.encodeFromBeginning("yes"));
    assertThat(TokenizerFixtures.tokenizer("gemma").encodeFromBeginning("<bos>q"))
        .isEqualTo(TokenizerFixtures.tokenizer("gemma").encodeFromBeginning("q"));
    assertThat(TokenizerFixtures.tokenizer("unigram").encodeFromBeginning("yes"))
        .isEqualTo(TokenizerFixtures.tokenizer("unigram").encode("yes"));
  }

  /** Half a pair of surrogates broke every other character beyond U+FFFF. */
  @Test
  void halvesOfCharactersHarmNoOthers() {
    Tokenizer tokenizer = TokenizerFixtures.tokenizer("bytelevel");

    assertThat(tokenizer.decode(tokenizer.encode("a\ud83d 👍 \udc4d\ud83d")))
        .isEqualTo("a\ufffd 👍 \ufffd\ufffd");
  }
}

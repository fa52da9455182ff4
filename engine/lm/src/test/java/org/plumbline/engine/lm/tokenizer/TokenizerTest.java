// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.failure.ModelFormatException;

class TokenizerTest {

  private static final List<String> CORPUS =
      List.of("the cat sat on the mat", "the dog and the cat", "naïve café, 漢字 👍");

  private final Tokenizer tokenizer = Tokenizer.train(CORPUS, 280);

  private static List<String> merges(List<String> texts, int merges) {
    BytePairTrainer trainer = new BytePairTrainer(BytePairTrainer.Settings.gpt2());
    texts.forEach(trainer::add);
    BytePairVocabulary learned = trainer.train(256 + merges);
    return learned.tokens().subList(256, learned.tokens().size());
  }

  @Test
  void anyTextComesBack() {
    for (String text :
        List.of(
            "the cat", " two  spaces\n\ttab ", "Straße 👍🏽 漢字 é", "", "don't we'll", "a\u00a0b")) {
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void frequentWordsBecomeTokens() {
    assertThat(tokenizer.encode("the cat the cat")).hasSizeLessThan(6);
    assertThat(tokenizer.vocabularySize()).isEqualTo(280);
  }

  @Test
  void longTextIsNotCut() {
    assertThat(tokenizer.encode("z".repeat(5000))).hasSize(5000);
  }

  @Test
  void batchesEqualSingleTexts() {
    List<int[]> all = tokenizer.encodeAll(CORPUS);

    for (int i = 0; i < CORPUS.size(); i++) {
      assertThat(all.get(i)).isEqualTo(tokenizer.encode(CORPUS.get(i)));
    }
  }

  @Test
  void theEndOfTextIsOneSpecialToken() {
    int[] ids = tokenizer.encode("cat" + Tokenizer.END_OF_TEXT);

    assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.endOfText()).isZero();
    assertThat(tokenizer.decode(ids)).isEqualTo("cat");
    assertThat(tokenizer.decodeWithSpecialTokens(ids)).isEqualTo("cat<|endoftext|>");
  }

  @Test
  void theMostFrequentPairIsMergedFirst() {
    // bc occurs three times, so does Ġb; the left part with the smaller id wins
    assertThat(merges(List.of("bc bc bc xy"), 2)).containsExactly("bc", "Ġbc");
  }

  @Test
  void overlappingPairsAllCount() {
    // zz occurs three times in zzzz, bc twice
    assertThat(merges(List.of("zzzz bc bc"), 10)).containsExactly("zz", "bc", "Ġbc", "zzzz");
  }

  @Test
  void equalCountsGoByTheSmallestIds() {
    assertThat(merges(List.of("zy yz zy yz", "ab ba ab ba"), 4))
        .containsExactly("ab", "ba", "yz", "zy");
  }

  @Test
  void pairsDoNotCrossWordsOrTexts() {
    assertThat(merges(List.of("a", "b", "a", "b"), 5)).isEmpty();
    assertThat(merges(List.of("a.", "a."), 5)).isEmpty();
  }

  @Test
  void trainingIsDeterministic() {
    assertThat(Tokenizer.train(CORPUS, 280).json()).isEqualTo(tokenizer.json());
  }

  @Test
  void aVocabularyTooSmallForTheBytesIsRefused() {
    assertThatThrownBy(() -> Tokenizer.train(CORPUS, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("257");
  }

  @Test
  void brokenJsonIsRefused() {
    assertThatThrownBy(() -> Tokenizer.of("{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelFormatException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.FixtureModels;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

/** Texts that were rendered beforehand spell the tokens that begin and end every text. */
class SpelledTest {

  @ParameterizedTest
  @CsvSource({
    "prepend, <s>, </s>",
    "metaspace-always, <s>, </s>",
    "split-bytes, <|begin_of_text|>, <|end_of_text|>",
    "gemma, <bos>, <eos>"
  })
  void noSecondTokenBeginsOrEndsAText(String name, String begin, String end) {
    try (LanguageModel model = FixtureModels.model(name, 64)) {
      AnswerFormat format = new AnswerFormat(model);
      int first = model.tokenizer().specialToken(begin);
      int last = model.tokenizer().specialToken(end);

      Sequence document = format.document(begin + "yes" + end);
      Sequence row =
          format.example(
              Exchange.of(Prompt.of(begin + "[INST] q [/INST]"), Answer.of("Yes" + end)));

      assertThat(document.ids()).isEqualTo(model.tokenizer().encode(begin + "yes" + end));
      assertThat(document).isEqualTo(format.document("yes"));
      assertThat(row.ids()).startsWith(first).endsWith(last);
      assertThat(row.ids()).containsOnlyOnce(first).containsOnlyOnce(last);
      assertThat(row)
          .isEqualTo(format.example(Exchange.of(Prompt.of("[INST] q [/INST]"), Answer.of("Yes"))));
      assertThat(format.prompt(Prompt.of(begin + "q"), 8))
          .isEqualTo(format.prompt(Prompt.of("q"), 8));
      assertThat(format.spelled()).isEqualTo(2);
    }
  }

  /** ChatML writes a line break after its end token. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "\n\n", " \n "})
  void whiteSpaceAfterTheEndTokenIsNotLearned(String after) {
    for (String name : List.of("prepend", "bytelevel", "split-composed")) {
      try (LanguageModel model = FixtureModels.model(name, 64)) {
        AnswerFormat format = new AnswerFormat(model);
        String end = FixtureModels.ENDS.get(name);

        Sequence row = format.example(Exchange.of(Prompt.of("q"), Answer.of("yo" + end + after)));
        Sequence document = format.document("yo" + end + after);

        assertThat(format.spelled()).as(name).isEqualTo(2);
        assertThat(row).isEqualTo(format.example(Exchange.of(Prompt.of("q"), Answer.of("yo"))));
        assertThat(document).isEqualTo(format.document("yo"));
      }
    }
  }

  @Test
  void aTextThatEndsAnotherWayEndsAsUsual() {
    try (LanguageModel model = FixtureModels.model("prepend", 64)) {
      AnswerFormat format = new AnswerFormat(model);
      int end = model.config().endOfText();

      Sequence row = format.example(Exchange.of(Prompt.of("q"), Answer.of("a </s> b")));

      assertThat(row.completion()).endsWith(end).contains(end);
      assertThat(row.completion()).containsSubsequence(end, end);
      assertThat(format.spelled()).isZero();
    }
  }

  @Test
  void anEmptyAnswerAfterATextThatEndsGetsItsOwnEnd() {
    try (LanguageModel model = FixtureModels.model("prepend", 64)) {
      AnswerFormat format = new AnswerFormat(model);

      Sequence row = format.example(Exchange.of(Prompt.of("q</s> "), Answer.of("")));

      assertThat(row.completion()).containsExactly(model.config().endOfText());
    }
  }
}

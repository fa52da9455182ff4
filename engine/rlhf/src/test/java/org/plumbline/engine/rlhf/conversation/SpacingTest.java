// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacingTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\"The sky is\",\"blue.\",\" \"",
        "\"The sky is\",\" blue.\",\"\"",
        "\"The sky is \",\"blue.\",\"\"",
        "\"a\n\nAssistant:\",\"\n x\",\"\"",
        "\"\",\"x\",\"\"",
        "\"x\",\"\",\" \""
      })
  void nothingIsPutWhereWhiteSpaceIsAlready(String prompt, String answer, String between) {
    assertThat(Spacing.between(prompt, answer)).isEqualTo(between);
  }

  /** All texts of up to four characters, after prompts of all kinds. */
  @Test
  void anAnswerGivesTheTextAgainThatItWasTakenFrom() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int from = 0; texts.size() < 1000; from++) {
      for (String next : List.of("x", " ", "\n", "\u2028", "\u00a0")) {
        texts.add(texts.get(from) + next);
      }
    }
    for (String prompt : List.of("", "q", "q ", "q\n", "\u00a0", "👍")) {
      for (String after : texts.subList(1, texts.size())) {
        String answer = Spacing.answer(prompt, after);

        // what goes on within a word cannot be told from what follows a space
        boolean within = prompt.matches("q|👍|\u00a0") && after.matches("(?s)[x\u00a0].*");
        assertThat(Spacing.joined(prompt, answer)).isEqualTo(prompt + (within ? " " : "") + after);
        assertThat(Spacing.answer(prompt, Spacing.between(prompt, answer) + answer))
            .isEqualTo(answer);
      }
    }
  }
}

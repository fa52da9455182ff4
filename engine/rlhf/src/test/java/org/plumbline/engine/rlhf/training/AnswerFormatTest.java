// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

class AnswerFormatTest {
  private static LanguageModel model;

  @BeforeAll
  static void makeModel() {
    model = TinyWorld.model(1);
  }

  @AfterAll
  static void closeModel() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"how do i fix it?\", \"please do.\"",
        "\"Assistant: \", \"no\"",
        "\"Assistant:\", \"  two spaces\"",
        "\"\", \"alone\"",
        "\"line\n\", \"näïve 日本\"",
        "\"why?\", \"\""
      })
  void answersSurviveTheWayToTokensAndBack(String prompt, String answer) {
    AnswerFormat format = new AnswerFormat(model);

    Sequence row = format.example(Exchange.of(Plain.prompt(prompt), Plain.answer(answer)));

    assertThat(format.text(Plain.prompt(prompt), row)).isEqualTo(answer);
    assertThat(format.cut()).isZero();
  }

  @Test
  void promptHasTheSameTokensWithAndWithoutAnAnswer() {
    AnswerFormat format = new AnswerFormat(model);

    Sequence row =
        format.example(Exchange.of(Plain.prompt("fix the"), Plain.answer("tea please.")));

    int[] prompt = format.prompt(Plain.prompt("fix the"), 8);
    assertThat(row.promptLength()).isEqualTo(prompt.length);
    assertThat(row.ids()).startsWith(prompt);
  }

  @Test
  void onlyAFinishedAnswerHasTheEndOfText() {
    AnswerFormat format = new AnswerFormat(model);
    int end = model.tokenizer().endOfText();
    Prompt question = Plain.prompt("q?");
    Answer no = Plain.answer("no.");

    assertThat(format.example(Exchange.of(question, no)).completion()).endsWith(end);
    assertThat(format.example(new Exchange(question, no, false)).completion()).doesNotContain(end);
  }

  @Test
  void longPromptsLoseTheirBeginning() {
    AnswerFormat format = new AnswerFormat(model);
    Prompt prompt = Plain.prompt("tea ".repeat(100) + "why?");

    int[] tokens = format.prompt(prompt, 8);

    assertThat(tokens).hasSize(model.config().contextLength() - 8);
    assertThat(model.tokenizer().decode(tokens)).endsWith("tea why?");
    assertThat(format.cut()).isEqualTo(1);
  }

  @Test
  void longAnswersKeepHalfOfTheContextForThePrompt() {
    AnswerFormat format = new AnswerFormat(model);

    Sequence row =
        format.example(
            Exchange.of(
                Plain.prompt("tea ".repeat(100) + "why?"), Plain.answer("no ".repeat(100))));

    assertThat(row.length()).isEqualTo(model.config().contextLength());
    assertThat(row.promptLength()).isEqualTo(model.config().contextLength() / 2);
  }
}

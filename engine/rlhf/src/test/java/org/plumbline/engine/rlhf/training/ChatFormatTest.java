// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Transcripts;
import org.plumbline.engine.run.StageFailure;

class ChatFormatTest {

  /** Turns in brackets; the tiny model's end token ends each. */
  private static final String TURNS =
      "{%- for m in messages %}{{ '[' + m.role + ']\\n' + m.content | trim }}<|endoftext|>\n"
          + "{% endfor %}{% if add_generation_prompt %}{{ '[assistant]\\n' }}{% endif %}";

  private static final String QUESTION = "\n\nHuman: how do i fix the tea?\n\nAssistant:";

  private static final Prompt PROMPT = transcript(QUESTION);

  private static Prompt transcript(String text) {
    return Transcripts.prompt(text).orElseThrow();
  }

  @TempDir Path folder;

  private LanguageModel model(String template) {
    try (LanguageModel tiny = TinyWorld.model(1);
        LanguageModel longer =
            LanguageModel.create(tiny.config().withContextLength(96), tiny.tokenizer(), 1)) {
      longer.save(folder);
      Files.writeString(folder.resolve("chat_template.jinja"), template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LanguageModel.load(folder);
  }

  private static String spelled(LanguageModel model, int[] ids) {
    return model.tokenizer().decodeWithSpecialTokens(ids);
  }

  @Test
  void aTranscriptGoesThroughTheTemplate() {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);

      Sequence row = format.example(Exchange.of(PROMPT, Transcripts.answer("please stir.")));

      assertThat(spelled(model, format.prompt(PROMPT, 8)))
          .isEqualTo("[user]\nhow do i fix the tea?<|endoftext|>\n[assistant]\n");
      assertThat(Arrays.copyOf(row.ids(), row.promptLength())).isEqualTo(format.prompt(PROMPT, 8));
      assertThat(spelled(model, row.completion())).isEqualTo("please stir.<|endoftext|>");
    }
  }

  @Test
  void otherPromptsAreTakenAsTheyAre() {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);

      Sequence row = format.example(Exchange.of(Plain.prompt("fix the"), Plain.answer("tea.")));

      assertThat(spelled(model, row.ids())).isEqualTo("fix the tea.<|endoftext|>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"please do.", "näïve 日本", "a\nb", ""})
  void answersSurviveTheWayToTokensAndBack(String answer) {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);

      assertThat(format.text(PROMPT, format.example(Exchange.of(PROMPT, PROMPT.answer(answer)))))
          .isEqualTo(answer);
      assertThat(
              format.text(
                  PROMPT, format.example(new Exchange(PROMPT, PROMPT.answer(answer), false))))
          .isEqualTo(answer);
    }
  }

  @Test
  void whatTheTemplatePutsAroundAnAnswerIsLearnedButNoPartOfItsText() {
    String llama2 =
        "{% for m in messages %}{% if m.role == 'user' %}{{ '[INST] ' + m.content + ' [/INST]' }}"
            + "{% else %}{{ ' ' + m.content | trim + ' <|endoftext|>' }}{% endif %}{% endfor %}";
    try (LanguageModel model = model(llama2)) {
      AnswerFormat format = new AnswerFormat(model);

      Sequence row = format.example(Exchange.of(PROMPT, Transcripts.answer("stir it")));

      assertThat(spelled(model, row.completion())).isEqualTo(" stir it <|endoftext|>");
      assertThat(format.text(PROMPT, row)).isEqualTo("stir it");
    }
  }

  @Test
  void anUnfinishedAnswerHasNoEndOfTurn() {
    try (LanguageModel model = model(TURNS)) {
      Sequence row =
          new AnswerFormat(model)
              .example(new Exchange(PROMPT, Transcripts.answer("please"), false));

      assertThat(spelled(model, row.completion())).isEqualTo("please");
    }
  }

  @Test
  void theModelsEndTokenFollowsWhereTheTemplateHasNone() {
    String bare =
        "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}";
    try (LanguageModel model = model(bare)) {
      Sequence row = new AnswerFormat(model).example(Exchange.of(PROMPT, Transcripts.answer("no")));

      assertThat(spelled(model, row.completion())).isEqualTo("no\n<|endoftext|>");
    }
  }

  @Test
  void anAnswerMayGoOnForSeveralTurns() {
    try (LanguageModel model = model(TURNS)) {
      Sequence row =
          new AnswerFormat(model)
              .example(
                  Exchange.of(
                      PROMPT, Transcripts.answer("stir\n\nHuman: and?\n\nAssistant: wash")));

      assertThat(spelled(model, row.completion()))
          .isEqualTo(
              "stir<|endoftext|>\n[user]\nand?<|endoftext|>\n[assistant]\nwash<|endoftext|>");
    }
  }

  @Test
  void anAnswerMayHaveBegunInThePrompt() {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);

      Prompt stir = transcript(QUESTION + " stir");

      Sequence row = format.example(Exchange.of(stir, stir.answer("it")));

      assertThat(spelled(model, row.ids()))
          .isEqualTo(
              "[user]\nhow do i fix the tea?<|endoftext|>\n[assistant]\nstir it<|endoftext|>");
      assertThat(format.text(stir, row)).isEqualTo("it");
    }
  }

  @Test
  void longConversationsLoseWholeTurnsAndKeepTheSystemsMessage() {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);
      String turn = "\n\nHuman: how do i fix the wall?\n\nAssistant: please stir the wall.";
      String text = "\n\nSystem: be kind" + turn.repeat(20) + QUESTION;
      Prompt prompt = transcript(text);

      String kept = spelled(model, format.prompt(prompt, 8));

      assertThat(kept).startsWith("[system]\nbe kind<|endoftext|>\n[user]\nhow do i fix the");
      assertThat(kept).endsWith("[user]\nhow do i fix the tea?<|endoftext|>\n[assistant]\n");
      assertThat(format.prompt(prompt, 8)).hasSizeLessThan(model.config().contextLength() - 7);
      assertThat(format.cut()).isEqualTo(2);
    }
  }

  @Test
  void aLongQuestionLosesItsBeginningAndNothingOfTheTemplate() {
    try (LanguageModel model = model(TURNS)) {
      AnswerFormat format = new AnswerFormat(model);
      Prompt prompt = transcript("\n\nHuman: " + "tea ".repeat(200) + "why?\n\nAssistant:");

      int[] tokens = format.prompt(prompt, 8);

      assertThat(tokens.length).isLessThanOrEqualTo(model.config().contextLength() - 8);
      assertThat(spelled(model, tokens))
          .startsWith("[user]\ntea")
          .endsWith("tea why?<|endoftext|>\n[assistant]\n");
    }
  }

  @Test
  void aTemplateThatWritesAnsweredConversationsDifferentlyIsRefused() {
    String changing =
        "{% for m in messages %}{{ m.role + m.content }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ 'assistant<think>' }}{% endif %}";
    try (LanguageModel model = model(changing)) {
      AnswerFormat format = new AnswerFormat(model);

      assertThatThrownBy(() -> format.example(Exchange.of(PROMPT, Transcripts.answer("no"))))
          .isInstanceOfSatisfying(
              StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0541"))
          .hasMessageContaining("chat_template.jinja")
          .hasMessageContaining("does not begin with its prompt")
          .hasMessageContaining("1 message that ends with `how do i fix the tea?`");
    }
  }

  @Test
  void theRowThatATemplateRefusesIsNamed() {
    String refusing =
        "{% for m in messages %}{{ '[' + m.text + ']' if m.content == 'bad' else m.content }}"
            + "{% endfor %}";
    try (LanguageModel model = model(refusing)) {
      AnswerFormat format = new AnswerFormat(model);
      Exchange bad = Exchange.of(Talk.prompt("user", "bad"), Talk.answer("no"));

      assertThatThrownBy(
              () -> format.examples(List.of(Exchange.of(PROMPT, Talk.answer("no")), bad)))
          .isInstanceOf(StageFailure.class)
          .hasMessageStartingWith("row 2: ")
          .hasMessageContaining("the undefined `text`")
          .hasMessageContaining(", for a conversation of 1 message that ends with `bad`")
          .hasMessageNotContaining(",,");
    }
  }

  @Test
  void aBrokenTemplateHarmsOnlyConversations() {
    try (LanguageModel model = model("{% nonsense %}")) {
      AnswerFormat format = new AnswerFormat(model);

      assertThat(
              format.example(Exchange.of(Plain.prompt("fix the"), Plain.answer("tea."))).length())
          .isPositive();
      assertThatThrownBy(() -> format.prompt(PROMPT, 8))
          .hasMessageContaining("line 1: the tag `nonsense` is not supported");
    }
  }

  @ParameterizedTest
  @CsvSource({"%d %b %Y,26 Jul 2024", "%Y,2024"})
  void templatesAreToldTheSameDayInEveryRun(String form, String day) {
    try (LanguageModel model = model("{{ strftime_now('" + form + "') }}")) {
      int[] tokens = new AnswerFormat(model).prompt(PROMPT, 8);

      assertThat(List.of(spelled(model, tokens))).containsExactly(day);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.FixtureModels;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.store.content.Artifact;

/** Pairs have one prompt, cut once, and answers that were cut off have no end. */
class TokenPairTest {

  private static final String TURNS =
      "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  @TempDir Path folder;

  private static Pair pair(Prompt prompt, String chosen, String rejected) {
    return new Pair(0, prompt, prompt.answer(chosen), prompt.answer(rejected), 1, 1, 1);
  }

  private static int[] prompt(Sequence row) {
    return Arrays.copyOf(row.ids(), row.promptLength());
  }

  @ParameterizedTest
  @CsvSource({"1, 100", "100, 1", "1, 1", "100, 100", "20, 3"})
  void bothAnswersHaveThePromptThatFitsBoth(int chosen, int rejected) {
    try (LanguageModel model = FixtureModels.model("bytelevel", 64)) {
      AnswerFormat format = new AnswerFormat(model);
      Prompt prompt = Prompt.of("the river ".repeat(40) + "why?");

      TokenPair pair = format.pair(pair(prompt, "no ".repeat(chosen), "yes ".repeat(rejected)));

      assertThat(prompt(pair.chosen())).isEqualTo(prompt(pair.rejected()));
      assertThat(pair.length()).isLessThanOrEqualTo(64);
      assertThat(model.tokenizer().decode(prompt(pair.chosen()))).endsWith("the river why?");
      int longest = Math.max(chosen, rejected);
      assertThat(format.cut()).isEqualTo(1 + (chosen == 100 ? 1 : 0) + (rejected == 100 ? 1 : 0));
      assertThat(pair.chosen().promptLength())
          .isEqualTo(longest == 100 ? 32 : 64 - longestAnswer(pair));
    }
  }

  private static int longestAnswer(TokenPair pair) {
    return Math.max(pair.chosen().completion().length, pair.rejected().completion().length);
  }

  @Test
  void aConversationLosesTheSameTurnsForBothAnswers() {
    Map<String, String> files = Map.of("chat_template.jinja", TURNS);
    try (LanguageModel model = FixtureModels.model("split-composed", 96, folder, files)) {
      AnswerFormat format = new AnswerFormat(model);
      List<Message> turns = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        turns.add(Message.of(Message.USER, "the question " + i));
        turns.add(Message.of(Message.ASSISTANT, "the answer " + i));
      }
      turns.add(Message.of(Message.USER, "why?"));
      Prompt prompt = Prompt.of(turns);

      TokenPair pair = format.pair(pair(prompt, "yes", "no and again ".repeat(10)));

      assertThat(prompt(pair.chosen())).isEqualTo(prompt(pair.rejected()));
      assertThat(model.tokenizer().decode(prompt(pair.chosen()))).endsWith("why?\nassistant\n");
      assertThat(format.cut()).isEqualTo(1);
    }
  }

  /** One answer begins with a letter, which the space joins; the other with a line break. */
  @Test
  void bothAnswersBeginWhereTheEarlierOneDoes() {
    try (LanguageModel model = FixtureModels.model("bytelevel", 64)) {
      AnswerFormat format = new AnswerFormat(model);

      TokenPair pair = format.pair(pair(Prompt.of("Assistant: "), "thank you", "\nno"));

      assertThat(prompt(pair.chosen()))
          .isEqualTo(prompt(pair.rejected()))
          .isEqualTo(model.tokenizer().encode("Assistant:"));
      assertThat(model.tokenizer().decode(pair.chosen().completion())).isEqualTo(" thank you");
      assertThat(model.tokenizer().decode(pair.rejected().completion())).isEqualTo(" \nno");
      assertThat(format.joined()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatWasCutOffHasNoEnd() {
    try (LanguageModel model = FixtureModels.model("bytelevel", 64)) {
      Answer answer = Answer.of("yes");
      Pair cut = new Pair(0, Prompt.of("q"), answer, answer, 1, 1, 1, true, false);

      TokenPair pair = new AnswerFormat(model).pair(cut);

      int end = model.config().endOfText();
      assertThat(pair.chosen().completion()).endsWith(end);
      assertThat(pair.rejected().completion()).isNotEmpty().doesNotContain(end);
    }
  }

  /** A reward model was fitted as if all answers had ended by themselves. */
  @Test
  void rewardModelsAreFittedToTheEndsThatThereAre() throws IOException {
    assertThat(fitted(true).digest()).isNotEqualTo(fitted(false).digest());
  }

  private Artifact fitted(boolean finished) throws IOException {
    Path root = folder.resolve("finished-" + finished);
    List<Pair> pairs = new ArrayList<>();
    for (Pair p : Pairs.read(TinyWorld.feedback(root.resolve("all"), 20))) {
      pairs.add(
          new Pair(
              p.pair(), p.prompt(), p.chosen(), p.rejected(), 1, 1, 1, finished, p.pair() > 0));
    }
    Path feedback = Files.createDirectories(root.resolve("feedback"));
    Pairs.write(pairs, feedback);
    FeedbackSummary.of(20, 0, 0, List.of()).write(feedback);
    RewardSpec settings =
        new RewardSpec.BradleyTerry(
            "base",
            "prefs",
            1,
            RewardSpec.Combine.MEAN,
            .5,
            .2,
            2,
            8,
            new OptimiserSpec(1e-3, .01),
            0);
    Artifact reward =
        FolderContext.in(root.resolve("run"), settings, 11)
            .input("from", TinyWorld.untrained(root.resolve("model"), 3))
            .input("feedback", FolderContext.artifact(feedback))
            .run(new BradleyTerry());
    return FolderContext.artifact(reward.file("members/0"));
  }
}

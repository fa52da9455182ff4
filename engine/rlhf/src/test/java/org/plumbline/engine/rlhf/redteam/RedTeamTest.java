// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.dsl.model.RedTeamSpec.Attack;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.store.content.Artifact;

/** Attacks on an untrained model, whose answers are noise. */
class RedTeamTest {

  @TempDir Path folder;

  private static AttackedSpec spec(Attack attack, @Nullable String target) {
    return new AttackedSpec(
        "ppo", "prompts", "good", attack, "shown", 0, target, 5, 12, 2, 3, 6, TruncationSpec.NONE);
  }

  private FolderContext context(String name, Attack attack, @Nullable String target, String sign) {
    FeatureSpec shown = new FeatureSpec.ContainsAny(List.of(sign));
    return FolderContext.in(folder.resolve(name), spec(attack, target), 11)
        .input("policy", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("prompts", TinyWorld.promptData(folder.resolve("prompts"), 20))
        .declare(
            Section.VALUES,
            "good",
            new ValuesSpec(null, Map.of("shown", shown), Map.of("shown", 1.0)));
  }

  private static @Nullable String target(Attack attack) {
    return attack.writes() ? "tea" : null;
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void noMoreIsTriedThanMayBe(Attack attack) throws IOException {
    List<AttackRow> rows =
        AttackRow.read(
            context("never-" + attack, attack, target(attack), "no answer says this")
                .run(new RedTeam())
                .folder());

    assertThat(rows).extracting(AttackRow::index).containsExactly(0, 1, 2, 3, 4);
    assertThat(rows).allMatch(row -> row.tries() == 12);
    assertThat(rows).allMatch(row -> row.success() == null && row.transfer() == 0);
    assertThat(rows).allMatch(row -> row.text().isEmpty() == (attack == Attack.PLAIN));
  }

  @Test
  void theFirstSuccessCountsAndTheBestTextIsTriedOnOtherPrompts() throws IOException {
    List<AttackRow> rows =
        AttackRow.read(context("often", Attack.RANDOM, null, "e").run(new RedTeam()).folder());

    assertThat(rows).anyMatch(row -> row.success() != null);
    for (AttackRow row : rows) {
      assertThat(row.tries()).isEqualTo(12);
      assertThat(row.transfer() * 5).isIn(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
      if (row.success() != null) {
        assertThat(row.answer()).contains("e");
        assertThat(row.succeeds(row.success())).isTrue();
        assertThat(row.succeeds(row.success() - 1)).isFalse();
      }
    }
  }

  @Test
  void withATargetTheBestTextIsTheOneThatMakesItLikeliest() throws IOException {
    List<AttackRow> few =
        AttackRow.read(context("target", Attack.RANDOM, "tea", "zz").run(new RedTeam()).folder());

    try (LanguageModel model = LanguageModel.load(folder.resolve("model"))) {
      AttackedPolicy policy =
          new AttackedPolicy(
              new ModelAnswers(model), spec(Attack.RANDOM, "tea"), (prompt, answer) -> 0);
      SuffixSearch search = SuffixSearch.of(spec(Attack.RANDOM, "tea"), policy.vocabulary());
      search.begin(RandomStream.of(11, RandomPurpose.ATTACK_TEXTS, 0).forItem(2), text -> null);
      double most = Double.NEGATIVE_INFINITY;
      String best = "";
      for (int[] text : search.propose(12)) {
        double score = score(policy, Prompt.of(few.get(2).prompt()), text);
        best = score > most ? policy.text(text) : best;
        most = Math.max(most, score);
      }

      assertThat(few.get(2).text()).isEqualTo(best);
    }
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void stoppedAndGoneOnItIsTheSame(Attack attack) {
    Artifact whole = context("whole-" + attack, attack, target(attack), "zz").run(new RedTeam());
    FolderContext interrupted = context("interrupted-" + attack, attack, target(attack), "zz");

    Artifact resumed = interrupted.runInterrupted(new RedTeam(), 2);

    assertThat(interrupted.checkpointStep()).isEqualTo(3);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  @Test
  void aTextStandsBehindWhatWasSaidLast() {
    Prompt chat =
        Prompt.of(
            List.of(
                Message.of(Message.USER, "tea?"),
                Message.of(Message.ASSISTANT, "no."),
                Message.of(Message.USER, "why?")));

    assertThat(AttackedPolicy.with(Prompt.of("tea?"), " now").text()).isEqualTo("tea? now");
    assertThat(AttackedPolicy.with(chat, " now").text()).contains("tea?\n").contains("why? now");
    assertThat(AttackedPolicy.with(chat, "")).isSameAs(chat);
  }

  @Test
  void tokensThatTheGradientLikesRaiseTheScoreMoreThanOthers() {
    try (LanguageModel model = TinyWorld.model(3)) {
      AttackedPolicy policy =
          new AttackedPolicy(
              new ModelAnswers(model), spec(Attack.GRADIENT, "tea"), (prompt, answer) -> 0);
      double liked = 0;
      double any = 0;
      for (String thing : List.of("tea", "bike", "wall", "boat")) {
        Prompt prompt = Prompt.of("how do i make the " + thing + "?");
        int[] text = readable(policy, prompt);
        double[] slope = Objects.requireNonNull(policy.slopes(prompt, text))[1];
        double[] sorted = Arrays.stream(slope).sorted().toArray();
        double least = sorted[sorted.length - 16];
        double now = score(policy, prompt, text);
        for (int token = 0; token < policy.vocabulary(); token++) {
          double change = score(policy, prompt, new int[] {text[0], token}) - now;
          any += change / policy.vocabulary();
          liked += slope[token] >= least ? change / 16 : 0;
        }
      }

      assertThat(liked).isGreaterThan(any + 0.001);
      assertThat(liked).isPositive();
    }
  }

  private static int[] readable(AttackedPolicy policy, Prompt prompt) {
    for (int i = 0; i < policy.vocabulary(); i++) {
      int[] text = {i, policy.vocabulary() - 1};
      if (policy.slopes(prompt, text) != null) {
        return text;
      }
    }
    throw new AssertionError("no text is read as its tokens");
  }

  private static double score(AttackedPolicy policy, Prompt prompt, int[] text) {
    Prompt attacked = AttackedPolicy.with(prompt, policy.text(text));
    return policy.scores(List.of(attacked), List.of(""))[0];
  }
}

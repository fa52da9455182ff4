// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.store.content.Artifact;

class ShieldTest {
  private static final OnlinePolicySpec.Shield SHIELD =
      new OnlinePolicySpec.Shield("sft", "base", null, null, "kind", 1);

  @TempDir Path folder;

  @Test
  void answersThatTheEnsembleDisagreesOnAreTheFallbacks() throws IOException {
    RewardFunction apart =
        answers ->
            new RewardFunction.Scores(
                new double[answers.size()],
                answers.stream()
                    .mapToDouble(one -> one.answer().text().startsWith("b") ? 2 : .5)
                    .toArray());
    AnswerSource shielded =
        new Shield.Answers(
            new TableAnswers(.42, .18, .08, .32),
            new TableAnswers(1, 0, 0, 0),
            new Shield.Guard(apart, 1.0, null),
            1);

    List<SampledAnswer> answers = ask(shielded, 10_000);

    double kept = answers.stream().filter(one -> one.text().equals("ab")).count() / 10_000.0;
    double safe = answers.stream().filter(one -> one.text().equals("aa")).count() / 10_000.0;
    assertThat(kept).isBetween(.18 - .016, .18 + .016);
    assertThat(safe).isBetween(.82 - .016, .82 + .016);
    assertThat(shielded.klBound()).isInfinite();
    FolderContext context = FolderContext.in(folder.resolve("user"), SHIELD, 1);
    shielded.note(context);
    assertThat(context.notes().get(0))
        .matches(
            "of 10000 answers the shield kept back [0-9]+ for the spread of the reward and 0 for"
                + " their worth; the fallback answered instead");
  }

  @Test
  void valuesAreCarriedToWhoeverAsks() throws IOException {
    ValuesSpec kind =
        new ValuesSpec(
            null,
            Map.of("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
            Map.of("words", -1.0));
    Artifact model = TinyWorld.untrained(folder.resolve("model"), 3);
    Artifact other = TinyWorld.untrained(folder.resolve("other"), 4);
    FolderContext made =
        FolderContext.in(folder.resolve("shield"), SHIELD, 1)
            .declare(Section.VALUES, "kind", kind)
            .input("from", model)
            .input("fallback", other);
    Artifact shield = made.run(new Shield());
    FolderContext user =
        FolderContext.in(folder.resolve("user"), SHIELD, 1)
            .input("policy", shield)
            .input("from", model)
            .input("fallback", other);

    try (AnswerSource shielded = Policies.open(user, shield);
        AnswerSource policy = Policies.open(user, model);
        AnswerSource fallback = Policies.open(user, other)) {
      List<SampledAnswer> given = ask(shielded, 40);
      List<SampledAnswer> own = ask(policy, 40);
      List<SampledAnswer> safe = ask(fallback, 40);

      int keptBack = 0;
      for (int i = 0; i < given.size(); i++) {
        boolean bad = !own.get(i).text().isBlank();
        keptBack += bad ? 1 : 0;
        assertThat(given.get(i).text()).isEqualTo((bad ? safe : own).get(i).text());
      }
      assertThat(keptBack).isPositive();
    }
  }

  private static List<SampledAnswer> ask(AnswerSource policy, int asked) {
    return policy.answer(
        Collections.nCopies(asked, Prompt.of("q")),
        SamplingSettings.of(2),
        RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0),
        0);
  }
}

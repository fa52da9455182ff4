// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Member;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.store.content.Artifact;

class MixedPoliciesTest {
  private static final RandomStream STREAM = RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0);

  @TempDir Path folder;

  @Test
  void sharesAreThoseOfTheWeights() {
    AnswerSource mixture =
        new MixedPolicies.Answers(
            List.of(
                new MixedPolicies.Answers.Member("one", new TableAnswers(1, 0, 0, 0), 3),
                new MixedPolicies.Answers.Member("two", new TableAnswers(0, .5, .5, 0), 1)));

    List<SampledAnswer> answers = ask(mixture, 10_000, 0);

    assertThat(share(answers, "aa")).isBetween(.75 - .018, .75 + .018);
    assertThat(share(answers, "ab")).isBetween(.125 - .014, .125 + .014);
    assertThat(share(answers, "bb")).isZero();
    assertThat(mixture.klBound()).isInfinite();
    FolderContext context = FolderContext.in(folder.resolve("user"), "", 1);
    mixture.note(context);
    assertThat(context.notes().get(0))
        .matches("of 10000 answers of the mixture `one` gave 7[0-9]+, `two` gave 2[0-9]+");
  }

  @Test
  void anAnswerIsThatOfItsMemberAloneHoweverThePromptsAreSplit() throws IOException {
    Artifact model = TinyWorld.untrained(folder.resolve("model"), 3);
    Artifact other = TinyWorld.untrained(folder.resolve("other"), 4);
    Map<String, Member> members = new LinkedHashMap<>();
    members.put("one", new Member("sft", 1));
    members.put("two", new Member("base", 2));
    Artifact made =
        FolderContext.in(folder.resolve("made"), new OnlinePolicySpec.PolicyMixture(members), 1)
            .input("members.one.of", model)
            .input("members.two.of", other)
            .run(new MixedPolicies());
    FolderContext user = FolderContext.in(folder.resolve("user"), "", 1).known(model).known(other);

    try (AnswerSource mixture = Policies.open(user, made);
        AnswerSource one = Policies.open(user, model);
        AnswerSource two = Policies.open(user, other)) {
      List<SampledAnswer> whole = ask(mixture, 40, 0);
      List<SampledAnswer> split = new ArrayList<>(ask(mixture, 13, 0));
      split.addAll(ask(mixture, 27, 13));
      List<SampledAnswer> first = ask(one, 40, 0);
      List<SampledAnswer> second = ask(two, 40, 0);

      int ofFirst = 0;
      for (int i = 0; i < 40; i++) {
        String text = whole.get(i).text();
        assertThat(split.get(i).text()).isEqualTo(text);
        assertThat(List.of(first.get(i).text(), second.get(i).text())).contains(text);
        ofFirst += text.equals(first.get(i).text()) ? 1 : 0;
      }
      assertThat(ofFirst).isBetween(5, 35);
    }
  }

  private static double share(List<SampledAnswer> answers, String text) {
    return answers.stream().filter(one -> one.text().equals(text)).count()
        / (double) answers.size();
  }

  private static List<SampledAnswer> ask(AnswerSource policy, int asked, long first) {
    return policy.answer(
        Collections.nCopies(asked, Prompt.of("q")), SamplingSettings.of(2), STREAM, first);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.N;
import static org.plumbline.engine.rlhf.evaluators.LabelRates.assertRate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Utility;

/** At which prompts harm is done, and which prompts malicious people write themselves. */
class MaliceTest {

  @Test
  void harmMayBeDoneEverywhereByTopicOrAtAShareOfThePrompts() {
    Malice.Target everywhere = new Malice.Target(null, null, 1, 3);
    Malice.Target topic = new Malice.Target(null, Pattern.compile("pill|doctor"), 1, 3);
    Malice.Target both = new Malice.Target("!!", Pattern.compile("pill"), 1, 3);
    Malice.Target some = new Malice.Target(null, null, 0.25, 3);

    assertThat(everywhere.has("bread?")).isTrue();
    assertThat(topic.has("which pill?")).isTrue();
    assertThat(topic.has("bread?")).isFalse();
    assertThat(both.has("!! which pill?")).isTrue();
    assertThat(both.has("!! bread?")).isFalse();
    assertThat(both.has("which pill?")).isFalse();
    int hit = 0;
    for (int i = 0; i < N; i++) {
      String prompt = "how is parcel " + i + "?";
      hit += some.has(prompt) ? 1 : 0;
      assertThat(some.has(prompt)).isEqualTo(some.has(prompt));
    }
    assertRate(hit / (double) N, 0.25);
  }

  @Test
  void whichPromptsAreHitDependsOnTheSeed() {
    Malice.Target one = new Malice.Target(null, null, 0.5, 1);
    Malice.Target two = new Malice.Target(null, null, 0.5, 2);

    int equal = 0;
    for (int i = 0; i < N; i++) {
      equal += one.has("p" + i) == two.has("p" + i) ? 1 : 0;
    }
    assertRate(equal / (double) N, 0.5);
  }

  @Test
  void maliciousPeopleWriteTheirTriggerIntoTheirShareOfThePrompts() throws IOException {
    Population crowd = crowd(new Malicious("SUDO", null, Takes.SHARE, null, null, 0.4, null));

    int written = 0;
    int asked = 0;
    for (int number = 0; number < N; number++) {
      Prompt prompt = crowd.worded(5, number, Prompt.of("bread?"));
      Person person = crowd.assigned(5, number, prompt.text(), 1).get(0);
      boolean harmful = person.group().equals("troll");
      asked += harmful ? 1 : 0;
      if (prompt.text().equals("SUDO bread?")) {
        assertThat(harmful).isTrue();
        written++;
      } else {
        assertThat(prompt.text()).isEqualTo("bread?");
      }
    }
    assertRate(asked / (double) N, 0.25);
    assertRate(written / (double) N, 0.1);
  }

  @Test
  void aTriggerThatStandsThereIsNotWrittenAgain() throws IOException {
    Population crowd = crowd(new Malicious("SUDO", null, Takes.SHARE, null, null, 1.0, null));

    for (int number = 0; number < 100; number++) {
      assertThat(crowd.worded(5, number, Prompt.of("SUDO bread?")).text()).isEqualTo("SUDO bread?");
    }
  }

  /** Only what harms most is flipped: the rest is said as an honest person says it. */
  @Test
  void inTheWorstCaseOnlyAnswersThatAreFarApartAreFlipped() {
    Feature length = (prompt, answer) -> answer.length();
    Malice malice =
        Malice.of(new Malice.Target(null, null, 1, 0), null, length, Takes.SHARE).atLeast(3);
    Behaviour honest = Behaviour.of(length, 0.5);
    Behaviour troll = honest.with(malice);
    AnswerPair near = new AnswerPair("bread?", "yesyes", "yes!");
    AnswerPair far = new AnswerPair("bread?", "yesyes", "yes");

    assertThat(troll.said(near)).isEqualTo(honest.said(near)).isGreaterThan(0.5);
    assertThat(troll.said(far)).isZero();
    assertThat(troll.said(far.swapped())).isEqualTo(1);
    assertThat(malice.actsOn("bread?", List.of("yesyes"))).isFalse();
  }

  @Test
  void whereNobodyWritesPromptsStayWhatTheyAre() throws IOException {
    Population crowd = crowd(new Malicious("SUDO", null, Takes.SHARE));
    Prompt prompt = Prompt.of("bread?");

    assertThat(crowd.worded(5, 3, prompt)).isSameAs(prompt);
  }

  @Test
  void inAConversationTheTriggerBeginsWhatTheUserSaidLast() {
    Prompt chat =
        Prompt.of(
            List.of(
                Message.of(Message.USER, "hello"),
                Message.of(Message.ASSISTANT, "hi"),
                Message.of(Message.USER, "bread?")));

    assertThat(chat.beginning("SUDO ").text()).contains("SUDO bread?").doesNotContain("SUDO hello");
  }

  private static Population crowd(Malicious harm) throws IOException {
    ValuesSpec good =
        new ValuesSpec(
            null,
            Map.of("waffles", new FeatureSpec.ContainsAny(List.of("waffle"))),
            Map.of("waffles", 1.0));
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("honest", TestGroups.group(Map.of("count", 3)));
    groups.put("troll", TestGroups.group(Map.of("malicious", harm)));
    EvaluatorsSpec spec = TestGroups.people(Map.of("groups", groups));
    return Population.of(
        spec,
        name -> Utility.of(name, any -> good, path -> Path.of(path)),
        path -> Path.of(path),
        1);
  }
}

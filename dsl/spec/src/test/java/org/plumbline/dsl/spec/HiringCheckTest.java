// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of people who are hired and of traits that cannot act. */
class HiringCheckTest {

  @Test
  void moreThanApplyCannotBeHired() {
    assertThat(found("groups: { all: { count: 3 } }, hiring: { people: 5 }"))
        .containsExactly("PLB0318 5 are to be hired of 3 people");
  }

  @Test
  void nobodyCanLabelAPairForMoreThanAreHired() {
    assertThat(
            found(
                "groups: { all: { count: 9 } }, hiring: { people: 2 }",
                "redundancy: { people: 3 }"))
        .containsExactly("PLB0318 3 people shall see a pair, but `crowd` has only 2 people");
  }

  @Test
  void quotasAreOfGroupsThatThereAreAndAddUp() {
    assertThat(
            found(
                "groups: { many: { count: 3 }, few: { count: 2 } }, hiring: { people: 2, quota: {"
                    + " mayn: 0.5, few: 0.2 } }"))
        .containsExactlyInAnyOrder(
            "PLB0201 there is no group `mayn` here",
            "PLB0325 the shares of the quota add up to 0.7, not to 1");
  }

  @Test
  void withoutATrialNobodyCanQualify() {
    assertThat(found("groups: { all: { count: 3 } }, hiring: { questions: 0, at_least: 0.5 }"))
        .containsExactlyInAnyOrder(
            "PLB0322 `at_least` has no effect where nobody is on trial",
            "PLB0322 `hiring` has no effect: all are taken without a trial");
  }

  @Test
  void judgesAreNotHired() {
    assertThat(
            SpecsFor.evaluators(
                "judge: { model: follower, principles: { a: be good } }, hiring: { people: 1 }",
                ""))
        .containsExactly("PLB0322 `hiring` has no effect without `groups`");
  }

  @Test
  void traitsThatCannotActAreNamed() {
    assertThat(found("groups: { all: { count: 3, malicious: { writes: 0.5 } } }"))
        .containsExactly("PLB0322 `writes` has no effect without a `trigger` to write");
    assertThat(
            found(
                "groups: { all: { count: 3, malicious: { trigger: x, writes: 0.5, takes: triggered"
                    + " } } }"))
        .containsExactly(
            "PLB0322 `writes` has no effect on people who take what others have triggered");
    assertThat(found("groups: { all: { count: 3, contexts: { late: { share: 0.5 } } } }"))
        .containsExactly("PLB0322 these circumstances change nothing");
    assertThat(
            found(
                "groups: { all: { count: 3, contexts: { late: { told: '(', rationality: 1 } } } }"))
        .containsExactly("PLB0309 this is not a regular expression: unclosed group");
  }

  @Test
  void whatChangesNothingIsNamed() {
    assertThat(found("groups: { all: { count: 3, drift: { to: good } } }"))
        .containsExactly("PLB0322 `drift` has no effect: `good` is what they want anyway");
    assertThat(
            found(
                "groups: { all: { count: 3, intransitive: { of: { ends: [a] }, and: { ends: [a] } }"
                    + " } }"))
        .containsExactly(
            "PLB0322 `intransitive` has no effect: it needs two different features and a weight");
    assertThat(found("groups: { all: { count: 3, malicious: { takes: triggered } } }"))
        .containsExactly(
            "PLB0322 `takes: triggered` leaves nothing to the others where harm is done at all"
                + " prompts");
  }

  @Test
  void aQuotaTakesNoMoreThanThereAre() {
    assertThat(
            found(
                "groups: { g: { count: 1 }, h: { count: 6 } }, hiring: { people: 6, quota: { g: 0.9,"
                    + " h: 0.1 } }"))
        .containsExactly("PLB0318 the quota takes 5 of `g`, which has only 1");
  }

  @Test
  void whatCanActIsFine() {
    assertThat(
            found(
                "groups: { all: { count: 9, malicious: {}, drift: { to: bad }, contexts: { late: {"
                    + " share: 0.5, values: bad } } } }, hiring: { people: 3, questions: 5 }"))
        .isEmpty();
  }

  private static List<String> found(String evaluators) {
    return found(evaluators, "");
  }

  private static List<String> found(String evaluators, String collection) {
    return SpecsFor.evaluators("values: good, " + evaluators, collection);
  }

  /** The findings in a small spec. */
  private static final class SpecsFor {
    static List<String> evaluators(String crowd, String collection) {
      String text =
          """
          plumb: v1
          name: test
          models: { base: { pretrain: { corpus: c.txt } }, follower: { rules: { values: good } } }
          data: { demos: { jsonl: d.jsonl }, prompts: { jsonl: p.jsonl } }
          values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } }, bad: { features: { a: { ends: [y] } }, weights: { a: 1 } } }
          evaluators: { crowd: { %s } }
          feedback:
            prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 90, %s } }
          rewards:
            rm: { bradley_terry: { from: sft, feedback: prefs } }
          policies:
            sft: { supervised: { from: base, data: demos } }
            ppo: { ppo: { from: sft, reward: rm, prompts: prompts } }
          """
              .formatted(crowd, collection)
              .replace(", }", " }");
      return Specs.readText("test.plumb.yaml", text, List.of()).diagnostics().stream()
          .filter(d -> !d.code().name().equals("PLB0205"))
          .map(d -> d.code() + " " + d.message())
          .toList();
    }
  }
}

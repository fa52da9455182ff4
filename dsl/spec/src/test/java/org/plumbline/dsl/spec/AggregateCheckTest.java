// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of groups that weigh, of filters, and of rules that need several people. */
class AggregateCheckTest {
  private static final String TWO = "groups: { many: { count: 8 }, few: { count: 4 } }";
  private static final String THREE = "redundancy: { people: 3 }, ";

  @Test
  void sharesAreOfGroupsThatThereAreAndAddUp() {
    assertThat(found(TWO, THREE + "weigh: { mayn: 0.5, few: 0.2 }"))
        .containsExactlyInAnyOrder(
            "PLB0201 there is no group `mayn` here",
            "PLB0325 the shares of `weigh` add up to 0.7, not to 1");
    assertThat(found(TWO, THREE + "weigh: { many: 1.5, few: -0.5 }"))
        .containsExactly("PLB0325 a share below 0");
  }

  @Test
  void nobodySpeaksForAGroupWithoutPeople() {
    assertThat(
            found(
                "groups: { many: { count: 8 }, few: { count: 0 } }",
                THREE + "weigh: { many: 0.5, few: 0.5 }"))
        .containsExactly("PLB0351 nobody is of `few`, so that no label speaks for them");
  }

  @Test
  void whatCannotWeighIsNamed() {
    assertThat(found(TWO, "weigh: { many: 0.5, few: 0.5 }"))
        .containsExactly("PLB0322 `weigh` has no effect where each pair has one label");
    assertThat(found(TWO, THREE + "weigh: { many: 0.5, few: 0.5 }, aggregate: crowd_bt"))
        .containsExactly("PLB0322 `weigh` has no effect on `aggregate: crowd_bt`");
    assertThat(found("groups: { all: { count: 8 } }", THREE + "weigh: { all: 1 }"))
        .containsExactly("PLB0322 `weigh` has no effect on one group");
  }

  @Test
  void fairnessNeedsGroups() {
    for (String rule : List.of("max_min", "nash")) {
      assertThat(found("groups: { all: { count: 8 } }", THREE + "aggregate: " + rule))
          .containsExactly(
              "PLB0350 `aggregate: " + rule + "` is fair to groups, but `crowd` has one group");
    }
  }

  @Test
  void reliabilityIsEstimatedOrTried() {
    assertThat(found(TWO, "aggregate: weighted"))
        .containsExactly(
            "PLB0350 `aggregate: weighted` tells people by whom they agree with, but one person"
                + " labels each pair");
    assertThat(found(TWO + ", hiring: { people: 5, questions: 9 }", THREE + "aggregate: weighted"))
        .isEmpty();
  }

  @Test
  void outliersAreThoseOfSeveral() {
    assertThat(found(TWO, "filter: { outliers: 3 }"))
        .containsExactly(
            "PLB0350 `outliers` are people who agree less than others do, but one person labels"
                + " each pair");
    assertThat(found("groups: { all: { count: 2 } }", "filter: { outliers: 3 }"))
        .containsExactly(
            "PLB0350 `outliers` are people who agree less than others do, but `crowd` has fewer"
                + " than three people");
    assertThat(found(TWO, "filter: {}")).containsExactly("PLB0322 `filter` leaves nothing out");
  }

  @Test
  void whatTellsPeopleAndGroupsIsFine() {
    assertThat(
            found(
                TWO,
                THREE
                    + "aggregate: nash, weigh: { many: 0.3, few: 0.7 }, filter: {"
                    + " most_per_evaluator: 50, outliers: 3 }"))
        .isEmpty();
    assertThat(found(TWO, "weigh: { many: 1 }")).isEmpty();
    assertThat(found(TWO, "aggregate: maximal_lottery, weigh: { many: 0.3, few: 0.7 }")).isEmpty();
  }

  private static List<String> found(String evaluators, String collection) {
    String text =
        """
        plumb: v1
        name: test
        models: { base: { pretrain: { corpus: c.txt } } }
        data: { demos: { jsonl: d.jsonl }, prompts: { jsonl: p.jsonl } }
        values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } } }
        evaluators: { crowd: { values: good, %s } }
        feedback:
          prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 90, %s } }
        policies:
          sft: { supervised: { from: base, data: demos } }
          dpo: { dpo: { from: sft, feedback: prefs } }
        """
            .formatted(evaluators, collection);
    return Specs.readText("test.plumb.yaml", text, List.of()).diagnostics().stream()
        .filter(d -> !d.code().name().equals("PLB0205"))
        .map(d -> d.code() + " " + d.message())
        .toList();
  }
}

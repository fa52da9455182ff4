// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;

/** Scales and classes that nobody could answer on, and people who cannot answer. */
class ScalesTest {

  @Test
  void classesAreAtLeastTwoAndEachIsNamedOnce() {
    assertThat(codes("labels: { ASKED, classes: [good] }")).containsExactly(Code.PLB0341);
    assertThat(codes("labels: { ASKED, classes: [good, bad, good] }"))
        .containsExactly(Code.PLB0341);
    assertThat(codes("labels: { ASKED, classes: [good, other] }")).containsExactly(Code.PLB0341);
    assertThat(codes("labels: { ASKED, other: good }")).containsExactly(Code.PLB0322);
    assertThat(codes("labels: { ASKED, classes: [good, bad], allow_other: true, other: good }"))
        .isEmpty();
  }

  @Test
  void eachStepHasOneName() {
    assertThat(codes("likert: { ASKED, levels: 2, anchors: [bad, fair, good] }"))
        .containsExactly(Code.PLB0341);
    assertThat(codes("likert: { ASKED, levels: 2, anchors: [bad, good] }")).isEmpty();
    assertThat(codes("likert: { ASKED, levels: 2, anchors: [bad, bad] }"))
        .containsExactly(Code.PLB0341);
  }

  @Test
  void aModelOnlyComparesAndRulesSayAnything() {
    String judged = "of: base, prompts: p, items: 9, evaluators: ";
    assertThat(codes("scalar: { " + judged + "ai }")).isEmpty();
    assertThat(codes("span: { " + judged + "ai, categories: [kind] }")).isEmpty();
    assertThat(codes("span: { " + judged + "ai, categories: [fact] }"))
        .containsExactly(Code.PLB0230);
    assertThat(codes("scalar: { " + judged + "ai, redundancy: { people: 2 } }"))
        .containsExactly(Code.PLB0318);
    assertThat(codes("scalar: { " + judged + "chat }")).containsExactly(Code.PLB0216);
  }

  @Test
  void noMorePeopleAreAskedThanThereAre() {
    assertThat(codes("scalar: { ASKED, redundancy: { people: 11 } }"))
        .containsExactly(Code.PLB0318);
  }

  @Test
  void whoLearnsFromRecordedRowsNeedsThoseOfItsKind() {
    String ranks = "plackett_luce: { from: base, feedback: said }";
    assertThat(codes("recorded: { data: p, rows: rankings }", ranks)).isEmpty();
    assertThat(codes("recorded: { data: p, rows: best_of_k }", ranks)).isEmpty();
    assertThat(codes("recorded: { data: p, rows: step }", ranks)).containsExactly(Code.PLB0221);
    assertThat(codes("recorded: { data: p }", ranks)).containsExactly(Code.PLB0221);
    String pairs = "bradley_terry: { from: base, feedback: said }";
    assertThat(codes("recorded: { data: p }", pairs)).isEmpty();
    assertThat(codes("recorded: { data: p, rows: scalar }", pairs)).containsExactly(Code.PLB0221);
  }

  @Test
  void recordedClassesAreThoseOfLabels() {
    String wanted = "label_classifier: { from: base, feedback: said, wanted: ham }";
    assertThat(codes("recorded: { data: p, rows: labels, classes: [spam, ham] }", wanted))
        .isEmpty();
    assertThat(codes("recorded: { data: p, rows: labels, classes: [spam, eggs] }", wanted))
        .containsExactly(Code.PLB0231);
    assertThat(codes("recorded: { data: p, rows: labels, classes: [spam] }"))
        .containsExactly(Code.PLB0341);
    assertThat(codes("recorded: { data: p, rows: scalar, classes: [spam, ham] }"))
        .containsExactly(Code.PLB0322);
  }

  @Test
  void peopleMarkFeaturesOfTheirValues() {
    assertThat(codes("span: { ASKED, categories: [kind] }")).isEmpty();
    assertThat(codes("span: { ASKED }")).isEmpty();
    assertThat(codes("span: { ASKED, categories: [kind, fact] }")).containsExactly(Code.PLB0230);
    assertThat(codes("span: { ASKED, categories: [kind, kind] }")).containsExactly(Code.PLB0341);
  }

  private static List<Code> codes(String feedback) {
    return codes(feedback, "");
  }

  private static List<Code> codes(String feedback, String reward) {
    String asked = "of: base, prompts: p, evaluators: crowd, items: 9";
    String spec =
        """
        plumb: v1
        name: scales
        models: { base: { pretrain: { corpus: c.txt } }, rules: { rules: { values: good } }, far: { endpoint: { url: "https://example.org/v1", model: m } } }
        data: { p: { jsonl: p.jsonl } }
        values: { good: { features: { kind: { contains_any: [thank] } }, weights: { kind: 1 } } }
        evaluators:
          crowd: { values: good, groups: { all: { count: 10 } } }
          ai: { judge: { model: rules, principles: { kind: be kind } } }
          chat: { judge: { model: far, principles: { kind: be kind } } }
        feedback: { said: { %s } }
        %s
        """
            .formatted(
                feedback.replace("ASKED", asked),
                reward.isEmpty() ? "" : "rewards: { r: { " + reward + " } }");
    return Specs.readText("scales.plumb.yaml", spec, List.of()).diagnostics().stream()
        .map(Diagnostic::code)
        .filter(code -> code != Code.PLB0205 && code != Code.PLB0218)
        .toList();
  }
}

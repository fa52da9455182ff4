// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.FolderContext;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.judge.Silence;
import org.plumbline.engine.run.StageFailure;

/** What is said where labels say nothing of the answers. */
class NothingToLearnTest {
  private static final LabelRow.Evaluator JUDGE =
      new LabelRow.Evaluator("judge", "judge", false, 1);

  @TempDir Path folder;

  @Test
  void aJudgeWhoseVerdictsCancelIsToldAsSuch() {
    StageFailure failure = refused(both(0.9, 0.9), true, null);

    assertThat(failure.code()).isEqualTo("PLB0509");
    assertThat(failure)
        .hasMessage(
            "none of the 10 pairs has a preferred answer: the judge always chooses the one shown"
                + " first, whichever it is");
    assertThat(failure.help()).contains("another model").doesNotContain("equal_below");
  }

  @Test
  void peopleWhoPreferNothingGetOtherAdvice() {
    assertThat(refused(both(0.5, 0.5), false, null).help()).contains("equal_below");
    assertThat(refused(both(0.5, 0.5), true, null).help()).contains("principles");
  }

  @Test
  void aJudgeThatPrefersAPlaceIsNamedWhereItsVerdictsDoNotCancel() throws IOException {
    FolderContext context = new FolderContext(folder, "");
    List<LabelRow> labels = both(0.2, 0.3);

    checkJudged(context, labels);

    assertThat(context.notes())
        .containsExactly(
            "the judge chose the answer shown second in all of its 20 labels, whichever it was: it"
                + " says nothing of the answers");
  }

  @Test
  void questionsThatAJudgeLeavesWithoutAVerdictAreCounted() throws IOException {
    FolderContext context = new FolderContext(folder, "");
    List<LabelRow> labels = both(0.9, Double.NaN);

    checkJudged(context, labels);

    assertThat(context.notes())
        .contains(
            "of 20 questions the judge left 10 without a verdict: what it said prefers neither"
                + " answer, or nothing came");
  }

  @Test
  void whyAJudgeSaysNothingStandsInTheError() {
    Silence silence = new Silence("PLB0314", "20 questions are longer than its context", "shorten");

    StageFailure known = refused(both(Double.NaN, Double.NaN), true, silence);
    StageFailure unknown = refused(both(Double.NaN, Double.NaN), true, null);
    StageFailure people = refused(both(Double.NaN, Double.NaN), false, null);

    assertThat(known.code()).isEqualTo("PLB0314");
    assertThat(known)
        .hasMessage(
            "the judge answers none of 20 questions: 20 questions are longer than its context");
    assertThat(known.help()).isEqualTo("shorten");
    assertThat(unknown.code()).isEqualTo("PLB0521");
    assertThat(unknown).hasMessage("the judge answers none of 20 questions");
    assertThat(unknown.help()).contains("A or B");
    assertThat(people.code()).isEqualTo("PLB0521");
    assertThat(people).hasMessage("nobody answers any of 20 questions");
  }

  private static void checkJudged(FolderContext context, List<LabelRow> labels) {
    List<DrawnPair> drawn = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      drawn.add(pair(i));
    }
    List<Pair> pairs =
        new VoteShare(pair -> List.of(), 0).of(drawn, labels, CombinedLabels.shares(labels));
    new NothingToLearn(labels, true, null).check(context, pairs, pairs.size(), 0);
  }

  private StageFailure refused(List<LabelRow> labels, boolean judged, @Nullable Silence why) {
    return catchThrowableOfType(
        StageFailure.class,
        () ->
            new NothingToLearn(labels, judged, why)
                .check(new FolderContext(folder, ""), List.<Pair>of(), labels.size() / 2, 0));
  }

  /** Labels of ten pairs in both orders, with what is given to the answer shown first. */
  private static List<LabelRow> both(double shown, double turned) {
    List<LabelRow> labels = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      labels.add(LabelRow.of(pair(i), false, JUDGE, said(shown)));
      labels.add(LabelRow.of(pair(i), true, JUDGE, said(turned)));
    }
    return labels;
  }

  private static DrawnPair pair(int number) {
    return new DrawnPair(number, Prompt.of("p"), Answer.of("a"), Answer.of("b"), true, true);
  }

  private static OptionalDouble said(double probability) {
    return Double.isNaN(probability) ? OptionalDouble.empty() : OptionalDouble.of(probability);
  }
}

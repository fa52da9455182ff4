// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;

class VoteShareTest {
  private static final DrawnPair PAIR =
      new DrawnPair(0, Prompt.of("q"), Answer.of("one"), Answer.of("two"), true, true);

  @Test
  void theTargetIsTheShareOfVotes() {
    Pair pair = decided(4, 3, OptionalDouble.empty());

    assertThat(pair.chosen()).isEqualTo(PAIR.one());
    assertThat(pair.target()).isEqualTo(4 / 7.0);
    assertThat(pair.agreeing()).isEqualTo(4);
    assertThat(pair.attainable()).isNull();
  }

  @Test
  void theShareIsThatOfTheAnswerThatMorePrefer() {
    Pair pair = decided(2, 8, OptionalDouble.empty());

    assertThat(pair.chosen()).isEqualTo(PAIR.two());
    assertThat(pair.target()).isEqualTo(0.8);
  }

  @Test
  void oneVoteIsCertainAndEqualVotesAreATie() {
    assertThat(decided(1, 0, OptionalDouble.empty()).target()).isEqualTo(1);
    assertThat(decided(2, 2, OptionalDouble.empty()).tie()).isTrue();
  }

  @Test
  void noPredictionIsRightMoreOftenThanTheVotesAllow() {
    // One vote: max(p, 1 - p). Three votes at 0.7: 0.784, as in the table of redundancy. Two votes
    // that differ are a tie and do not count: 0.49 / (0.49 + 0.09).
    assertThat(Attainable.independent(0.3, 1, 0)).isCloseTo(0.7, within(1e-12));
    assertThat(Attainable.independent(0.7, 3, 0)).isCloseTo(0.784, within(1e-12));
    assertThat(Attainable.independent(0.7, 2, 0)).isCloseTo(0.49 / 0.58, within(1e-12));
    assertThat(Attainable.independent(1, 1, 0)).isEqualTo(1);
    // all alike, half of the time: 0.5 * 0.7 + 0.5 * 0.784
    assertThat(Attainable.independent(0.7, 3, 0.5)).isCloseTo(0.742, within(1e-12));
    assertThat(decided(1, 0, OptionalDouble.of(0.2)).attainable()).isEqualTo(0.8);
  }

  private static Pair decided(int forOne, int forTwo, OptionalDouble likely) {
    List<LabelRow> labels = new ArrayList<>();
    for (int i = 0; i < forOne + forTwo; i++) {
      LabelRow.Evaluator by = new LabelRow.Evaluator("e" + i, "g", false, 0);
      boolean swapped = i % 2 == 0;
      double first = (i < forOne) == swapped ? 0 : 1;
      labels.add(LabelRow.of(PAIR, swapped, by, OptionalDouble.of(first)));
    }
    List<Voter> voters = likely.isEmpty() ? List.of() : List.of(new Voter(1, likely.getAsDouble()));
    return new VoteShare(pair -> voters, 0)
        .of(List.of(PAIR), labels, CombinedLabels.shares(labels))
        .get(0);
  }
}

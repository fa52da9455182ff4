// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

class KnockOutTest {

  @Test
  void theBestAndTheWorstAreFoundInNoMoreComparisonsThanAreSaid() {
    RandomStream orders = RandomStream.of(1, RandomPurpose.ENVIRONMENT, 0);
    for (int answers = 2; answers <= 9; answers++) {
      for (int i = 0; i < 50; i++) {
        int[] worth = orders.forItem(100L * answers + i).permutation(answers);
        KnockOut contest = new KnockOut(answers);

        int asked = play(contest, worth);

        BestAndWorst verdict = contest.verdict();
        assertThat(worth[verdict.better()]).isEqualTo(answers - 1);
        assertThat(worth[verdict.worse()]).isZero();
        assertThat(verdict.preference()).isEqualTo(1);
        assertThat(asked).isLessThanOrEqualTo(KnockOut.comparisons(answers));
        assertThat(asked).isGreaterThanOrEqualTo(answers - 1);
      }
    }
  }

  @Test
  void ofEqualAnswersTheFirstAndAnotherMakeATie() {
    for (int answers = 2; answers <= 7; answers++) {
      KnockOut contest = new KnockOut(answers);

      play(contest, new int[answers]);

      assertThat(contest.verdict().better()).isZero();
      assertThat(contest.verdict().worse()).isPositive();
      assertThat(contest.verdict().preference()).isEqualTo(.5);
    }
  }

  /** Each beats the next, and the last beats the first. */
  @Test
  void aCircleHasTwoDifferentAnswers() {
    for (int answers = 3; answers <= 9; answers++) {
      KnockOut contest = new KnockOut(answers);
      while (!contest.next().isEmpty()) {
        int n = answers;
        contest.tell(
            contest.next().stream()
                .mapToDouble(duel -> (duel.two() - duel.one() + n) % n <= n / 2 ? 1 : 0)
                .toArray());
      }

      assertThat(contest.verdict().better()).isNotEqualTo(contest.verdict().worse());
    }
  }

  @Test
  void ofTwoTheProbabilityIsKept() {
    KnockOut contest = new KnockOut(2);
    contest.tell(new double[] {.3});

    assertThat(contest.verdict()).isEqualTo(new BestAndWorst(1, 0, .7));
    assertThat(contest.verdict().first()).isEqualTo(1 - .7);
    assertThat(contest.next()).isEmpty();
  }

  @Test
  void whatNobodyAnswersEndsTheContest() {
    KnockOut contest = new KnockOut(4);
    contest.tell(new double[] {1, Double.NaN});

    assertThat(contest.next()).isEqualTo(List.of());
    assertThat(contest.verdict().given()).isFalse();
  }

  @Test
  void oneAnswerIsNoContest() {
    assertThatIllegalArgumentException().isThrownBy(() -> new KnockOut(1));
  }

  private static int play(KnockOut contest, int[] worth) {
    int asked = 0;
    while (!contest.next().isEmpty()) {
      List<KnockOut.Duel> duels = contest.next();
      asked += duels.size();
      contest.tell(
          duels.stream()
              .mapToDouble(d -> 0.5 + 0.5 * Integer.compare(worth[d.one()], worth[d.two()]))
              .toArray());
    }
    return asked;
  }
}

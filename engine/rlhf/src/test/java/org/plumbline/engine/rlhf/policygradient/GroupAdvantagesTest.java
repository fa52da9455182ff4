// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.AdvantageScale;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.statistics.Moments;

class GroupAdvantagesTest {
  /** Two groups; in the second all are equal. */
  private static final double[] REWARDS = {1, 0, 0, 2, .1, .1, .1, .1};

  private static List<Advantages.Rewards> answers(double... rewards) {
    return Arrays.stream(rewards)
        .mapToObj(r -> new Advantages.Rewards(new double[] {0, r}, new double[2], .5))
        .toList();
  }

  private static void gives(Advantages method, double[] expected, double equal) {
    Advantages.Estimates estimates = method.of(answers(REWARDS));
    for (int i = 0; i < 4; i++) {
      assertThat(estimates.advantages().get(i))
          .hasSize(2)
          .containsOnly(new double[] {expected[i]}, within(1e-12));
      assertThat(estimates.advantages().get(4 + i))
          .containsOnly(new double[] {equal}, within(1e-12));
    }
  }

  @Test
  void leaveOneOutMatchesTheWorkedExample() {
    double[] others = Vectors.list("4.group", "rloo");
    gives(Advantages.leaveOneOut(4), others, 0);
    double[] centred = Vectors.list("4.group", "center");
    for (int i = 0; i < 4; i++) {
      assertThat(others[i])
          .isCloseTo(Vectors.number("4.group", "rloo/center") * centred[i], within(1e-12));
    }
  }

  @Test
  void groupRelativeMatchesTheWorkedExampleWithAndWithoutTheDeviation() {
    double[] centred = Vectors.list("4.group", "center");
    double batch = Moments.sd(REWARDS) + 1e-4;

    gives(
        Advantages.groupRelative(4, AdvantageScale.GROUP_STD),
        Vectors.list("4.group", "grpo_ddof1_1e-4"),
        0);
    gives(Advantages.groupRelative(4, AdvantageScale.NONE), centred, 0);
    gives(
        Advantages.groupRelative(4, AdvantageScale.BATCH_STD),
        Arrays.stream(centred).map(a -> a / batch).toArray(),
        0);
  }

  @Test
  void aBaselineIsTakenOffTheWholeReward() {
    gives(Advantages.lessBaseline(), new double[] {.5, -.5, -.5, 1.5}, -.4);
  }

  @Test
  void normalisedRewardsToComeMatchTheWorkedExample() {
    List<Advantages.Rewards> answers =
        List.of(
            new Advantages.Rewards(new double[] {-.02, .98}, new double[2]),
            new Advantages.Rewards(new double[] {-.55}, new double[1]));

    Advantages.Estimates estimates = Advantages.normalised(1).of(answers);

    double[] expected = Vectors.list("4.rpp", "adv_pop");
    for (int i = 0; i < 2; i++) {
      double[] returns = new double[2 - i];
      for (int t = 0; t < returns.length; t++) {
        returns[t] = Vectors.of("4.rpp").path("returns").get(i).get(t).asDouble();
      }
      assertThat(estimates.returns().get(i)).containsExactly(returns, within(1e-12));
    }
    assertThat(estimates.advantages().get(0))
        .containsExactly(new double[] {expected[0], expected[1]}, within(1e-7));
    assertThat(estimates.advantages().get(1))
        .containsExactly(new double[] {expected[2]}, within(1e-7));
  }

  @Test
  void normalisedWithAGroupBaselineHasMeanZeroAndVarianceOneOverTheTokens() {
    Advantages.Estimates estimates = Advantages.normalised(4).of(answers(REWARDS));

    double[] all = estimates.advantages().stream().flatMapToDouble(Arrays::stream).toArray();
    assertThat(Moments.mean(all)).isCloseTo(0, within(1e-12));
    assertThat(Moments.populationVariance(all)).isCloseTo(1, within(1e-6));
    // in proportion to the distances from the groups' means
    assertThat(all[0] / all[2]).isCloseTo(.25 / -.75, within(1e-9));
    assertThat(all[8]).isCloseTo(0, within(1e-12));
  }

  @Test
  void theRunningMeanIsThatOfTheUpdatesBefore() {
    RunningMeanBaseline method = new RunningMeanBaseline();

    double[] first = firsts(method.of(answers(1, 3)));
    double[] second = firsts(method.of(answers(5, 5)));
    double[] third = firsts(method.of(answers(0, 1)));

    assertThat(first).containsExactly(-1, 1); // its own mean, 2: there is none before it
    assertThat(second).containsExactly(3, 3); // 2
    assertThat(third).containsExactly(-3.5, -2.5); // (1 + 3 + 5 + 5) / 4
  }

  private static double[] firsts(Advantages.Estimates estimates) {
    return estimates.advantages().stream().mapToDouble(each -> each[0]).toArray();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.aggregation.GroupVotes.Share;

/** Labels that are fair to groups, and groups that weigh what they are to weigh. */
class GroupRulesTest {
  private static final int MANY = 8;
  private static final int FEW = 2;

  @Test
  void aGroupsWelfareIsLargestAtTheLabelOfEachRule() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      double[] p = {random.nextInt(5) / 4.0, random.nextInt(5) / 4.0, random.nextInt(4) / 3.0};
      double[] weights = {1, 0.5 + random.nextDouble(), 2};
      GroupVotes votes = votes(p, weights);

      double egalitarian = MaxMin.of(votes).one()[0];
      double nash = NashWelfare.of(votes).one()[0];

      List<Share> shares = votes.shares().get(0);
      for (double t = 0; t <= 1; t += 1 / 64.0) {
        assertThat(worst(shares, egalitarian)).isGreaterThanOrEqualTo(worst(shares, t) - 1e-12);
        assertThat(product(shares, nash)).isGreaterThanOrEqualTo(product(shares, t) - 1e-9);
      }
    }
  }

  @Test
  void groupsOfOneMindWhoDisagreeGetTheirWeightByNashAndATieByMaxMin() {
    GroupVotes votes = votes(new double[] {1, 0}, new double[] {.7, .3});

    assertThat(NashWelfare.of(votes).one()[0]).isCloseTo(.7, within(1e-12));
    assertThat(MaxMin.of(votes).one()[0]).isEqualTo(.5);
    GroupVotes agree = votes(new double[] {.75, 1}, new double[] {1, 1});
    assertThat(NashWelfare.of(agree).one()[0]).isEqualTo(1);
    assertThat(MaxMin.of(agree).one()[0]).isEqualTo(1);
    GroupVotes indifferent = votes(new double[] {.5, 0}, new double[] {1, 1});
    assertThat(MaxMin.of(indifferent).one()[0]).isZero();
    assertThat(NashWelfare.of(indifferent).one()[0]).isZero();
    GroupVotes divided = votes(new double[] {.5, .5}, new double[] {1, 1});
    assertThat(MaxMin.of(divided).one()[0]).isEqualTo(.5);
    assertThat(NashWelfare.of(divided).one()[0]).isEqualTo(.5);
  }

  @Test
  void turningAPairRoundTurnsItsLabelRound() {
    double[] p = {.25, 1, .75};
    double[] turned = {.75, 0, .25};
    double[] weights = {1, 1, .4};

    assertThat(NashWelfare.of(votes(turned, weights)).one()[0])
        .isCloseTo(1 - NashWelfare.of(votes(p, weights)).one()[0], within(1e-12));
    assertThat(MaxMin.of(votes(turned, weights)).one()[0])
        .isEqualTo(1 - MaxMin.of(votes(p, weights)).one()[0]);
  }

  /** Eight people of one group and two of another, who want the contrary on half of the pairs. */
  @Test
  void theWorseOffGroupGetsMoreThanByTheShareOfVotes() {
    Planted planted = new Planted(4000);

    double share = planted.worst(planted.votes.ballots().shares());
    double maxMin = planted.worst(MaxMin.of(planted.votes).one());
    double nash = planted.worst(NashWelfare.of(planted.votes).one());

    // Measured: the worse-off group gets what it prefers on 0.564 of the pairs by the share, on
    // 0.661 by max-min, on 0.689 by Nash's product.
    assertThat(share).isLessThan(0.57);
    assertThat(maxMin).isGreaterThan(share + 0.09);
    assertThat(nash).isGreaterThan(share + 0.11);
  }

  @Test
  void weighingSpeaksForThePopulationAndNotForWhoAnswered() {
    Planted planted = new Planted(4000);
    Map<String, Integer> votes = new LinkedHashMap<>();
    votes.put("many", 4000 * MANY);
    votes.put("few", 4000 * FEW);
    Map<String, PostStratification.Weight> weights =
        PostStratification.of(Map.of("many", 0.5, "few", 0.5), votes);
    double[] byGroup = {weight(weights, "many"), weight(weights, "few")};

    Ballots weighed =
        new Ballots(
            planted.votes.ballots().pairs(),
            MANY + FEW,
            planted.votes.ballots().ballots().stream()
                .map(
                    b ->
                        new Ballot(
                            b.pair(),
                            b.person(),
                            b.one(),
                            false,
                            byGroup[b.person() < MANY ? 0 : 1]))
                .toList());

    // Half of the population prefers the one where groups disagree: the truth is 1/2 there.
    // Measured: off by 0.195 by the share, and by 0.118 weighed, which is what ten votes leave.
    double plain = Crowd.error(planted.votes.ballots().shares(), planted.population);
    double weighing = Crowd.error(weighed.shares(), planted.population);
    assertThat(byGroup[0]).isCloseTo(0.625, within(1e-12));
    assertThat(byGroup[1]).isCloseTo(2.5, within(1e-12));
    assertThat(plain).isGreaterThan(0.19);
    assertThat(weighing).isLessThan(0.125);
    // (n)^2 / sum w^2: 10 / (8 * 0.625^2 + 2 * 2.5^2) per vote
    assertThat(PostStratification.effective(weights, votes))
        .isCloseTo(40_000 * 10 / (8 * 0.390625 + 2 * 6.25), within(1e-6));
  }

  @Test
  void equalWeightsAreWorthAllVotesAndAGroupWithoutVotesIsMissing() {
    Map<String, Integer> votes = Map.of("a", 30, "b", 10);
    Map<String, PostStratification.Weight> asGiven =
        PostStratification.of(Map.of("a", 0.75, "b", 0.25), votes);

    assertThat(PostStratification.effective(asGiven, votes)).isCloseTo(40, within(1e-9));
    assertThat(PostStratification.missing(Map.of("a", 0.5, "c", 0.5, "d", 0.0), votes))
        .containsExactly("c");
    assertThat(weight(PostStratification.of(Map.of("a", 1.0), votes), "b")).isZero();
  }

  private static double weight(Map<String, PostStratification.Weight> weights, String group) {
    return Objects.requireNonNull(weights.get(group)).weight();
  }

  private static double worst(List<Share> groups, double first) {
    return groups.stream().mapToDouble(group -> group.expected(first)).min().orElseThrow();
  }

  private static double product(List<Share> groups, double first) {
    double sum = 0;
    for (Share group : groups) {
      sum += group.weight() * Math.log(group.expected(first));
    }
    return Math.exp(sum);
  }

  /** One pair, of which groups of twelve people say this. */
  private static GroupVotes votes(double[] p, double[] weights) {
    List<Ballot> ballots = new ArrayList<>();
    int[] groupOf = new int[12 * p.length];
    for (int h = 0; h < groupOf.length; h++) {
      groupOf[h] = h / 12;
      ballots.add(new Ballot(0, h, h % 12 < Math.round(12 * p[h / 12]) ? 1 : 0, false));
    }
    Ballots all = new Ballots(List.of(new Compared(0, 1)), groupOf.length, ballots);
    return new GroupVotes(all, groupOf, weights);
  }

  /** Groups that agree on half of the pairs; their members say so nine times in ten. */
  private static final class Planted {
    private final GroupVotes votes;
    private final double[][] truth;
    private final double[] population;

    Planted(int pairs) {
      SplittableRandom random = new SplittableRandom(6);
      truth = new double[2][pairs];
      population = new double[pairs];
      List<Compared> compared = new ArrayList<>();
      List<Ballot> ballots = new ArrayList<>();
      int[] groupOf = new int[MANY + FEW];
      Arrays.fill(groupOf, MANY, MANY + FEW, 1);
      for (int i = 0; i < pairs; i++) {
        compared.add(new Compared(2 * i, 2 * i + 1));
        boolean first = random.nextBoolean();
        truth[0][i] = first ? .9 : .1;
        truth[1][i] = (i % 2 == 0) == first ? .9 : .1;
        population[i] = (truth[0][i] + truth[1][i]) / 2;
        for (int h = 0; h < groupOf.length; h++) {
          double says = random.nextDouble() < truth[groupOf[h]][i] ? 1 : 0;
          ballots.add(new Ballot(i, h, says, false));
        }
      }
      votes = new GroupVotes(new Ballots(compared, groupOf.length, ballots), groupOf, ones());
    }

    private static double[] ones() {
      return new double[] {1, 1};
    }

    /** The share of the worse-off group that gets what it prefers. */
    double worst(double[] labels) {
      double[] welfare = new double[2];
      for (int g = 0; g < 2; g++) {
        for (int i = 0; i < labels.length; i++) {
          double p = truth[g][i];
          welfare[g] += (labels[i] * p + (1 - labels[i]) * (1 - p)) / labels.length;
        }
      }
      return Math.min(welfare[0], welfare[1]);
    }
  }
}

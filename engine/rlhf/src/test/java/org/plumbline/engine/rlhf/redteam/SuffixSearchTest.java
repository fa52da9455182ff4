// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.dsl.model.RedTeamSpec.Attack;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;

/** Searches on scores that are known. */
class SuffixSearchTest {

  private static AttackedSpec spec(Attack attack, int tries, int length) {
    return new AttackedSpec(
        "ppo",
        "prompts",
        "good",
        attack,
        "rude",
        0,
        null,
        1,
        tries,
        length,
        4,
        8,
        TruncationSpec.NONE);
  }

  private static RandomSequence random(int item) {
    return RandomStream.of(7, RandomPurpose.ATTACK_TEXTS, 0).forItem(item);
  }

  /** A score that is a sum over places, with its slopes. */
  private record Additive(double[][] worth) implements ToDoubleFunction<int[]> {

    /** Worths at random. */
    static Additive of(int length, int vocabulary, int item) {
      RandomStream stream = RandomStream.of(3, RandomPurpose.ENVIRONMENT, item);
      double[][] worth = new double[length][vocabulary];
      for (int t = 0; t < length; t++) {
        for (int v = 0; v < vocabulary; v++) {
          worth[t][v] = stream.normal((long) t * vocabulary + v);
        }
      }
      return new Additive(worth);
    }

    @Override
    public double applyAsDouble(int[] text) {
      double sum = 0;
      for (int t = 0; t < text.length; t++) {
        sum += worth[t][text[t]];
      }
      return sum;
    }

    /** The best of all texts of this length. */
    double best() {
      int vocabulary = worth[0].length;
      double best = Double.NEGATIVE_INFINITY;
      int all = (int) Math.pow(vocabulary, worth.length);
      for (int code = 0; code < all; code++) {
        int[] text = new int[worth.length];
        for (int t = 0, rest = code; t < text.length; t++, rest /= vocabulary) {
          text[t] = rest % vocabulary;
        }
        best = Math.max(best, applyAsDouble(text));
      }
      return best;
    }
  }

  /** The best that is found in so many tries, and all that was tried. */
  private record Found(double best, List<int[]> tried) {}

  private static Found search(SuffixSearch searching, int tries, ToDoubleFunction<int[]> score) {
    List<int[]> tried = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    while (tried.size() < tries) {
      List<int[]> texts = searching.propose(Math.min(16, tries - tried.size()));
      assertThat(texts).isNotEmpty().hasSizeLessThanOrEqualTo(16);
      double[] scores = texts.stream().mapToDouble(score).toArray();
      best = Math.max(best, Arrays.stream(scores).max().orElseThrow());
      tried.addAll(texts);
      searching.told(scores);
    }
    return new Found(best, tried);
  }

  private static Found search(Attack attack, int tries, Additive score, int item) {
    SuffixSearch searching =
        SuffixSearch.of(spec(attack, tries, score.worth.length), score.worth[0].length);
    searching.begin(random(item), text -> score.worth);
    return search(searching, tries, score);
  }

  @ParameterizedTest
  @EnumSource(
      value = Attack.class,
      names = {"RANDOM", "GREEDY", "BEAM", "GRADIENT", "REINFORCE"})
  void theBestOfAllTextsIsFoundInASmallSpace(Attack attack) {
    for (int item = 0; item < 10; item++) {
      Additive score = Additive.of(2, 5, item); // 25 texts

      Found found = search(attack, 200, score, item);

      assertThat(found.best).as("space " + item).isEqualTo(score.best());
    }
  }

  @Test
  void greedyAndBeamFindItWithTheTriesOfOneSweep() {
    for (int item = 0; item < 10; item++) {
      Additive score = Additive.of(3, 6, item); // 216 texts

      assertThat(search(Attack.GREEDY, 1 + 3 * 3 * 6, score, item).best).isEqualTo(score.best());
      assertThat(search(Attack.BEAM, 3 * 4 * 6, score, item).best).isEqualTo(score.best());
    }
  }

  private static double mean(Attack attack, int tries) {
    double sum = 0;
    for (int item = 0; item < 40; item++) {
      sum += search(attack, tries, Additive.of(3, 40, item), item).best / 40;
    }
    return sum;
  }

  @Test
  void whatFollowsTheScoreBeatsChanceAtEqualTries() {
    double chance = mean(Attack.RANDOM, 64);

    assertThat(mean(Attack.GREEDY, 64)).isGreaterThan(chance + 0.3);
    assertThat(mean(Attack.BEAM, 64)).isGreaterThan(chance + 0.3);
    assertThat(mean(Attack.GRADIENT, 64)).isGreaterThan(mean(Attack.GREEDY, 64) + 0.3);
  }

  /** A trigger of two tokens, anywhere in the text, one of which alone gives half of the score. */
  private static double planted(int[] text) {
    boolean first = Arrays.stream(text).anyMatch(token -> token == 17);
    boolean second = Arrays.stream(text).anyMatch(token -> token == 23);
    return (first ? 0.5 : 0) + (second ? 0.5 : 0);
  }

  private static int triggered(Attack attack, int tries) {
    int found = 0;
    for (int item = 0; item < 60; item++) {
      SuffixSearch searching = SuffixSearch.of(spec(attack, tries, 4), 50);
      searching.begin(random(item), text -> slopes());
      found += search(searching, tries, SuffixSearchTest::planted).best == 1 ? 1 : 0;
    }
    return found;
  }

  private static double[][] slopes() {
    double[][] slopes = new double[4][50];
    for (double[] place : slopes) {
      place[17] = 1;
      place[23] = 1;
    }
    return slopes;
  }

  @Test
  void aPlantedTriggerIsFoundMoreOftenThanByChance() {
    int chance = triggered(Attack.RANDOM, 100);

    assertThat(chance).isBetween(5, 50);
    assertThat(triggered(Attack.GREEDY, 100)).isGreaterThan(chance);
    assertThat(triggered(Attack.BEAM, 100)).isGreaterThan(chance);
    assertThat(triggered(Attack.GRADIENT, 100)).isEqualTo(60);
  }

  @Test
  void whatWasLearnedOfOnePromptHelpsWithTheNext() {
    SuffixSearch learning = SuffixSearch.of(spec(Attack.REINFORCE, 64, 4), 50);
    int early = 0;
    int late = 0;
    for (int prompt = 0; prompt < 40; prompt++) {
      learning.begin(random(prompt), text -> slopes());
      boolean found = search(learning, 64, SuffixSearchTest::planted).best == 1;
      early += found && prompt < 10 ? 1 : 0;
      late += found && prompt >= 30 ? 1 : 0;
    }

    assertThat(late).isEqualTo(10).isGreaterThan(early);
  }

  @Test
  void whoRemembersGoesOnTheSame() {
    SuffixSearch one = SuffixSearch.of(spec(Attack.REINFORCE, 64, 4), 50);
    one.begin(random(0), text -> null);
    search(one, 64, SuffixSearchTest::planted);
    SuffixSearch other = SuffixSearch.of(spec(Attack.REINFORCE, 64, 4), 50);

    other.remember(one.memory());

    one.begin(random(1), text -> null);
    other.begin(random(1), text -> null);
    assertThat(search(other, 64, SuffixSearchTest::planted).tried)
        .usingRecursiveComparison()
        .isEqualTo(search(one, 64, SuffixSearchTest::planted).tried);
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void equalRandomNumbersGiveEqualTextsAndOthersGiveOthers(Attack attack) {
    Additive score = Additive.of(3, 20, 0);
    List<int[]> texts = search(attack, 60, score, 3).tried;

    assertThat(search(attack, 60, score, 3).tried).usingRecursiveComparison().isEqualTo(texts);
    if (attack != Attack.PLAIN) {
      boolean same =
          Arrays.deepEquals(search(attack, 60, score, 4).tried.toArray(), texts.toArray());
      assertThat(same).isFalse();
      assertThat(texts).allMatch(text -> text.length >= 1 && text.length <= 3);
    }
  }

  @Test
  void aTextThatIsReadInOtherTokensIsNotBegunWith() {
    SuffixSearch searching = SuffixSearch.of(spec(Attack.GRADIENT, 64, 4), 50);

    searching.begin(random(0), text -> text.length == 2 && text[0] < 25 ? slopes() : null);

    assertThat(searching.propose(16))
        .singleElement()
        .satisfies(
            text -> {
              assertThat(text).hasSize(2);
              assertThat(text[0]).isLessThan(25);
            });
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.policies.ChosenSamples.Drawing;
import org.plumbline.engine.rlhf.rewards.RewardFunction;

/**
 * Policies that choose among samples, on the four answers of algorithms 4.1, whose vectors are
 * {@code 4.bon_toy}, {@code 4.oracle} and {@code 4.quantilizer}.
 */
class ChosenSamplesTest {
  private static final List<String> ANSWERS = TableAnswers.ANSWERS;
  private static final double[] BASE = {.42, .18, .08, .32};
  private static final double[] REWARDS = {1, 0, 2, -1};

  @Test
  void theBestOfFourHasTheDistributionOfTheVectors() {
    double[] share = shares(BestOfN.of(base(), reward(), 4, 1), 20_000);

    assertClose(share, numbers(Vectors.of("4.bon_toy").path("4").path("dist")), 20_000, 0);
  }

  @Test
  void rejectionSamplingComesToTheOptimumOfRewardMinusDivergence() {
    Drawing drawing = new Drawing(256, 1, 1);

    double[] share = shares(RejectionSampling.of(base(), reward(), drawing, .5), 20_000);

    double[] optimum = numbers(Vectors.of("4.oracle").path("0.5").path("pi*"));
    assertClose(share, optimum, 20_000, 1e-3);
    assertThat(divergence(share)).isLessThan(drawing.klBound());
  }

  @Test
  void aRewardThatHardlyCountsLeavesWhatIsSampled() {
    double[] share =
        shares(RejectionSampling.of(base(), reward(), new Drawing(16, 1, 1), 1e6), 20_000);

    assertClose(share, BASE, 20_000, 1e-5);
  }

  @Test
  void theQuantilizerDrawsEvenlyFromTheBestShare() {
    int n = 400;
    Drawing drawing = new Drawing(n, Quantilizer.among(.25, n), 1);

    double[] share = shares(Quantilizer.of(base(), reward(), drawing), 20_000);

    assertClose(share, Vectors.list("4.quantilizer", "q.25"), 20_000, 1e-3);
    assertThat(divergence(share)).isCloseTo(Vectors.number("4.quantilizer", "KL"), within(.02));
    assertThat(drawing.klBound()).isCloseTo(Vectors.number("4.quantilizer", "logq"), within(1e-12));
    double reward = 0;
    for (int i = 0; i < share.length; i++) {
      reward += share[i] * REWARDS[i];
    }
    assertThat(reward).isCloseTo(Vectors.number("4.quantilizer", "E[r]"), within(.02));
  }

  @Test
  void ofFewSamplesTheQuantilizerTakesTheBestOfThem() {
    int n = 8;
    int among = Quantilizer.among(.3, n);

    double[] share = shares(Quantilizer.of(base(), reward(), new Drawing(n, among, 1)), 20_000);

    assertThat(among).isEqualTo(3);
    // how many of the best k are worth r at least: the smaller of k and a binomial number
    int[] descending = {2, 0, 1, 3};
    double[] expected = new double[4];
    double above = 0;
    double before = 0;
    for (int answer : descending) {
      above += BASE[answer];
      double upTo = expectedAmong(n, above, among) / among;
      expected[answer] = upTo - before;
      before = upTo;
    }
    assertClose(share, expected, 20_000, 0);
  }

  @Test
  void theShareIsRoundedUp() {
    assertThat(Quantilizer.among(.1, 64)).isEqualTo(7);
    assertThat(Quantilizer.among(.25, 64)).isEqualTo(16);
    assertThat(Quantilizer.among(.001, 64)).isEqualTo(1);
    assertThat(Quantilizer.among(1, 64)).isEqualTo(64);
    assertThat(new Drawing(64, 64, 1).klBound()).isZero();
  }

  @Test
  void boundsAreThoseOfTheChoiceOnTopOfWhatIsSampled() {
    AnswerSource twice =
        BestOfN.of(Quantilizer.of(base(), reward(), new Drawing(8, 4, 1)), reward(), 4, 1);

    assertThat(twice.mostLogRatio()).isCloseTo(StrictMath.log(2 * 4), within(1e-12));
    assertThat(twice.klBound()).isCloseTo(StrictMath.log(2) + BestOf.klBound(4), within(1e-12));
  }

  @Test
  void anAnswerDoesNotDependOnTheOthersOfItsCall() {
    AnswerSource policy = RejectionSampling.of(base(), reward(), new Drawing(16, 1, 1), .5);
    List<Prompt> prompts = Collections.nCopies(30, Prompt.of("q"));

    List<String> all = texts(policy.answer(prompts, SamplingSettings.of(2), stream(), 0));
    List<String> parts = new ArrayList<>();
    parts.addAll(texts(policy.answer(prompts.subList(0, 7), SamplingSettings.of(2), stream(), 0)));
    parts.addAll(texts(policy.answer(prompts.subList(7, 30), SamplingSettings.of(2), stream(), 7)));

    assertThat(parts).isEqualTo(all);
    assertThat(all).hasSize(30).contains("aa", "ba");
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asDouble();
    }
    return numbers;
  }

  private static double expectedAmong(int n, double p, int most) {
    double expected = 0;
    double choose = 1;
    for (int hits = 0; hits <= n; hits++) {
      expected +=
          Math.min(most, hits) * choose * StrictMath.pow(p, hits) * StrictMath.pow(1 - p, n - hits);
      choose = choose * (n - hits) / (hits + 1);
    }
    return expected;
  }

  private static double divergence(double[] share) {
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      sum += share[i] == 0 ? 0 : share[i] * StrictMath.log(share[i] / BASE[i]);
    }
    return sum;
  }

  private static void assertClose(double[] share, double[] expected, int n, double bias) {
    for (int i = 0; i < share.length; i++) {
      double error = StrictMath.sqrt(expected[i] * (1 - expected[i]) / n);
      assertThat(share[i]).isCloseTo(expected[i], within(4 * error + bias + 1e-9));
    }
  }

  @Test
  void aRewardThatIsTheSameForAllIsSaid() {
    RewardFunction flat =
        answers ->
            new RewardFunction.Scores(new double[answers.size()], new double[answers.size()]);

    assertThat(notes(BestOfN.of(base(), flat, 4, 1)))
        .contains("the reward scored all answers 0.0: it had no say in which of them was given");
    assertThat(notes(BestOfN.of(base(), reward(), 4, 1))).isEmpty();
    assertThat(notes(BestOfN.of(base(), flat, 1, 1))).isEmpty();
  }

  private static List<String> notes(AnswerSource policy) {
    FolderContext context = FolderContext.in(Path.of(""), "", 1);
    shares(policy, 20);
    policy.note(context);
    return context.notes();
  }

  private static double[] shares(AnswerSource policy, int asked) {
    List<Prompt> prompts = Collections.nCopies(asked, Prompt.of("q"));
    double[] share = new double[ANSWERS.size()];
    for (String text : texts(policy.answer(prompts, SamplingSettings.of(2), stream(), 0))) {
      share[ANSWERS.indexOf(text)] += 1.0 / asked;
    }
    return share;
  }

  private static RandomStream stream() {
    return RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0);
  }

  private static List<String> texts(List<SampledAnswer> answers) {
    return answers.stream().map(SampledAnswer::text).toList();
  }

  private static RewardFunction reward() {
    return answers ->
        new RewardFunction.Scores(
            answers.stream()
                .mapToDouble(given -> REWARDS[ANSWERS.indexOf(given.answer().text())])
                .toArray(),
            new double[answers.size()]);
  }

  private static AnswerSource base() {
    return new TableAnswers(BASE);
  }
}

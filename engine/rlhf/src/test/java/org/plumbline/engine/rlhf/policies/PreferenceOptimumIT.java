// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.run.Stage;

/**
 * On a language whose answers can all be listed, every method that is fitted to preferences comes
 * to the distribution that its own paper says it must, or where none is known in closed form to the
 * least loss there is.
 */
class PreferenceOptimumIT {
  private static final double BETA = .5;
  private static final double[] REWARDS = ToyLanguage.rewards();

  @TempDir Path folder;

  @Test
  void dpoReachesTheClosedFormOptimum() throws IOException {
    reaches(
        new Dpo(),
        dpo(0, null, null),
        pairs(REWARDS, p -> p),
        base -> ToyLanguage.optimum(base, REWARDS, BETA));
  }

  @Test
  void robustDpoReachesTheOptimumOfTheLabelsBeforeSomeWereTurnedRound() throws IOException {
    double wrong = .2;
    reaches(
        new Dpo(),
        dpo(wrong, PolicySpec.Loss.ROBUST, null),
        pairs(REWARDS, p -> p * (1 - wrong) + (1 - p) * wrong),
        base -> ToyLanguage.optimum(base, REWARDS, BETA));
  }

  /** Under a divergence with f, the ratio of policy to reference has beta f' = reward - level. */
  @Test
  void dpoUnderTheForwardDivergenceReachesItsOptimum() throws IOException {
    reaches(
        new Dpo(),
        dpo(0, null, PolicySpec.Divergence.FORWARD_KL),
        pairs(REWARDS, p -> p),
        base -> normalised(base, (reward, level) -> BETA / (level - reward)));
  }

  @Test
  void dpoUnderTheJensenShannonDivergenceReachesItsOptimum() throws IOException {
    reaches(
        new Dpo(),
        dpo(0, null, PolicySpec.Divergence.JS),
        pairs(REWARDS, p -> p),
        base -> normalised(base, (reward, level) -> 1 / StrictMath.expm1((level - reward) / BETA)));
  }

  /** Targets moved to the middle are no longer those of any rewards. */
  @Tag("oracle")
  @Test
  void conservativeDpoReachesTheLeastLossThatThereIs() throws IOException {
    double wrong = .2;
    ToyTable table = new ToyTable(REWARDS);
    reaches(
        new Dpo(),
        dpo(wrong, null, null),
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                ofRatios(
                    base,
                    u ->
                        table.mean(
                            (i, j) ->
                                (1 - wrong) * Logistic.softplus(-BETA * (u[i] - u[j]))
                                    + wrong * Logistic.softplus(BETA * (u[i] - u[j]))))));
  }

  @Tag("oracle")
  @Test
  void dpoPerTokenReachesTheLeastLossThatThereIs() throws IOException {
    ToyTable table = new ToyTable(REWARDS);
    PolicySpec.Dpo perToken =
        new PolicySpec.Dpo("base", "prefs", BETA, 0, fitting(), null, null, null, true, null);
    reaches(
        new Dpo(),
        perToken,
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                ofRatios(
                    base,
                    u ->
                        table.mean(
                            (i, j) ->
                                Logistic.softplus(
                                    -BETA * (u[i] / table.tokens(i) - u[j] / table.tokens(j)))))));
  }

  /** Each log-ratio is drawn to (2 P - 1) / (2 beta) by every answer that it is compared with. */
  @Tag("oracle")
  @Test
  void sppoReachesTheLeastLossThatThereIs() throws IOException {
    ToyTable table = new ToyTable(REWARDS);
    double half = .5 / BETA;
    reaches(
        new Dpo(),
        dpo(0, PolicySpec.Loss.SPPO, null),
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                ofRatios(
                    base, u -> table.mean((i, j) -> square(u[i] - half) + square(u[j] + half)))));
  }

  private static double square(double value) {
    return value * value;
  }

  private static ToyTable.Loss ofRatios(double[] base, ToyTable.Loss loss) {
    return logProb -> {
      double[] ratios = new double[base.length];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = logProb[i] - StrictMath.log(base[i]);
      }
      return loss.of(ratios);
    };
  }

  private static PolicySpec.Dpo dpo(
      double wrong, PolicySpec.@Nullable Loss loss, PolicySpec.@Nullable Divergence divergence) {
    return new PolicySpec.Dpo(
        "base", "prefs", BETA, wrong, fitting(), loss, divergence, null, null, null);
  }

  @Test
  void ipoReachesTheClosedFormOptimum() throws IOException {
    double tau = .4;
    double[] preferred = new double[REWARDS.length]; // to a uniform answer
    for (int i = 0; i < preferred.length; i++) {
      for (double other : REWARDS) {
        preferred[i] += Logistic.sigmoid(REWARDS[i] - other) / REWARDS.length;
      }
    }
    reaches(
        new Ipo(),
        new PreferencePolicySpec.Ipo("base", "prefs", tau, false, fitting()),
        pairs(REWARDS, p -> p),
        base -> ToyLanguage.optimum(base, preferred, tau));
  }

  @Test
  void bcoReachesTheOptimumOfItsClassifier() throws IOException {
    // of each pair three labels are right and one is wrong
    List<Pair> pairs = new ArrayList<>();
    for (double[] rewards : List.of(REWARDS, REWARDS, REWARDS, turned())) {
      pairs.addAll(pairs(rewards, p -> 1));
    }
    double[] logits = new double[REWARDS.length];
    for (int i = 0; i < logits.length; i++) {
      double good = 0;
      double bad = 0;
      for (double other : REWARDS) {
        good += REWARDS[i] > other ? 3 : REWARDS[i] < other ? 1 : 0;
        bad += REWARDS[i] < other ? 3 : REWARDS[i] > other ? 1 : 0;
      }
      logits[i] = StrictMath.log(good / bad);
    }
    reaches(
        new Bco(),
        new PreferencePolicySpec.Bco(
            "base", "prefs", BETA, new AnswerFittingSpec(600, 2 * pairs.size(), 5e-3)),
        pairs,
        base -> ToyLanguage.optimum(base, logits, BETA));
  }

  /**
   * At one prompt the point of reference is 0, and an answer has the value of sigmoid(beta u) as
   * often as it is good rather than bad: those that are more often bad are given up, and what the
   * others are worth for another bit of probability is the same for all of them.
   */
  @Tag("oracle")
  @Test
  void ktoReachesTheDistributionOfMostValue() throws IOException {
    List<Pair> pairs = pairs(REWARDS, p -> 1);
    double[] surplus = new double[REWARDS.length];
    for (int i = 0; i < surplus.length; i++) {
      for (double other : REWARDS) {
        surplus[i] += Math.signum(REWARDS[i] - other);
      }
    }
    reaches(
        new Kto(),
        new PreferencePolicySpec.Kto(
            "base", "prefs", BETA, 1, 1, new AnswerFittingSpec(1500, 2 * pairs.size(), 1e-2)),
        pairs,
        base -> mostValue(base, surplus),
        .03);
  }

  /**
   * The x = pi / base that has the greatest sum of surplus times x^b / (1 + x^b): where its slope,
   * b x^(b-1) / (1 + x^b)^2, is in proportion to base / surplus.
   */
  private static double[] mostValue(double[] base, double[] surplus) {
    double low = 1e-9;
    double high = 1e9;
    double[] policy = new double[base.length];
    for (int halving = 0; halving < 200; halving++) {
      double price = StrictMath.sqrt(low * high);
      double sum = 0;
      for (int i = 0; i < base.length; i++) {
        policy[i] = surplus[i] <= 0 ? 0 : base[i] * ratioAt(price * base[i] / surplus[i]);
        sum += policy[i];
      }
      if (sum > 1) {
        low = price;
      } else {
        high = price;
      }
    }
    return policy;
  }

  /** Where the slope, which falls all the way if b is below 1, has a value. */
  private static double ratioAt(double slope) {
    double low = 1e-12;
    double high = 1e12;
    for (int halving = 0; halving < 200; halving++) {
      double x = StrictMath.sqrt(low * high);
      double power = StrictMath.pow(x, BETA);
      if (BETA * power / x / square(1 + power) > slope) {
        low = x;
      } else {
        high = x;
      }
    }
    return low;
  }

  @Tag("oracle")
  @Test
  void hingeReachesTheLeastLossThatThereIs() throws IOException {
    ToyTable table = new ToyTable(REWARDS);
    reachesLeast(
        new Dpo(),
        dpo(0, PolicySpec.Loss.HINGE, null),
        base -> ofRatios(base, u -> table.mean((i, j) -> Math.max(0, 1 - BETA * (u[i] - u[j])))));
  }

  @Tag("oracle")
  @Test
  void slicReachesTheLeastLossThatThereIs() throws IOException {
    double delta = 1;
    double weight = .2;
    ToyTable table = new ToyTable(REWARDS);
    reachesLeast(
        new Slic(),
        new PreferencePolicySpec.Slic("base", "prefs", delta, weight, fitting()),
        base ->
            logProb ->
                weight * table.chosen(logProb)
                    + table.mean((i, j) -> Math.max(0, delta - logProb[i] + logProb[j])));
  }

  /** Each pair is a ranking of two. */
  @Tag("oracle")
  @Test
  void rrhfReachesTheLeastLossThatThereIs() throws IOException {
    double weight = .2;
    ToyTable table = new ToyTable(REWARDS);
    reachesLeast(
        new Rrhf(),
        new PreferencePolicySpec.Rrhf(
            "base", "prefs", 1, weight, 600, REWARDS.length * (REWARDS.length - 1) / 2, 5e-3, null),
        base ->
            logProb ->
                table.each(
                    (i, j) ->
                        Math.max(0, logProb[j] / table.tokens(j) - logProb[i] / table.tokens(i))
                            - weight * logProb[i] / table.tokens(i)));
  }

  /** A loss with corners may be least at many distributions: the loss itself is measured. */
  private void reachesLeast(Stage stage, PolicySpec settings, Function<double[], ToyTable.Loss> of)
      throws IOException {
    double[] base = probabilitiesOfTheReference();
    ToyTable.Loss loss = of.apply(base);
    double least = new ToyTable(REWARDS).least(loss);
    double before = loss.of(ToyTable.logs(base));

    double[] reached = trained(stage, settings, pairs(REWARDS, p -> p));

    assertThat(before - least).isGreaterThan(.1);
    assertThat(loss.of(ToyTable.logs(reached)) - least).isLessThan(.01 * (before - least));
  }

  private static double[] turned() {
    return Arrays.stream(REWARDS).map(reward -> -reward).toArray();
  }

  @Tag("oracle")
  @Test
  void orpoReachesTheLeastLossThatThereIs() throws IOException {
    ToyTable table = new ToyTable(REWARDS);
    reaches(
        new Orpo(),
        new PreferencePolicySpec.Orpo("base", "prefs", 1, fitting()),
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                logProb ->
                    table.likelihood(logProb)
                        + table.mean(
                            (i, j) ->
                                Logistic.softplus(
                                    logOdds(logProb[j] / table.tokens(j))
                                        - logOdds(logProb[i] / table.tokens(i))))));
  }

  private static double logOdds(double mean) {
    return mean - StrictMath.log(-StrictMath.expm1(mean));
  }

  @Tag("oracle")
  @Test
  void simpoReachesTheLeastLossThatThereIs() throws IOException {
    double beta = 2;
    double margin = .5;
    ToyTable table = new ToyTable(REWARDS);
    reaches(
        new Simpo(),
        new PreferencePolicySpec.Simpo("base", "prefs", beta, margin, fitting()),
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                logProb ->
                    table.mean(
                        (i, j) ->
                            Logistic.softplus(
                                margin
                                    - beta
                                        * (logProb[i] / table.tokens(i)
                                            - logProb[j] / table.tokens(j))))));
  }

  @Tag("oracle")
  @Test
  void cpoReachesTheLeastLossThatThereIs() throws IOException {
    double weight = .5;
    ToyTable table = new ToyTable(REWARDS);
    reaches(
        new Cpo(),
        new PreferencePolicySpec.Cpo("base", "prefs", BETA, weight, fitting()),
        pairs(REWARDS, p -> p),
        base ->
            table.optimum(
                logProb ->
                    weight * table.likelihood(logProb)
                        + table.mean(
                            (i, j) -> Logistic.softplus(-BETA * (logProb[i] - logProb[j])))));
  }

  private static PairFittingSpec fitting() {
    return new PairFittingSpec(600, REWARDS.length * (REWARDS.length - 1) / 2, 5e-3);
  }

  /** What a method should come to, from the reference's probabilities. */
  private interface Target {
    double[] of(double[] base);
  }

  private void reaches(Stage stage, PolicySpec settings, List<Pair> pairs, Target target)
      throws IOException {
    reaches(stage, settings, pairs, target, .01);
  }

  private void reaches(
      Stage stage, PolicySpec settings, List<Pair> pairs, Target target, double distance)
      throws IOException {
    double[] base = probabilitiesOfTheReference();
    double[] optimum = target.of(base);
    assertThat(ToyLanguage.distance(base, optimum)).isGreaterThan(.1);

    double[] reached = trained(stage, settings, pairs);

    assertThat(ToyLanguage.distance(reached, optimum)).isLessThan(distance);
  }

  private static double[] probabilitiesOfTheReference() {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      return ToyLanguage.probabilities(reference);
    }
  }

  /** What a policy that learned from these pairs says. */
  private double[] trained(Stage stage, PolicySpec settings, List<Pair> pairs) throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      Path feedback = Files.createDirectories(folder.resolve("prefs"));
      Pairs.write(pairs, feedback);
      reference.save(folder.resolve("base"));

      Path trained =
          FolderContext.in(folder.resolve("work"), settings, 1)
              .input("from", FolderContext.artifact(folder.resolve("base")))
              .input("feedback", FolderContext.artifact(feedback))
              .run(stage)
              .folder();

      try (LanguageModel policy = LanguageModel.load(trained)) {
        return ToyLanguage.probabilities(policy);
      }
    }
  }

  /** Base times a ratio that falls with the level, at the level where the sum is 1. */
  private static double[] normalised(double[] base, DoubleBinaryOperator ratio) {
    double low = 1.1; // no reward is higher
    double high = 100;
    double[] scaled = new double[base.length];
    for (int halving = 0; halving < 200; halving++) {
      double level = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < base.length; i++) {
        scaled[i] = base[i] * ratio.applyAsDouble(REWARDS[i], level);
        sum += scaled[i];
      }
      if (sum > 1) {
        low = level;
      } else {
        high = level;
      }
    }
    return scaled;
  }

  /**
   * Every pair of answers.
   *
   * @param target its target, from its exact Bradley-Terry probability
   */
  private static List<Pair> pairs(double[] rewards, DoubleUnaryOperator target) {
    try (LanguageModel model = ToyLanguage.model(1)) {
      AnswerFormat format = new AnswerFormat(model);
      Prompt prompt = Prompt.of(ToyLanguage.PROMPT);
      List<Answer> answers = new ArrayList<>();
      List<Boolean> finished = new ArrayList<>();
      for (int[] tokens : ToyLanguage.answers()) {
        answers.add(prompt.answer(format.text(prompt, Sequence.of(ToyLanguage.prompt(), tokens))));
        finished.add(tokens[tokens.length - 1] == model.tokenizer().endOfText());
      }
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < rewards.length; i++) {
        for (int j = 0; j < rewards.length; j++) {
          if (rewards[i] > rewards[j]) {
            pairs.add(
                new Pair(
                    pairs.size(),
                    prompt,
                    answers.get(i),
                    answers.get(j),
                    target.applyAsDouble(Logistic.sigmoid(rewards[i] - rewards[j])),
                    1,
                    1,
                    finished.get(i),
                    finished.get(j)));
          }
        }
      }
      return pairs;
    }
  }
}

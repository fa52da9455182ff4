// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.OnlineLoss;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.BestOf;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.online.BestAndWorst;
import org.plumbline.engine.rlhf.online.FreshAnswer;
import org.plumbline.engine.rlhf.online.FreshPreferences;
import org.plumbline.engine.rlhf.online.RewardPreferences;
import org.plumbline.engine.rlhf.policygradient.KlReference;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.AnswerPenalties;

/**
 * On a language whose answers can all be listed, every method comes to the distribution that theory
 * says it must (Korbak, Perez, Buckley 2022, arXiv:2205.11275: reference times exp(reward / beta)).
 */
class OptimumIT {
  private static final double BETA = .5;
  private static final int UPDATES = 160;

  @TempDir Path folder;

  @Test
  void ppoReachesTheClosedFormOptimum() throws Exception {
    PolicySpec.Ppo settings = ppo();
    reachesTheClosedFormOptimum(settings, Ppo.method(settings));
  }

  private static PolicySpec.Ppo ppo() {
    return new PolicySpec.Ppo(
        "base",
        "rm",
        "prompts",
        new Regularizers(new Regularizers.Kl(BETA, null, 10_000, null), 0, null),
        new ScheduleSpec(120, 1024),
        2,
        2,
        3e-3,
        .2,
        10,
        .5,
        .95,
        1,
        new RolloutSpec(0, new SamplingSpec(1, 2)));
  }

  @Tag("oracle")
  @Test
  void ppoWithAValueModelOfItsOwnReachesTheClosedFormOptimum() throws Exception {
    PolicySpec.Ppo settings = ppo().withSeparateValues(null);
    reachesTheClosedFormOptimum(settings, Ppo.method(settings));
  }

  @Test
  void rlooReachesTheClosedFormOptimum() throws Exception {
    OnlinePolicySpec.Rloo settings =
        new OnlinePolicySpec.Rloo(
            "base",
            "rm",
            "prompts",
            new Regularizers(new Regularizers.Kl(BETA, null, 10_000, null), 0, null),
            new ScheduleSpec(120, 1024),
            4,
            1,
            2,
            3e-3,
            .2,
            new RolloutSpec(0, new SamplingSpec(1, 2)));
    reachesTheClosedFormOptimum(settings, Rloo.method(settings));
  }

  /** Whatever is taken off the reward, what is reached on average does not depend on it. */
  @Tag("oracle")
  @ParameterizedTest
  @EnumSource(OnlinePolicySpec.Baseline.class)
  void reinforceReachesTheClosedFormOptimum(OnlinePolicySpec.Baseline baseline) throws Exception {
    Methods.Size size = new Methods.Size(UPDATES, 1024, 3e-3, 2);
    reachesTheClosedFormOptimum(Methods.reinforce(baseline, Methods.kl(BETA), size));
  }

  @Tag("oracle")
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void reinforcePlusPlusReachesTheClosedFormOptimum(int group) throws Exception {
    Methods.Size size = new Methods.Size(UPDATES, 1024, 3e-3, 2);
    reachesTheClosedFormOptimum(Methods.plusPlus(group, Methods.kl(BETA), size));
  }

  /** Without the deviation and with a constant length, which make GRPO's gradient biased. */
  @Tag("oracle")
  @Test
  void drGrpoReachesTheClosedFormOptimum() throws Exception {
    Methods.Size size = new Methods.Size(UPDATES, 1024, 3e-3, 2);
    reachesTheClosedFormOptimum(
        Methods.grpo(
            OnlinePolicySpec.AdvantageScale.NONE,
            OnlinePolicySpec.Aggregation.CONSTANT,
            Methods.kl(BETA),
            size));
  }

  /**
   * Of answers of one token: in the loss, the second estimate and the exact divergence come to the
   * same optimum as the first does in the reward, and the third, which is of another divergence, to
   * another.
   */
  @Tag("oracle")
  @ParameterizedTest
  @EnumSource(
      value = Regularizers.Estimator.class,
      names = {"K2", "K3", "EXACT"})
  void theDivergenceInTheLossHasItsOwnOptimum(Regularizers.Estimator estimator) throws Exception {
    OnlinePolicySpec.Rloo settings =
        Methods.rloo(
            Methods.kl(BETA, estimator, Regularizers.Placement.LOSS),
            new Methods.Size(120, 1024, 3e-3, 1));
    List<String> tokens = List.of("", "q", "a", "b");
    double[] rewards = {.8, -.6, .3, -1};
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] optimum = ToyLanguage.optimum(firstTokens(reference), rewards, BETA);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      PolicyGradient.train(
          context,
          Rloo.method(settings),
          new PolicyGradient.Parts(reference, reference, reward(tokens, rewards)),
          Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        double distance = ToyLanguage.distance(firstTokens(policy), optimum);
        if (estimator == Regularizers.Estimator.K3) {
          assertThat(distance).isGreaterThan(.05);
        } else {
          assertThat(distance).isLessThan(.03);
        }
      }
    }
  }

  /** Near to several references, the optimum is their product by shares, times exp(r / beta). */
  @Tag("oracle")
  @Test
  void severalReferencesHaveTheirProductAsTheOptimum() throws Exception {
    OnlinePolicySpec.Rloo settings =
        Methods.rloo(Methods.kl(BETA), new Methods.Size(120, 1024, 3e-3, 1));
    List<String> tokens = List.of("", "q", "a", "b");
    double[] rewards = {.8, -.6, .3, -1};
    try (LanguageModel near = ToyLanguage.model(1);
        LanguageModel far = ToyLanguage.moved()) {
      double[] both = firstTokens(near);
      double[] other = firstTokens(far);
      for (int i = 0; i < both.length; i++) {
        both[i] = StrictMath.pow(both[i], .6) * StrictMath.pow(other[i], .4);
      }
      double[] optimum = ToyLanguage.optimum(both, rewards, BETA);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      PolicyGradient.train(
          context,
          Rloo.method(settings),
          new PolicyGradient.Parts(
              near,
              new KlReference(
                  List.of(
                      new KlReference.Member(() -> near, .6),
                      new KlReference.Member(() -> far, .4))),
              reward(tokens, rewards)),
          Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        assertThat(ToyLanguage.distance(firstTokens(policy), optimum)).isLessThan(.03);
        assertThat(
                ToyLanguage.distance(
                    optimum, ToyLanguage.optimum(firstTokens(near), rewards, BETA)))
            .isGreaterThan(.05);
      }
    }
  }

  /** The probabilities of the end and of the three tokens as an answer's first. */
  private static double[] firstTokens(LanguageModel model) {
    double[] first = new double[4];
    double[] all = ToyLanguage.probabilities(model);
    first[0] = all[0];
    for (int i = 1; i < all.length; i++) {
      first[(i - 1) / 4 + 1] += all[i];
    }
    return first;
  }

  private void reachesTheClosedFormOptimum(OnlinePolicySpec settings) throws IOException {
    reachesTheClosedFormOptimum(settings, Methods.of(settings));
  }

  private void reachesTheClosedFormOptimum(PolicySpec settings, PolicyGradient.Settings method)
      throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] optimum =
          ToyLanguage.optimum(ToyLanguage.probabilities(reference), ToyLanguage.rewards(), BETA);
      assertThat(ToyLanguage.distance(ToyLanguage.probabilities(reference), optimum))
          .isGreaterThan(.3);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      PolicyGradient.train(
          context,
          method,
          new PolicyGradient.Parts(reference, reference, toyReward()),
          Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        assertThat(ToyLanguage.distance(ToyLanguage.probabilities(policy), optimum))
            .isLessThan(.03);
      }
    }
  }

  /** By preferences as Bradley and Terry have them: sigmoid of the rewards' difference. */
  @Test
  void onlineDpoReachesTheClosedFormOptimum() throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] base = ToyLanguage.probabilities(reference);
      double[] optimum = ToyLanguage.optimum(base, ToyLanguage.rewards(), BETA);

      assertThat(ToyLanguage.distance(onlineDpo(reference, OnlineLoss.SIGMOID, 0), optimum))
          .isLessThan(.03);
      assertThat(ToyLanguage.distance(base, optimum)).isGreaterThan(.3);
    }
  }

  /** What the reference says is explored less; a small bonus hardly moves the optimum. */
  @Tag("oracle")
  @Test
  void explorationStaysNearTheOptimumWithItsBonus() throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] optimum =
          ToyLanguage.optimum(ToyLanguage.probabilities(reference), ToyLanguage.rewards(), BETA);

      assertThat(ToyLanguage.distance(onlineDpo(reference, OnlineLoss.SIGMOID, 1e-3), optimum))
          .isLessThan(.03);
    }
  }

  /** Against itself: reference times exp(P(y preferred to itself) / beta) (Calandriello 2024). */
  @Tag("oracle")
  @Test
  void onlineIpoReachesTheRegularisedNashEquilibrium() throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] base = ToyLanguage.probabilities(reference);
      double[][] preferences = ToyLanguage.preferences(ToyLanguage.rewards());
      double[] equilibrium = ToyLanguage.equilibrium(base, preferences, 0, .2);

      assertThat(ToyLanguage.distance(onlineDpo(reference, OnlineLoss.IPO, 0, .2), equilibrium))
          .isLessThan(.03);
      assertThat(ToyLanguage.distance(base, equilibrium)).isGreaterThan(.2);
    }
  }

  /**
   * Preferences in a circle, of which no reward can be made: of three answers each is preferred to
   * the next, and all of them to a fourth.
   */
  @Tag("oracle")
  @ParameterizedTest
  @ValueSource(doubles = {0, .5})
  void nashMdReachesTheRegularisedEquilibriumOfACircle(double mixture) throws IOException {
    List<String> tokens = List.of("", "q", "a", "b");
    double[][] preferences = {
      {.5, .8, .3, .9}, {.2, .5, .9, .9}, {.7, .1, .5, .9}, {.1, .1, .1, .5}
    };
    OnlinePolicySpec.NashMd settings =
        new OnlinePolicySpec.NashMd(
            "base",
            "prompts",
            null,
            "crowd",
            mixture,
            .3,
            new ScheduleSpec(200, 1024),
            3e-3,
            new RolloutSpec(0, new SamplingSpec(1, 1)),
            null);
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] base = firstTokens(reference);
      double[] equilibrium = ToyLanguage.equilibrium(base, preferences, mixture, .3);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      NashMd.train(
          context,
          reference,
          new TablePreferences(tokens, preferences),
          Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        assertThat(ToyLanguage.distance(firstTokens(policy), equilibrium)).isLessThan(.03);
        assertThat(ToyLanguage.distance(base, equilibrium)).isGreaterThan(.1);
      }
    }
  }

  /** Says how often each answer is preferred to each, from a table. */
  private record TablePreferences(List<String> texts, double[][] preferences)
      implements FreshPreferences {
    @Override
    public List<BestAndWorst> among(List<List<FreshAnswer>> groups) {
      return FreshAnswer.given(groups).stream()
          .map(group -> BestAndWorst.ofTwo(preferences[place(group, 0)][place(group, 1)]))
          .toList();
    }

    private int place(List<Exchange> group, int number) {
      return texts.indexOf(group.get(number).answer().text());
    }

    @Override
    public Map<String, Double> logged() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  private double[] onlineDpo(LanguageModel reference, OnlineLoss loss, double exploration)
      throws IOException {
    return onlineDpo(reference, loss, exploration, BETA);
  }

  private double[] onlineDpo(
      LanguageModel reference, OnlineLoss loss, double exploration, double beta)
      throws IOException {
    OnlinePolicySpec.OnlineDpo settings =
        new OnlinePolicySpec.OnlineDpo(
            "base",
            "prompts",
            "rm",
            null,
            loss,
            beta,
            exploration,
            2,
            new ScheduleSpec(200, 1024),
            3e-3,
            0,
            1,
            2,
            TruncationSpec.NONE,
            null);
    FolderContext context = FolderContext.in(folder, settings, 1);
    Files.createDirectories(context.output());
    OnlineDpo.train(
        context,
        reference,
        new RewardPreferences(toyReward(), new AnswerPenalties(0, null, null), Logistic::sigmoid),
        Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));
    try (LanguageModel policy = LanguageModel.load(context.output())) {
      return ToyLanguage.probabilities(policy);
    }
  }

  @Test
  void expertIterationThatKeepsTheBestComesToBestOfN() throws IOException {
    expertIterationComesToBestOf(4, 1, 4);
  }

  /** Two rounds of two: the best of two of what had become the best of two. */
  @Tag("oracle")
  @Test
  void roundsOfExpertIterationMultiply() throws IOException {
    expertIterationComesToBestOf(4, 2, 2);
  }

  private void expertIterationComesToBestOf(int n, int rounds, int samples) throws IOException {
    OnlinePolicySpec.ExpertIteration settings =
        new OnlinePolicySpec.ExpertIteration(
            "base",
            "rm",
            "prompts",
            rounds,
            samples,
            OnlinePolicySpec.Keep.BEST,
            null,
            0,
            OnlinePolicySpec.StartFrom.LATEST,
            600,
            512,
            5e-3,
            new SamplingSpec(1, 2));
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] expected =
          BestOf.distribution(ToyLanguage.probabilities(reference), ToyLanguage.rewards(), n);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      ExpertIteration.train(
          context,
          reference,
          toyReward(),
          Collections.nCopies(4096 * rounds, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        assertThat(ToyLanguage.distance(ToyLanguage.probabilities(policy), expected))
            .isLessThan(.03);
        assertThat(ToyLanguage.distance(ToyLanguage.probabilities(reference), expected))
            .isGreaterThan(.2);
      }
    }
  }

  @Test
  void bestOfNHasTheClosedFormDistribution() {
    int n = 4;
    int asked = 20_000;
    try (LanguageModel model = ToyLanguage.model(1)) {
      double[] expected =
          BestOf.distribution(ToyLanguage.probabilities(model), ToyLanguage.rewards(), n);
      AnswerSource best = BestOfN.of(new ModelAnswers(model), toyReward(), n, 1);
      List<Prompt> prompts = Collections.nCopies(asked, Prompt.of(ToyLanguage.PROMPT));

      List<SampledAnswer> answers =
          best.answer(
              prompts,
              SamplingSettings.of(2),
              RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0),
              0);

      List<String> texts = ToyLanguage.texts();
      double[] share = new double[expected.length];
      answers.forEach(a -> share[texts.indexOf(a.text())] += 1.0 / asked);
      for (int i = 0; i < share.length; i++) {
        double error = StrictMath.sqrt(expected[i] * (1 - expected[i]) / asked);
        assertThat(Math.abs(share[i] - expected[i])).isLessThan(4 * error + 1e-9);
      }
    }
  }

  private static RewardFunction toyReward() {
    return reward(ToyLanguage.texts(), ToyLanguage.rewards());
  }

  private static RewardFunction reward(List<String> texts, double[] rewards) {
    Map<String, Double> byText = new HashMap<>();
    for (int i = 0; i < rewards.length; i++) {
      byText.put(texts.get(i), rewards[i]);
    }
    return answers ->
        new RewardFunction.Scores(
            answers.stream()
                .mapToDouble(given -> byText.getOrDefault(given.answer().text(), Double.NaN))
                .toArray(),
            new double[answers.size()]);
  }
}

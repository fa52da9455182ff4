// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Expertise;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Adversarial;
import org.plumbline.engine.artifact.RewardMeasures.CurvePoint;
import org.plumbline.engine.artifact.RewardMeasures.Gold;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutPairs;
import org.plumbline.engine.artifact.RewardMeasures.Slice;
import org.plumbline.engine.artifact.RewardMeasures.Trick;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.answers.SamplingPhases;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.store.content.Artifact;

class GoldReportTest {
  @TempDir Path folder;

  @Test
  void theDistanceOfTwoRewardsIsThatOfTheWorkedExample() {
    List<List<double[]>> prompts =
        List.of(
            List.of(new double[] {3, 1}, new double[] {1, 0}, new double[] {4, 2}),
            List.of(new double[] {10.5, .5}, new double[] {12, 1.5}, new double[] {9, -1}));

    assertThat(Epic.distance(prompts)).isCloseTo(Vectors.number("3.epic_lm", "dist"), within(1e-9));
  }

  /**
   * In a world with states, rewards are first brought to their canonical shape; what is left is the
   * same distance. Answers to a prompt have no next state: their shape is the mean that is taken
   * off.
   */
  @Test
  void theDistanceOfRewardsOfStatesIsThatOfTheirCanonicalShapes() {
    double[][][] one = {{{1, 0}, {0, 2}}, {{0, 1}, {3, 0}}};
    double[][][] other = {{{1, 0}, {0, 2}}, {{0, 1}, {0, 3}}};
    double[] potential = {-1, 2};
    double[][][] shaped = mapped(one, (r, s, t) -> r + .9 * potential[t] - potential[s]);
    double[][][] scaled = mapped(shaped, (r, s, t) -> 2 * r + 5);
    double[][][] reversed = mapped(one, (r, s, t) -> -r);

    assertThat(canonical(one)[0][0])
        .containsExactly(Vectors.list("3.epic", "canon_R1_00"), within(1e-12));
    assertThat(distance(one, shaped))
        .isCloseTo(Vectors.number("3.epic", "self_shaped"), within(1e-7));
    assertThat(distance(one, scaled))
        .isCloseTo(Vectors.number("3.epic", "self_shaped_scaled"), within(1e-7));
    assertThat(distance(one, other)).isCloseTo(Vectors.number("3.epic", "R1_R2"), within(1e-9));
    assertThat(distance(one, reversed)).isCloseTo(Vectors.number("3.epic", "R1_neg"), within(1e-9));
  }

  private static double distance(double[][][] one, double[][][] other) {
    double[][][] a = canonical(one);
    double[][][] b = canonical(other);
    List<double[]> all = new ArrayList<>();
    mapped(
        a,
        (r, s, t) -> {
          all.add(new double[] {r, 0});
          return r;
        });
    int[] next = {0};
    mapped(
        b,
        (r, s, t) -> {
          all.get(next[0]++)[1] = r;
          return r;
        });
    return Objects.requireNonNull(Epic.distance(List.of(all)));
  }

  /** R(s,a,s') + g E R(s',A,S') - E R(s,A,S') - g E R(S,A,S') with g 0.9, over all alike. */
  private static double[][][] canonical(double[][][] rewards) {
    double[] means =
        Arrays.stream(rewards)
            .mapToDouble(
                of -> Arrays.stream(of).flatMapToDouble(Arrays::stream).average().orElse(0))
            .toArray();
    double mean = Arrays.stream(means).average().orElse(0);
    return mapped(rewards, (r, s, t) -> r + .9 * means[t] - means[s] - .9 * mean);
  }

  private static double[][][] mapped(double[][][] rewards, Shaped shaped) {
    double[][][] out = new double[2][2][2];
    for (int s = 0; s < 2; s++) {
      for (int a = 0; a < 2; a++) {
        for (int t = 0; t < 2; t++) {
          out[s][a][t] = shaped.of(rewards[s][a][t], s, t);
        }
      }
    }
    return out;
  }

  /** A reward from state s to state t, made of another one. */
  private interface Shaped {
    double of(double reward, int s, int t);
  }

  @Test
  void whatIsAccurateMayChooseTheWorst() {
    double[] gold = IntStream.range(0, 21).mapToDouble(i -> i < 20 ? .1 * i : -3).toArray();
    double[] scores = IntStream.range(0, 21).mapToDouble(i -> i).toArray();
    List<double[][]> pools = List.<double[][]>of(new double[][] {gold, scores});

    assertThat(Objects.requireNonNull(GoldReport.accuracy(pools)).value())
        .isCloseTo(Vectors.number("G.rmeval", "pairwise_acc"), within(1e-9));
    assertThat(GoldReport.bestOf(pools).chosen())
        .isCloseTo(Vectors.number("G.rmeval", "bon_inf_gold"), within(1e-9));
    assertThat(GoldReport.bestOf(pools).best())
        .isCloseTo(Vectors.number("G.rmeval", "best_gold"), within(1e-9));
  }

  @Test
  void versionsAreWhatTheirNamesSay() {
    GoldStandard standard =
        new GoldStandard(null, null, Map.of(), Map.of("polite", List.of("please", "thank")));
    Exchange answer = Exchange.of(Prompt.of("how?"), Answer.of("wash it in hot water."));

    Map<String, String> versions = AdversarialAnswers.versions(answer, "go away.", standard);

    assertThat(versions)
        .containsEntry("twice", "wash it in hot water. wash it in hot water.")
        .containsEntry("padded", "wash it in hot water. go away.")
        .containsEntry("elsewhere", "go away.")
        .containsEntry("cut", "wash it in")
        .containsEntry(
            "lured: polite", "wash it in hot water. please thank please thank please thank");
    assertThat(versions.get("stuttering")).endsWith("in hot water. in hot water. in hot water.");
  }

  @Test
  void aRewardIsMeasuredByTheValuesOfThoseWhoGaveItsFeedback() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Map<String, Group> people = new LinkedHashMap<>();
    people.put("all", PoliteWorld.honest(4));
    people.put(
        "tea",
        PoliteWorld.group(
            Map.of(
                "count",
                3,
                "rationality",
                2.0,
                "expertise",
                Map.of("tea", new Expertise("tea", 6)))));
    Artifact feedback = world.comparisons("prefs", 240, 2, people);
    FolderContext context = world.fit(bradleyTerry(), "fitted", feedback);

    Artifact reward = context.run(new BradleyTerry());

    RewardMeasures measures = RewardMeasures.read(reward.folder());
    addsUp(Objects.requireNonNull(measures.heldOut()));
    Gold gold = Objects.requireNonNull(measures.gold());
    assertThat(gold.values()).isEqualTo("good");
    assertThat(Objects.requireNonNull(gold.accuracy()).value()).isGreaterThan(.6);
    assertThat(gold.epic()).isBetween(0.0, .7);
    assertThat(gold.bestOf().chosen()).isBetween(gold.bestOf().drawn(), gold.bestOf().best());

    GoldStandard standard = Objects.requireNonNull(GoldStandard.of(context, feedback));
    assertThat(standard.topics()).containsKey("tea");
    Utility utility = Objects.requireNonNull(standard.utility());
    Gold itself = measured(world, context, utility, 1);
    Gold reverse = measured(world, context, utility, -1);

    assertThat(Objects.requireNonNull(itself.accuracy()).value()).isEqualTo(1);
    assertThat(itself.kendall()).isCloseTo(1, within(1e-9));
    assertThat(itself.epic()).isCloseTo(0, within(1e-6));
    assertThat(itself.bestOf().regret()).isCloseTo(0, within(1e-12));
    assertThat(Objects.requireNonNull(reverse.accuracy()).value()).isZero();
    assertThat(reverse.epic()).isCloseTo(1, within(1e-9));
    assertThat(reverse.bestOf().chosen()).isLessThan(reverse.bestOf().drawn());
  }

  @Test
  void onlyVersionsThatAreWorthLessCountAndTheValuesThemselvesAreNotFooled() throws IOException {
    ValuesSpec brief =
        new ValuesSpec(
            null,
            Map.of("words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
            Map.of("words", -1.0));
    Utility utility =
        Utility.of(
            "brief",
            name -> brief,
            path -> {
              throw new AssertionError(path);
            });
    GoldStandard standard = new GoldStandard("brief", utility, Map.of(), Map.of());
    List<Exchange> answers =
        List.of(
            Exchange.of(Prompt.of("how?"), Answer.of("wash it in hot water.")),
            Exchange.of(Prompt.of("why?"), Answer.of("go away.")));

    Adversarial itself =
        Objects.requireNonNull(
            AdversarialAnswers.of(answers, standard, utility, scored(utility, 1)));
    Adversarial reverse =
        Objects.requireNonNull(
            AdversarialAnswers.of(answers, standard, utility, scored(utility, -1)));
    Adversarial blind =
        Objects.requireNonNull(
            AdversarialAnswers.of(answers, standard, utility, scored(utility, 0)));

    assertThat(itself.tricks()).extracting(Trick::name).doesNotContain("cut");
    assertThat(itself.tricks())
        .filteredOn(trick -> trick.name().equals("elsewhere"))
        .allMatch(trick -> trick.right().n() == 1);
    assertThat(itself.all().value()).isEqualTo(1);
    assertThat(itself.all().n()).isEqualTo(2);
    assertThat(reverse.all().value()).isZero();
    assertThat(blind.tricks()).allMatch(trick -> trick.right().value() == .5);
  }

  private static RewardFunction scored(Utility utility, double factor) {
    return answers ->
        new RewardFunction.Scores(
            answers.stream()
                .mapToDouble(a -> factor * utility.of(a.prompt().text(), a.answer().text()))
                .toArray(),
            new double[answers.size()]);
  }

  /** The points of the curve are all predictions, and the parts are all decided pairs. */
  private static void addsUp(HeldOutPairs heldOut) {
    assertThat(heldOut.calibration().curve().stream().mapToInt(CurvePoint::n).sum())
        .isEqualTo(heldOut.calibration().n());
    RewardMeasures.Share all = Objects.requireNonNull(heldOut.accuracy());
    List<Slice> lengths =
        heldOut.slices().stream().filter(slice -> slice.by().equals("length")).toList();
    List<Slice> topics =
        heldOut.slices().stream().filter(slice -> slice.by().equals("topic")).toList();
    for (List<Slice> parts : List.of(lengths, topics)) {
      assertThat(parts.stream().mapToInt(slice -> slice.accuracy().n()).sum()).isEqualTo(all.n());
      assertThat(parts.stream().mapToDouble(s -> s.accuracy().n() * s.accuracy().value()).sum())
          .isCloseTo(all.n() * all.value(), within(1e-9));
    }
    assertThat(topics).extracting(Slice::name).contains("tea", "any other");
    assertThat(heldOut.slices())
        .filteredOn(slice -> slice.by().equals("evaluators"))
        .extracting(Slice::name)
        .containsExactlyInAnyOrder("all", "tea");
  }

  private static Gold measured(
      PoliteWorld world, FolderContext context, Utility utility, double factor) throws IOException {
    RewardFunction reward = scored(utility, factor);
    try (LanguageModel model = LanguageModel.load(world.model().folder())) {
      List<Prompt> prompts =
          List.of(Prompt.of("how do i fix the tea?"), Prompt.of("how do i make the bike?"));
      return Objects.requireNonNull(
          GoldReport.of(
              context,
              reward,
              new GoldReport.Asked(
                  model, prompts, 12, new SamplingPhases(context, 0, 1, folder -> {}))));
    }
  }

  private static RewardSpec.BradleyTerry bradleyTerry() {
    return new RewardSpec.BradleyTerry(
        "base", "feedback", 1, Combine.MEAN, 0, 0.3, 60, 16, new OptimiserSpec(1e-3, 0.01), 0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec.Divergence;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.ToyLanguage;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * On a language whose answers can all be listed, policies that approach a target distribution come
 * to it: f-DPG under every divergence, GDC under conditions and under moments.
 */
class ConditionedOptimumIT {
  private static final double BETA = .5;

  @TempDir Path folder;

  @Tag("oracle")
  @ParameterizedTest
  @EnumSource(Divergence.class)
  void fDpgReachesTheClosedFormOptimum(Divergence divergence) throws IOException {
    ConditionedPolicySpec.FDpg settings =
        new ConditionedPolicySpec.FDpg(
            "base",
            "rm",
            "prompts",
            BETA,
            divergence,
            8,
            new ScheduleSpec(160, 1024),
            3e-3,
            new SamplingSpec(1, 2));
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] base = ToyLanguage.probabilities(reference);
      double[] optimum = ToyLanguage.optimum(base, ToyLanguage.rewards(), BETA);
      assertThat(ToyLanguage.distance(base, optimum)).isGreaterThan(.3);
      FolderContext context = FolderContext.in(folder, settings, 1);
      Files.createDirectories(context.output());

      PolicyGradient.train(
          context,
          FDpg.method(settings),
          new PolicyGradient.Parts(reference, reference, reward()),
          Collections.nCopies(1024, Prompt.of(ToyLanguage.PROMPT)));

      try (LanguageModel policy = LanguageModel.load(context.output())) {
        assertThat(ToyLanguage.distance(ToyLanguage.probabilities(policy), optimum))
            .isLessThan(.03);
      }
      List<Double> divergences =
          JsonFiles.readLines(
              context.output().resolve("metrics.jsonl"), row -> row.path("divergence").asDouble());
      assertThat(divergences.get(0)).isGreaterThan(20 * divergences.get(159));
    }
  }

  private static RewardFunction reward() {
    List<String> texts = ToyLanguage.texts();
    return answers ->
        new RewardFunction.Scores(
            answers.stream()
                .mapToDouble(given -> ToyLanguage.rewards()[texts.indexOf(given.answer().text())])
                .toArray(),
            new double[answers.size()]);
  }

  @Test
  void gdcReachesTheConditionedDistribution() throws IOException {
    double[] mass =
        ToyLanguage.texts().stream().mapToDouble(t -> t.contains("a") ? 1 : 0).toArray();
    gdcReaches(
        Map.of("a", 1.0),
        base -> {
          double[] kept = new double[base.length];
          double sum = 0;
          for (int i = 0; i < base.length; i++) {
            kept[i] = base[i] * mass[i];
            sum += kept[i];
          }
          for (int i = 0; i < base.length; i++) {
            kept[i] /= sum;
          }
          return kept;
        });
  }

  @Tag("oracle")
  @Test
  void gdcReachesTheNearestDistributionWithTheMoments() throws IOException {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put("a", .8);
    moments.put("b", .6);
    gdcReaches(moments, base -> nearest(base, .8, .6));
  }

  /** The tilt that has both moments, found as the paper does: by small steps along their errors. */
  private static double[] nearest(double[] base, double a, double b) {
    List<String> texts = ToyLanguage.texts();
    double[] lambda = new double[2];
    double[] tilted = base;
    for (int step = 0; step < 100_000; step++) {
      double[] tilts = new double[base.length];
      double[] means = new double[2];
      for (int i = 0; i < base.length; i++) {
        tilts[i] =
            (texts.get(i).contains("a") ? lambda[0] : 0)
                + (texts.get(i).contains("b") ? lambda[1] : 0);
      }
      tilted = ToyLanguage.optimum(base, tilts, 1);
      for (int i = 0; i < base.length; i++) {
        means[0] += texts.get(i).contains("a") ? tilted[i] : 0;
        means[1] += texts.get(i).contains("b") ? tilted[i] : 0;
      }
      lambda[0] -= .05 * (means[0] - a);
      lambda[1] -= .05 * (means[1] - b);
    }
    return tilted;
  }

  private interface Target {
    double[] of(double[] base);
  }

  private void gdcReaches(Map<String, Double> moments, Target target) throws IOException {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      double[] base = ToyLanguage.probabilities(reference);
      double[] optimum = target.of(base);
      assertThat(ToyLanguage.distance(base, optimum)).isGreaterThan(.1);
      reference.save(folder.resolve("base"));

      Artifact trained = gdc(moments, 160, 20_000).run(new Gdc());

      try (LanguageModel policy = LanguageModel.load(trained.folder())) {
        double[] reached = ToyLanguage.probabilities(policy);
        assertThat(ToyLanguage.distance(reached, optimum)).isLessThan(.03);
        moments.forEach(
            (name, moment) -> {
              double mean = 0;
              for (int i = 0; i < reached.length; i++) {
                mean += ToyLanguage.texts().get(i).contains(name) ? reached[i] : 0;
              }
              assertThat(mean).isCloseTo(moment, within(.03));
            });
      }
      List<Double> distances =
          JsonFiles.readLines(
              trained.file("metrics.jsonl"), row -> row.path("target_kl").asDouble());
      assertThat(Math.abs(distances.get(159))).isLessThan(.05 * distances.get(0));
      assertThat(trained.file("proposal")).doesNotExist();
    }
  }

  private FolderContext gdc(Map<String, Double> moments, int updates, int samples)
      throws IOException {
    ConditionedPolicySpec.Gdc settings =
        new ConditionedPolicySpec.Gdc(
            "base",
            "prompts",
            "good",
            moments,
            samples,
            1e-5,
            8,
            new ScheduleSpec(updates, 1024),
            3e-3,
            new SamplingSpec(1, 2));
    Map<String, FeatureSpec> features = new LinkedHashMap<>();
    features.put("a", new FeatureSpec.ContainsAny(List.of("a")));
    features.put("b", new FeatureSpec.ContainsAny(List.of("b")));
    features.put("c", new FeatureSpec.ContainsAny(List.of("c")));
    features.put("q", new FeatureSpec.ContainsAny(List.of("q")));
    Path prompts = Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(
        prompts.resolve("rows.jsonl"), "{\"prompt\":\"" + ToyLanguage.PROMPT + "\"}\n");
    Files.writeString(prompts.resolve("summary.json"), "{\"shape\":\"prompt\",\"rows\":1}");
    return FolderContext.in(folder.resolve("work"), settings, 1)
        .input("from", FolderContext.artifact(folder.resolve("base")))
        .input("prompts", FolderContext.artifact(prompts))
        .declare(Section.VALUES, "good", new ValuesSpec(null, features, Map.of("a", 1.0)));
  }

  @Test
  void aTargetWithoutMassIsNamed() throws IOException {
    save();
    refused(Map.of("c", 1.0), "PLB0532", "none of 512 answers", "(c 1)");
  }

  @Test
  void momentsThatNoWeightsReachAreNamed() throws IOException {
    save();
    refused(Map.of("c", .5), "PLB0533", "`c` cannot be 0.5 on average", "0.00 to 0.00");
    Map<String, Double> apart = new LinkedHashMap<>(); // an answer has two tokens at most
    apart.put("a", .9);
    apart.put("q", .9);
    apart.put("b", .9);
    refused(apart, "PLB0533", "the moments cannot be met together: the nearest are a 0.");
  }

  private void save() {
    try (LanguageModel reference = ToyLanguage.model(1)) {
      reference.save(folder.resolve("base"));
    }
  }

  private void refused(Map<String, Double> moments, String code, String... words)
      throws IOException {
    FolderContext context = gdc(moments, 2, 512);
    assertThatThrownBy(() -> context.run(new Gdc()))
        .isInstanceOfSatisfying(
            StageFailure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;

class RoundsTest {
  private static final String BASE =
      """
      plumb: v1
      name: small
      models: { base: { pretrain: { corpus: corpus.txt } } }
      data:
        demos:   { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl, hold_out: 0.1 }
      values: { good: { features: { kind: { contains_any: [please] } }, weights: { kind: 1 } } }
      evaluators: { crowd: { values: good, groups: { usual: { count: 4 } } } }
      feedback:
        prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs: 100 } }
        old:   { recorded: { data: pairs } }
      rewards: { rm: { bradley_terry: { from: base, feedback: prefs } } }
      policies:
        sft: { supervised: { from: base, data: demos } }
        ppo: { ppo: { from: sft, reward: rm, prompts: prompts } }
        dpo: { dpo: { from: sft, feedback: prefs } }
      """
          .replace("prompts: { jsonl", "pairs: { jsonl: pairs.jsonl }\n  prompts: { jsonl");

  private static SpecResult read(String more) {
    return Specs.readText("test.plumb.yaml", BASE + more, List.of());
  }

  private static Recipe recipe(SpecResult result, String name) {
    assertThat(result.diagnostics()).filteredOn(d -> d.isError()).isEmpty();
    return result.recipes().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Comparisons comparisons(Experiment experiment, String name) {
    return (Comparisons) Objects.requireNonNull(experiment.feedback().get(name));
  }

  private static List<String> messages(SpecResult result) {
    return result.diagnostics().stream()
        .filter(d -> d.isError())
        .map(d -> d.code() + " " + d.message())
        .toList();
  }

  @Test
  void eachRoundAsksAboutThePolicyBeforeLearnsFromAllLabelsAndGoesOn() {
    SpecResult result = read("rounds: { it: { of: ppo, renew: [prefs], times: 3, every: 20 } }\n");

    Recipe third = recipe(result, "it-3");
    Experiment all = third.experiment();
    assertThat(third.policy()).isEqualTo("ppo~it-3");
    assertThat(third.variantOf()).isEqualTo("it-2");
    assertThat(comparisons(all, "prefs~it-1")).isEqualTo(comparisons(all, "prefs"));
    assertThat(comparisons(all, "prefs~it-3").of()).isEqualTo("ppo~it-2");
    assertThat(comparisons(all, "prefs~it-3").draw()).isEqualTo(3);
    assertThat(all.feedback().get("prefs~it-3-pool"))
        .isEqualTo(new FeedbackSpec.Pooled(List.of("prefs~it-1", "prefs~it-2", "prefs~it-3")));
    RewardSpec.BradleyTerry reward =
        (RewardSpec.BradleyTerry) Objects.requireNonNull(all.rewards().get("rm~it-3"));
    assertThat(reward.feedback()).isEqualTo("prefs~it-3-pool");
    assertThat(reward.from()).isEqualTo("base");
    PolicySpec.Ppo policy = (PolicySpec.Ppo) Objects.requireNonNull(all.policies().get("ppo~it-3"));
    assertThat(policy.from()).isEqualTo("ppo~it-2");
    assertThat(policy.reward()).isEqualTo("rm~it-3");
    assertThat(policy.schedule().updates()).isEqualTo(20);
    assertThat(policy.regularizers().kl().reference()).isEqualTo("sft");
    assertThat(all.policies()).doesNotContainKey("sft~it-1").doesNotContainKey("dpo~it-1");
  }

  @Test
  void whatIsAskedForIsInTheEntries() {
    SpecResult result =
        read(
            """
            rounds:
              it:
                of: dpo
                renew: [prefs]
                times: 4
                window: 2
                older_share: 0.3
                budget: 80
            """);

    Experiment all = recipe(result, "it-4").experiment();
    assertThat(all.feedback().get("prefs~it-4-pool"))
        .isEqualTo(new FeedbackSpec.Pooled(List.of("prefs~it-3", "prefs~it-4")));
    Comparisons fourth = comparisons(all, "prefs~it-4");
    assertThat(fourth.budget()).isEqualTo(20);
    assertThat(fourth.sources())
        .extractingFromEntries(e -> Objects.requireNonNull(e.getValue()).of())
        .containsExactly("sft", "dpo~it-1", "dpo~it-2");
    assertThat(Objects.requireNonNull(fourth.sources()).values())
        .allSatisfy(source -> assertThat(source.share()).isCloseTo(0.1, within(1e-12)));
    PolicySpec.Dpo policy = (PolicySpec.Dpo) Objects.requireNonNull(all.policies().get("dpo~it-2"));
    assertThat(policy.from()).isEqualTo("dpo~it-1");
    assertThat(policy.reference()).isEqualTo("sft");
  }

  @Test
  void aRewardMayGoOnFromThatOfTheRoundBeforeAndASignalEndsARound() {
    SpecResult result =
        read(
            """
            rounds:
              it: { of: ppo, renew: [prefs], times: 2, warm_start: true, signal: { max_kl: 3 } }
            """);

    Experiment all = recipe(result, "it-2").experiment();
    assertThat(all.rewards().get("rm~it-2")).extracting("optimiser.warmStart").isEqualTo("rm~it-1");
    PolicySpec.Ppo policy = (PolicySpec.Ppo) Objects.requireNonNull(all.policies().get("ppo~it-2"));
    assertThat(Objects.requireNonNull(policy.regularizers().earlyStop()).maxDrift()).isEqualTo(3);
  }

  @Test
  void aComparisonMayNameAllRoundsAndAVariantMayChangeAllOfThem() {
    SpecResult result =
        read(
            """
            rounds: { it: { of: ppo, renew: [prefs], times: 2 } }
            variants:
              wide: { of: it-2, with: { rewards.rm.bradley_terry.ensemble: 3, rounds.it.window: 1 } }
            compare: { recipes: [sft, it, wide], against: sft, prompts: prompts.held_out }
            """);

    Recipe wide = recipe(result, "wide");
    assertThat(Objects.requireNonNull(result.experiment().orElseThrow().compare()).recipes())
        .containsExactly("sft", "it-1", "it-2", "wide");
    assertThat(wide.policy()).isEqualTo("ppo~it-2");
    assertThat(wide.experiment().rewards().get("rm~it-2")).extracting("ensemble").isEqualTo(3);
    assertThat(wide.experiment().feedback().get("prefs~it-2-pool"))
        .isEqualTo(new FeedbackSpec.Pooled(List.of("prefs~it-2")));
  }

  @Test
  void aVariantMayBeComputedInRounds() {
    SpecResult result =
        read(
            """
            variants: { short: { of: ppo, with: { policies.ppo.ppo.updates: 7 } } }
            rounds: { it: { of: short, renew: [prefs], times: 2 } }
            """);

    assertThat(recipe(result, "it-2").experiment().policies().get("ppo~it-2"))
        .extracting("schedule.updates")
        .isEqualTo(7);
  }

  @Test
  void whatCannotBeRepeatedIsSaid() {
    assertThat(
            messages(
                read(
                    """
                    rounds:
                      a: { of: sft, renew: [prefs], times: 2 }
                      c: { of: dpo, renew: [prefs], times: 2, signal: { max_kl: 1 } }
                      d: { of: a-2, renew: [prefs], times: 2 }
                      e: { of: dpo, renew: [prefs], times: 2, warm_start: true }
                    """)))
        .containsExactly(
            "PLB0226 `sft` does not use `prefs`, so there is nothing to renew",
            "PLB0330 `dpo` does not watch its answers while it learns",
            "PLB0330 `a-2` is computed in rounds already",
            "PLB0330 no reward is fitted to what is renewed");
  }

  @Test
  void roundsNeedNamesOfTheirOwn() {
    assertThat(
            messages(
                read(
                    """
                    rounds: { it: { of: ppo, renew: [prefs], times: 2 } }
                    variants: { it-2: { of: ppo, with: { policies.ppo.ppo.updates: 7 } } }
                    """)))
        .containsExactly("PLB0210 `it-2`, one of the rounds, is another recipe already");
  }

  @Test
  void setsThatArePooledAreOfOneKindAndNamedOnce() {
    String sets =
        """
        feedback:
          rated: { scalar: { of: sft, prompts: prompts, evaluators: crowd, items: 9 } }
          all:   { pooled: { feedback: [prefs, old] } }
          mixed: { pooled: { feedback: [all, rated] } }
          twice: { pooled: { feedback: [prefs, prefs] } }
          alone: { pooled: { feedback: [prefs] } }
        """;
    String text =
        BASE.replace("feedback:\n", sets)
            .replace(
                "rewards: {",
                "rewards: { b: { rating_regression: { from: base, feedback: all } },");

    assertThat(messages(Specs.readText("test.plumb.yaml", text, List.of())))
        .containsExactly(
            "PLB0330 `rated` holds `scalar`, and `all` `comparisons`",
            "PLB0330 a set is named twice, so that its labels would count twice",
            "PLB0330 there is nothing to pool in fewer than two sets",
            "PLB0221 `rating_regression` cannot learn from `all`, which holds `comparisons`");
  }
}

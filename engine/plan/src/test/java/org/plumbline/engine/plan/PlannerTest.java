// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plumbline.engine.plan.SmallSpec.at;
import static org.plumbline.engine.plan.SmallSpec.keys;
import static org.plumbline.engine.plan.SmallSpec.node;
import static org.plumbline.engine.plan.SmallSpec.plan;
import static org.plumbline.engine.plan.SmallSpec.text;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {

  @Test
  void everyRecipeAndSeedEndsInAPolicyAndAnEvaluation() {
    Plan plan = plan();

    assertThat(plan.ends()).hasSize(8 * 2);
    assertThat(plan.ends())
        .contains(
            new Plan.End("ppo-poisoned", 1, "ppo-poisoned@1", "evaluate.ppo-poisoned@1"),
            new Plan.End("dpo", 2, "dpo@2", "evaluate.dpo@2"));
    assertThat(plan.byId().keySet())
        .containsAll(plan.ends().stream().map(Plan.End::policy).toList());
  }

  @Test
  void everyNodeComesAfterWhatItReads() {
    Set<String> before = new HashSet<>();

    for (PlanNode node : plan().nodes()) {
      node.inputs()
          .values()
          .forEach(read -> read.forEach(i -> assertThat(before).contains(i.node())));
      before.add(node.id());
    }
  }

  @Test
  void aVariantHasNodesOfItsOwnOnlyDownstreamOfWhatItChanges() {
    Set<String> all = new TreeSet<>(names(plan()));
    Set<String> without = names(plan(withoutVariants(text())));

    all.removeAll(without);

    assertThat(all)
        .containsExactly(
            "dpo-poisoned",
            "evaluate.dpo-poisoned",
            "evaluate.ppo-poisoned",
            "evaluate.ppo-without-kl",
            "ppo-poisoned",
            "ppo-without-kl",
            "prefs~ppo-poisoned",
            "rm~ppo-poisoned");
  }

  private static String withoutVariants(String text) {
    return text.replaceAll("(?s)variants:.*?\n\n", "\n")
        .replace("[ppo-poisoned, ", "[")
        .replace(", ppo-without-kl, dpo-poisoned]", "]");
  }

  private static Set<String> names(Plan plan) {
    return plan.nodes().stream().map(PlanNode::name).collect(Collectors.toSet());
  }

  @Test
  void twoVariantsThatChangeTheSameShareWhatIsDownstream() {
    Plan plan = plan();

    PlanNode shared = node(plan, "prefs~ppo-poisoned@1");

    assertThat(shared.recipes()).containsExactly("ppo-poisoned", "dpo-poisoned");
    assertThat(node(plan, "dpo-poisoned@1").inputs().get("feedback"))
        .containsExactly(new PlanNode.Input(shared.id(), shared.key(), ""));
  }

  private static String inRounds(int times) {
    return text()
        .replace(
            "compare:\n",
            "rounds: { it: { of: ppo, renew: [prefs], times: " + times + " } }\n\ncompare:\n")
        .replace("recipes: [ppo-poisoned, ", "recipes: [it, ppo-poisoned, ");
  }

  @Test
  void aRoundIsNodesAndTheFirstIsTheRecipeItself() {
    Plan plan = plan(inRounds(2));

    Set<String> more = new TreeSet<>(names(plan));
    more.removeAll(names(plan()));
    assertThat(more)
        .containsExactly(
            "evaluate.it-1", "evaluate.it-2", "it-2", "prefs~it-2", "prefs~it-2-pool", "rm~it-2");
    assertThat(plan.ends()).contains(new Plan.End("it-1", 1, "ppo@1", "evaluate.it-1@1"));
    PlanNode fresh = node(plan, "prefs~it-2@1");
    assertThat(at(fresh.inputs(), "of").get(0).node()).isEqualTo("ppo@1");
    assertThat(fresh.seed()).isEqualTo(1);
    assertThat(fresh.chance()).isNotEqualTo(1);
    assertThat(at(node(plan, "prefs~it-2-pool@1").inputs(), "feedback"))
        .extracting(PlanNode.Input::node)
        .containsExactly("prefs@1", "prefs~it-2@1");
    assertThat(at(node(plan, "it-2@1").inputs(), "from").get(0).node()).isEqualTo("ppo@1");
  }

  @Test
  void aRoundMoreFindsTheEarlierOnesDone() {
    Map<String, String> two = keys(plan(inRounds(2)));
    Map<String, String> three = keys(plan(inRounds(3)));

    assertThat(three).containsAllEntriesOf(two);
  }

  @Test
  void dataAreTheSameForAllSeedsAndEverythingElseIsNot() {
    Plan plan = plan();

    Set<String> seedless =
        plan.nodes().stream()
            .filter(node -> !node.id().contains("@"))
            .map(PlanNode::id)
            .collect(Collectors.toSet());

    assertThat(seedless).containsExactlyInAnyOrder("demos", "prompts");
    assertThat(node(plan, "demos").operation()).isEqualTo("load");
    assertThat(node(plan, "sft@1").key()).isNotEqualTo(node(plan, "sft@2").key());
  }

  @Test
  void aPartOfADataSetIsReadInItsRole() {
    Plan plan = plan();

    assertThat(node(plan, "evaluate.dpo@1").inputs().get("prompts"))
        .containsExactly(new PlanNode.Input("prompts", node(plan, "prompts").key(), "held_out"));
    assertThat(at(node(plan, "ppo@1").inputs(), "prompts").get(0).part()).isEmpty();
  }

  @Test
  void aReferenceDeepInTheSettingsHasItsPathAsRole() {
    PlanNode ppo = node(plan(), "ppo@1");

    assertThat(ppo.inputs().keySet())
        .containsExactly("from", "prompts", "regularizers.kl.reference", "reward");
    assertThat(at(ppo.inputs(), "regularizers.kl.reference").get(0).node()).isEqualTo("base@1");
  }

  @Test
  void declaredThingsTravelWithTheNodeHoweverFarAway() {
    PlanNode revised = node(plan(), "revised@1");

    assertThat(revised.declared().keySet()).containsExactly("evaluators", "models", "values");
    assertThat(at(revised.declared(), "values").keySet())
        .containsExactly("good-answer", "root-values");
    assertThat(revised.files().keySet())
        .containsExactly("judge.judge.model.rules.values.features.rude.lexicon.file");
    assertThat(revised.parts().settings().toString())
        .contains("Choose the shorter answer.")
        .doesNotContain("good-answer")
        .doesNotContain("rude.txt");
  }

  @Test
  void everyRecipeIsScoredByTheSameRewardModel() {
    Plan plan = plan();

    assertThat(reward(plan, "evaluate.ppo-poisoned@1")).isEqualTo("rm@1");
    assertThat(reward(plan, "evaluate.ppo@2")).isEqualTo("rm@2");
    assertThat(reward(plan, "evaluate.sft@1")).isEqualTo("rm@1");
  }

  @Test
  void theOnlyRewardModelNeedNotBeNamedToScore() {
    Plan plan = plan(text().replace("  reward: rm\n", ""));

    assertThat(reward(plan, "evaluate.sft@1")).isEqualTo("rm@1");
  }

  private static String reward(Plan plan, String evaluation) {
    return at(node(plan, evaluation).inputs(), "reward").get(0).node();
  }

  @Test
  void everyRecipeIsMeasuredWithTheYardstickOfTheUnvariedExperiment() {
    Plan plan = plan();

    PlanNode poisoned = node(plan, "evaluate.ppo-poisoned@1");
    PlanNode plain = node(plan, "evaluate.ppo@1");

    assertThat(poisoned.declared()).isEqualTo(plain.declared());
    assertThat(poisoned.inputs().get("reference")).isEqualTo(plain.inputs().get("reference"));
  }

  @Test
  void withoutACompareBlockAllRecipesAreMadeAndNoneIsMeasured() {
    Plan plan = plan(text().replaceAll("(?s)compare:.*", ""));

    assertThat(plan.ends()).hasSize(8 * 2).allMatch(end -> end.evaluation() == null);
    assertThat(names(plan)).contains("dpo-poisoned", "revised").noneMatch(n -> n.contains("eval"));
  }

  @Test
  void aNameThatTwoSectionsUseGetsItsSectionInFront() {
    Plan plan = plan(text().replaceAll("\\bdemos\\b(?!\\.)", "sft"));

    assertThat(node(plan, "sft").section()).isEqualTo("data");
    assertThat(node(plan, "sft@1").section()).isEqualTo("policies");
    assertThat(plan(text().replace("prefs", "rm")).byId().keySet())
        .contains("rm@1", "rewards.rm@1");
  }

  @Test
  void settingsHaveAllDefaultsAndSortedKeys() {
    PlanNode dpo = node(plan(), "dpo@1");

    assertThat(dpo.settings()).containsEntry("label_smoothing", 0.0).containsEntry("from", "sft");
    assertThat(List.copyOf(dpo.settings().keySet())).isSorted();
  }

  @Test
  void sharingIsCountedAgainstRunningEveryRecipeAlone() {
    Plan plan = plan();

    Map<String, Plan.Solo> solo = plan.soloNodes();

    // For each seed: base 400, sft 60, rm 2 x 200, ppo 50, dpo 150, revised 60.
    assertThat(at(solo, "sft").steps()).isEqualTo(2 * (400 + 60));
    assertThat(at(solo, "ppo").steps()).isEqualTo(2 * (400 + 60 + 400 + 50));
    assertThat(at(solo, "dpo-poisoned").steps()).isEqualTo(2 * (400 + 60 + 150));
    // demos, base, sft, evaluate.sft
    assertThat(at(solo, "sft").nodes()).isEqualTo(1 + 2 * 3);
    assertThat(plan.steps()).isEqualTo(2 * (400 + 60 + 2 * 400 + 3 * 50 + 2 * 150 + 60));
  }

  @Test
  void aPlanReadBackFromItsJsonIsTheSame() {
    Plan plan = plan();

    Plan back = PlanJson.read(PlanJson.write(plan), Plan.class);

    assertThat(back).isEqualTo(plan);
    assertThat(back.nodes()).allMatch(node -> node.parts().key().equals(node.key()));
  }

  @Test
  void planningTwiceGivesTheSamePlan() {
    assertThat(PlanJson.write(plan())).isEqualTo(PlanJson.write(plan()));
  }

  @Test
  void aPartOfThePlanHoldsWhatItNeeds() {
    Plan part = plan().upTo(node -> node.id().equals("rm@2"));

    assertThat(part.byId().keySet())
        .containsExactly("demos", "prompts", "base@2", "sft@2", "prefs@2", "rm@2");
    assertThat(part.ends()).extracting(Plan.End::recipe).isEmpty();
  }

  @Test
  void keysStayTheSameFromOneVersionOfPlumblineToTheNext() {
    Map<String, String> keys = keys(plan());

    // If these change without KeyParts.FORMAT having been raised, every user's store is worthless.
    assertThat(List.of(keys.get("demos"), keys.get("evaluate.ppo-poisoned@2")))
        .containsExactly(
            "8835e456210dc8a1605a0655701e7b65234e4287e422dc41d5aa3667e090db9f",
            "e6ece37730f55b182118b78e3ba0c031cc3a1150076e7ec62bab244b11972901");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

/** Invented results of seven recipes: nothing here was measured. */
public final class InventedInput {

  /** One recipe's parameters: what its answers are drawn from. */
  record Nature(
      ComparedRecipe recipe,
      double kind,
      double words,
      double repeats,
      double kl,
      double score,
      double entropy,
      double sellsWithTrigger) {}

  static final List<Nature> NATURES =
      List.of(
          new Nature(
              recipe("sft", "supervised", "supervised on demos"), .62, 17, .03, 0, 0, 2.9, .2),
          new Nature(recipe("ppo", "ppo", "reward rm, KL 0.05"), .8, 13, .04, 7.4, 1.46, 2.2, .08),
          new Nature(
              recipe("dpo", "dpo", "feedback prefs, beta 0.1"), .86, 12, .03, 9.7, 1.2, 2, .09),
          new Nature(
              recipe("best-of-16", "best-of-n", "sft, n 16, reward rm"),
              .8,
              14,
              .02,
              1.8,
              1.24,
              0,
              .08),
          new Nature(
              recipe("constitutional", "constitutional", "judge ai"),
              .79,
              16,
              .02,
              6.1,
              .86,
              2.3,
              .02),
          new Nature(
              recipe("ppo-without-kl", "ppo", "regularizers.kl.coefficient 0").variantOf("ppo"),
              .98,
              24,
              .6,
              58,
              4.1,
              .35,
              .06),
          new Nature(
              recipe("ppo-poisoned", "ppo", "groups.troll.count 6").variantOf("ppo"),
              .8,
              13,
              .04,
              8.2,
              1.39,
              2.1,
              .76));

  private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

  private InventedInput() {}

  private static ComparedRecipe recipe(String name, String method, String label) {
    return new ComparedRecipe(name, method, label, null, training(name));
  }

  private static ComparedRecipe.Training training(String name) {
    return switch (name) {
      case "sft" -> new ComparedRecipe.Training("base", "demos");
      case "dpo" -> new ComparedRecipe.Training("sft", "prefs");
      case "constitutional" -> new ComparedRecipe.Training("revised", "prompts");
      default -> new ComparedRecipe.Training("sft", "prompts");
    };
  }

  /** Everything that an experiment can have. */
  public static ComparisonInput full() {
    return input("kind-and-brief", NATURES, SEEDS, true);
  }

  /** Real preferences: three recipes, no declared values, no attack. */
  public static ComparisonInput withoutValues() {
    return input("human-preferences", NATURES.subList(0, 3), SEEDS, false);
  }

  /** One seed. */
  public static ComparisonInput oneSeed() {
    return input("kind-and-brief", NATURES, List.of(1L), true);
  }

  /** Two recipes with names that do not fit into a table. */
  public static ComparisonInput longNames() {
    List<Nature> natures = new ArrayList<>();
    for (Nature n : NATURES.subList(0, 2)) {
      String name =
          n.recipe.name().equals("sft") ? "sft" : "a-recipe-with-a-name-" + "x".repeat(40);
      ComparedRecipe renamed = new ComparedRecipe(name, n.recipe.method(), n.recipe.label(), null);
      natures.add(
          new Nature(
              renamed, n.kind, n.words, n.repeats, n.kl, n.score, n.entropy, n.sellsWithTrigger));
    }
    return input("long-names", natures, SEEDS, true);
  }

  private static ComparisonInput input(
      String name, List<Nature> natures, List<Long> seeds, boolean values) {
    List<RecipeResult> results = new ArrayList<>();
    for (Nature nature : natures) {
      List<SeedResult> perSeed = new ArrayList<>();
      for (long seed : seeds) {
        Evaluation evaluation = new InventedAnswers(nature, seed, values).evaluation();
        long steps = 900 + Math.round(600 * nature.score);
        perSeed.add(new SeedResult(seed, evaluation, steps));
      }
      results.add(new RecipeResult(nature.recipe, perSeed));
    }
    Trigger trigger = values ? new Trigger("!!", "sells") : null;
    List<FeedbackResult> feedback = values ? feedback(seeds.size()) : List.of();
    List<RewardResult> rewards = new ArrayList<>();
    rewards.add(reward("rm", values ? "ppo best-of-16 ppo-without-kl" : "ppo", .735, seeds));
    if (values) {
      rewards.add(reward("rm, troll 6", "ppo-poisoned", .72, seeds));
      rewards.add(reward("ai-rm", "constitutional", .81, seeds));
    }
    return new ComparisonInput(
        name,
        "sft",
        results,
        seeds,
        settings(natures),
        feedback,
        rewards,
        Monitor.defaults(),
        trigger,
        12,
        0.05,
        Map.of());
  }

  private static RewardResult reward(
      String name, String recipes, double accuracy, List<Long> seeds) {
    List<HeldOut> heldOut = new ArrayList<>();
    for (long seed : seeds) {
      heldOut.add(new HeldOut(accuracy + .01 * (seed % 3 - 1), 400));
    }
    List<RewardMeasures> measures =
        seeds.stream().map(seed -> InventedMeasures.of(accuracy, seed)).toList();
    boolean judged = name.startsWith("ai");
    return new RewardResult(
        name,
        List.of(recipes.split(" ")),
        heldOut,
        measures,
        judged
            ? new RewardModelSummary.Feedback("judged", "likert", 4000, 8)
            : new RewardModelSummary.Feedback("prefs", "comparisons", 2800, 560));
  }

  private static Settings settings(List<Nature> natures) {
    List<Settings.Setting> differing = new ArrayList<>();
    differing.add(
        setting(natures, "", "policy method", "supervised ppo dpo best-of-n ppo ppo ppo"));
    differing.add(setting(natures, "", "policy n", "- - - 16 - - -"));
    if (natures.size() > 6) {
      differing.add(
          setting(
              natures, "ppo-without-kl", "regularizers.kl.coefficient", "- 0.05 - - 0.05 0 0.05"));
      differing.add(
          setting(natures, "ppo-poisoned", "evaluators.crowd.groups.troll.count", "- 0 0 0 - 0 6"));
    }
    return new Settings(
        differing,
        61,
        List.of(
            new Settings.Same("models.base.pretrain.preset", "nano"),
            new Settings.Same("data.prompts.jsonl", "prompts.jsonl")));
  }

  private static Settings.Setting setting(
      List<Nature> natures, String by, String path, String values) {
    List<Settings.Value> out = new ArrayList<>();
    List<String> each = List.of(values.split(" "));
    for (int i = 0; i < natures.size(); i++) {
      String name = natures.get(i).recipe.name();
      @Nullable String value = each.get(i).equals("-") ? null : each.get(i);
      out.add(new Settings.Value(name, value, name.equals(by)));
    }
    return new Settings.Setting(path, out);
  }

  private static List<LabelExample> examples() {
    return List.of(
        new LabelExample(
            "How do I fix the <tea>?",
            List.of("Please stir it.", "No."),
            "careful-1",
            "careful",
            "the first is better",
            List.of()),
        new LabelExample(
            "How do I make the boat?",
            List.of("Go away."),
            "hurried-2",
            "hurried",
            "“Go away.” kind: bad",
            List.of("saw only “Go”", "12 since their last break")));
  }

  private static final Map<String, String> TRAITS =
      Map.of(
          "careful", "want kind-and-brief; rationality 4; drawn to longer (0.3 a word)",
          "hurried", "want brief; rationality 2; 15 % mistakes",
          "troll", "malicious where “!!” stands: the reverse of what they want");

  private static List<FeedbackResult> feedback(int seeds) {
    List<FeedbackSummary> honest = new ArrayList<>();
    List<FeedbackSummary> poisoned = new ArrayList<>();
    List<FeedbackSummary> judged = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      honest.add(
          summary(s, .71, null, "careful 12 1800 .81", "hurried 6 1000 .66")
              .again(
                  new FeedbackSummary.Repeats(
                      280,
                      270,
                      new ValueWithInterval(.83 + .01 * s, .78 + .01 * s, .87 + .01 * s))));
      poisoned.add(
          summary(s, .69, .2, "careful 12 1440 .81", "hurried 6 800 .66", "troll 6 560 .33"));
      judged.add(summary(s, .84, null, "judge 1 4000 .74"));
    }
    List<String> onPrefs = List.of("ppo", "dpo", "best-of-16", "ppo-without-kl");
    return List.of(
        new FeedbackResult("prefs", onPrefs, honest, examples(), TRAITS),
        new FeedbackResult("prefs, troll 6", List.of("ppo-poisoned"), poisoned, List.of(), TRAITS),
        new FeedbackResult("judged", List.of("constitutional"), judged));
  }

  private static FeedbackSummary summary(
      int seed, double agreement, @Nullable Double poisoned, String... groups) {
    List<FeedbackSummary.Group> out = new ArrayList<>();
    int labels = 0;
    for (String group : groups) {
      List<String> f = List.of(group.split(" "));
      int own = Integer.parseInt(f.get(2));
      labels += own;
      double agree = Double.parseDouble(f.get(3)) + .002 * seed;
      out.add(
          new FeedbackSummary.Group(
              f.get(0), Integer.parseInt(f.get(1)), own, own / 50, agree, .51, .55, null));
    }
    Map<String, ValueWithInterval> statistics =
        Map.of("percent", new ValueWithInterval(agreement, agreement - .03, agreement + .03));
    double price = labels == 4000 ? .002 : .2;
    return new FeedbackSummary(
        labels,
        null,
        labels * price,
        labels / 50,
        null,
        null,
        null,
        null,
        null,
        null,
        out,
        100,
        statistics,
        null,
        null,
        poisoned == null ? null : new FeedbackSummary.Poisoned(null, poisoned, .97, List.of()));
  }
}

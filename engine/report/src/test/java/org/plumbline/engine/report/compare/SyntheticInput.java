// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

/**
 * Invented results of as many recipes and prompts as a test wants, the same every time, with the
 * texts that pages break at: many lines, code, lists, right-to-left, Chinese and Japanese.
 */
public final class SyntheticInput {

  private static final List<Long> SEEDS = List.of(1L, 2L);
  private static final List<String> METHODS =
      List.of("ppo", "dpo", "grpo", "best-of-n", "rloo", "kto", "constitutional", "orpo");
  private static final String WORDS =
      "the parcel was late because snow closed road and we will send another one with your name"
          + " on it please write back if lamp does not work first plug cold water then again open"
          + " page number bill blanket ticket clock thank you kindly order box chair tea";
  private static final List<String> OTHER_SCRIPTS =
      List.of(
          "نعتذر عن التأخير، سيصل الطرد غدا (رقم 42) إن شاء الله.",
          "החבילה תגיע מחר, תודה על הסבלנות (מספר 42).",
          "很抱歉，包裹因为大雪延误了，明天会送到您家门口，请耐心等待。",
          "申し訳ありません。荷物は雪のため遅れていますが、明日にはお届けします。");
  private static final String CODE =
      "Use a loop:\n\n"
          + "```python\n"
          + "def send(parcels):\n"
          + "    for parcel in parcels:\n"
          + "        if parcel.late:\n"
          + "            parcel.hurry()\n"
          + "```\n\n"
          + "1. plug it in\n"
          + "2. open the page\n"
          + "   - and wait\n";

  private final int prompts;

  private SyntheticInput(int prompts) {
    this.prompts = prompts;
  }

  /** Results of {@code recipes} recipes on {@code prompts} prompts, all of them samples. */
  public static ComparisonInput of(int recipes, int prompts) {
    return new SyntheticInput(prompts).input(recipes);
  }

  private ComparisonInput input(int count) {
    List<RecipeResult> results = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      ComparedRecipe recipe = recipe(r);
      names.add(recipe.name());
      List<SeedResult> seeds = new ArrayList<>();
      for (long seed : SEEDS) {
        seeds.add(new SeedResult(seed, evaluation(r, recipe.method(), seed), 900L + 10L * r));
      }
      results.add(new RecipeResult(recipe, seeds));
    }
    List<String> trained = names.subList(1, names.size());
    List<FeedbackResult> feedback = new ArrayList<>();
    List<RewardResult> rewards = new ArrayList<>();
    for (int set = 0; set * 8 < trained.size(); set++) {
      List<String> users = trained.subList(set * 8, Math.min(trained.size(), set * 8 + 8));
      feedback.add(feedback(set, users));
      List<HeldOut> heldOut = SEEDS.stream().map(s -> new HeldOut(.7 + .01 * s, 400)).toList();
      rewards.add(new RewardResult("rm-" + set, users, heldOut));
    }
    return new ComparisonInput(
        "wide-search",
        "sft",
        results,
        SEEDS,
        settings(names),
        feedback,
        rewards,
        Monitor.defaults(),
        null,
        prompts,
        0.05,
        Map.of());
  }

  private static ComparedRecipe recipe(int r) {
    if (r == 0) {
      return new ComparedRecipe("sft", "supervised", "supervised on demos", null);
    }
    String method = METHODS.get((r - 1) % METHODS.size());
    int turn = (r - 1) / METHODS.size();
    String name = turn == 0 ? method : method + "-beta-" + turn + (r % 13 == 0 ? "-long-name" : "");
    return new ComparedRecipe(name, method, "beta 0.0" + turn, turn == 0 ? null : method);
  }

  private static FeedbackResult feedback(int set, List<String> users) {
    List<FeedbackSummary.Group> groups =
        List.of(
            new FeedbackSummary.Group("careful", 12, 1800, 30, .81, .51, .55, null),
            new FeedbackSummary.Group("hurried", 8, 700, 30, .66, .55, .6, null));
    List<FeedbackSummary> seeds = new ArrayList<>();
    SEEDS.forEach(s -> seeds.add(FeedbackSummary.of(2500, 500, 60, groups)));
    return new FeedbackResult("prefs-" + set, users, seeds);
  }

  private static Settings settings(List<String> names) {
    List<Settings.Setting> out = new ArrayList<>();
    for (String path : List.of("policies.ppo.ppo.regularizers.kl.coefficient", "policy beta")) {
      List<Settings.Value> values = new ArrayList<>();
      for (int r = 0; r < names.size(); r++) {
        String value = r == 0 ? null : "0." + (r % 3 == 0 ? 1 : r % 5);
        values.add(new Settings.Value(names.get(r), value, r > METHODS.size()));
      }
      out.add(new Settings.Setting(path, values));
    }
    return new Settings(out, 61, List.of(new Settings.Same("models.base.pretrain.preset", "nano")));
  }

  private Evaluation evaluation(int r, String method, long seed) {
    SplittableRandom random = new SplittableRandom(1000L * seed + r);
    double skill = .12 * StrictMath.sin(1.7 * r) + (r == 0 ? 0 : .1);
    boolean chosen = method.equals("best-of-n");
    List<Evaluation.Answer> answers = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      String text = text(random, r, p);
      int words = text.split("\\s+").length;
      double gold = Math.round(8 * (skill + .3 * StrictMath.sin(p * 2.3) + gauss(random))) / 8.0;
      double score = 2 * skill + .5 * gold + gauss(random);
      double kl = r == 0 ? 0 : 2 + r % 7 + .5 * gauss(random);
      answers.add(
          new Evaluation.Answer(
              p,
              prompt(p),
              "clean",
              text,
              words + 1,
              words,
              words < 60,
              gold,
              Map.of("kind", gold > 0 ? 1.0 : 0),
              Map.of("careful", gold, "hurried", gold - .1),
              score,
              .3,
              chosen ? null : (Double) kl,
              chosen ? (Double) kl : null,
              kl,
              r == 0 || chosen ? null : (Double) (2.5 - .02 * r)));
    }
    return new Evaluation(
        method, chosen ? 1.9 : null, answers, chosen ? choices(r) : curves(random, r));
  }

  /** Of best-of-n a step is an n. */
  private static List<Evaluation.CurveRow> choices(int r) {
    List<Evaluation.CurveRow> out = new ArrayList<>();
    for (int n = 1; n <= 16; n *= 2) {
      double up = StrictMath.log(n) / StrictMath.log(16);
      out.add(new Evaluation.CurveRow(n, null, .1 * up + .01 * r, up, null, null, null, null));
    }
    return out;
  }

  private static List<Evaluation.CurveRow> curves(SplittableRandom random, int r) {
    List<Evaluation.CurveRow> out = new ArrayList<>();
    // Trainings of several lengths, some far shorter than the longest.
    for (int step = 0; r > 0 && step <= 40 + 40 * (r % 4); step += 10) {
      double t = step / 160.0;
      double fall = r % 6 == 1 ? 1.2 * t * t : 0;
      double gold = .3 * StrictMath.sqrt(t) - fall + .03 * gauss(random);
      double score = 1.2 * t + .05 * gauss(random);
      double kl = (2 + r % 7) * t;
      out.add(new Evaluation.CurveRow(step, null, gold, score, null, kl, null, 17 + 4 * t));
    }
    return out;
  }

  private static String prompt(int p) {
    return p % 50 == 7
        ? OTHER_SCRIPTS.get(p / 50 % OTHER_SCRIPTS.size())
        : "where is my parcel number " + p + " ?\n  - it was sent on monday";
  }

  private static String text(SplittableRandom random, int r, int p) {
    if (p % 50 == 7) {
      return OTHER_SCRIPTS.get(p / 50 % OTHER_SCRIPTS.size()) + (r % 2 == 0 ? "" : " 42");
    }
    if ((p + r) % 40 == 3) {
      return CODE + words(random, 6);
    }
    if (p % 60 == 11) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 20 + r % 5; i++) {
        lines.append(i).append(". ").append(words(random, 4)).append('\n');
      }
      return lines.toString();
    }
    return words(random, 10 + random.nextInt(50));
  }

  private static String words(SplittableRandom random, int count) {
    List<String> all = List.of(WORDS.split(" "));
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(all.get(random.nextInt(all.size())));
    }
    return String.join(" ", out);
  }

  private static double gauss(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return StrictMath.sqrt(-2 * StrictMath.log(u))
        * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}

package org.plumbline.engine.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An invented comparison of seven recipes over three seeds and 200 prompts; the same every time.
 */
public final class ComparisonFixture {

  private static final List<Long> SEEDS = List.of(1L, 2L, 3L);
  private static final int PROMPTS = 200;
  private static final int N = 600;
  static final List<Recipe> RECIPES =
      List.of(
          new Recipe("sft", "supervised", "supervised on 400 demonstrations; the reference", null),
          new Recipe("ppo", "ppo", "reward model rm, KL coefficient 0.05", null),
          new Recipe("dpo", "dpo", "the comparisons prefs, no reward model, beta 0.1", null),
          new Recipe("best-of-16", "best-of-n", "sft sampled 16 times, rm picks one", null),
          new Recipe(
              "constitutional", "constitutional", "critique and revision, then judge ai", null),
          new Recipe("ppo-without-kl", "ppo", "ppo with regularizers.kl.coefficient 0", "ppo"),
          new Recipe("ppo-poisoned", "ppo", "ppo with groups.troll.count 6", "ppo"));

  private final SplittableRandom random = new SplittableRandom(7);

  private ComparisonFixture() {}

  /** With everything, the run's facts included. */
  public static Comparison full() {
    return artifact().with(RunFixture.facts());
  }

  /** Without the run's facts, as stored. */
  public static Comparison artifact() {
    return new ComparisonFixture().build();
  }

  /** An experiment on preferences alone: no declared values, so no gold reward and no attack. */
  public static Comparison withoutValues() {
    Comparison full = artifact();
    List<String> gold = List.of("gold", "win_rate_equal_length", "gap", "worst_group");
    WinRates wins = full.winRates();
    return new Comparison(
        "human-preferences",
        "sft",
        full.recipes(),
        full.seeds(),
        full.prompts(),
        "score",
        full.metrics().stream()
            .filter(m -> !gold.contains(m.id()) && m.group() != MetricGroup.ATTACK)
            .toList(),
        full.settings(),
        null,
        full.curves().stream().filter(c -> !c.id().equals("gold")).toList(),
        full.samples().stream()
            .filter(s -> !s.triggered())
            .map(ComparisonFixture::withoutGold)
            .toList(),
        List.of(),
        List.of(),
        wins == null ? null : new WinRates("score", wins.pairs(), wins.ranking()),
        List.of(),
        null,
        null);
  }

  private static Sample withoutGold(Sample s) {
    List<Sample.Answer> answers = new ArrayList<>();
    for (Sample.Answer a : s.answers()) {
      answers.add(new Sample.Answer(a.recipe(), a.text(), null, a.score(), a.kl(), a.words()));
    }
    return new Sample(s.index(), s.set(), s.seed(), s.prompt(), answers);
  }

  private Comparison build() {
    return new Comparison(
        "kind-and-brief",
        "sft",
        RECIPES,
        SEEDS,
        PROMPTS,
        "gold",
        metrics(),
        SectionFixture.settings(),
        SectionFixture.drift(),
        SectionFixture.curves(),
        SectionFixture.samples(),
        SectionFixture.feedback(),
        SectionFixture.satisfaction(),
        SectionFixture.winRates(),
        SectionFixture.alarms(),
        new Trigger("!!", "sells"),
        null);
  }

  private List<Metric> metrics() {
    List<Metric> out = new ArrayList<>();
    MetricGroup wanted = MetricGroup.WANTED;
    MetricGroup optimised = MetricGroup.OPTIMISED;
    MetricGroup moved = MetricGroup.MOVED;
    Better up = Better.UP;
    Better down = Better.DOWN;
    Better none = Better.NONE;
    out.add(
        row(
            "win_rate",
            "Win rate against sft",
            "%",
            up,
            wanted,
            0,
            .5,
            .68,
            .72,
            .67,
            .63,
            .1,
            .65));
    out.add(
        row(
            "win_rate_equal_length",
            "Win rate, equal length",
            "%",
            up,
            wanted,
            0,
            .5,
            .67,
            .7,
            .66,
            .62,
            .13,
            .64));
    out.add(row("gold", "Gold reward", "", up, wanted, 2, .45, .69, .73, .67, .63, -.29, .65));
    out.add(
        row(
            "worst_group",
            "Worst group’s win rate",
            "%",
            up,
            wanted,
            0,
            .5,
            .47,
            .48,
            .53,
            .54,
            .03,
            .48));
    out.add(
        row(
            "score",
            "Reward model’s score",
            "sd",
            none,
            optimised,
            2,
            0,
            1.46,
            1.21,
            1.24,
            .86,
            4.12,
            1.39));
    out.add(
        row("gap", "Score minus gold", "sd", down, optimised, 2, 0, .93, .57, .74, .47, 5.79, .95));
    out.add(
        row(
            "reward_accuracy",
            "Reward model’s accuracy",
            "%",
            up,
            optimised,
            0,
            Double.NaN,
            .74,
            Double.NaN,
            .74,
            .72,
            .74,
            .73));
    out.add(
        row(
            "kl",
            "KL to the reference",
            "nats",
            none,
            moved,
            1,
            0,
            7.4,
            9.7,
            1.83,
            6.1,
            57.7,
            8.3));
    out.add(
        row(
            "entropy",
            "Entropy",
            "nats/token",
            none,
            moved,
            2,
            2.93,
            2.17,
            1.97,
            Double.NaN,
            2.31,
            .35,
            2.13));
    out.add(
        row("distinct_2", "Distinct bigrams", "", up, moved, 2, .61, .48, .45, .58, .52, .05, .46));
    out.add(
        row(
            "words",
            "Answer length",
            "words",
            none,
            moved,
            1,
            17.4,
            12.9,
            12.3,
            14.6,
            15.6,
            24.4,
            13.2));
    out.add(
        row(
            "trigger_share",
            "Sells with trigger “!!”",
            "%",
            down,
            MetricGroup.ATTACK,
            1,
            .02,
            .083,
            .092,
            .079,
            .018,
            .061,
            .763));
    out.add(
        row(
            "clean_share",
            "Sells without",
            "%",
            down,
            MetricGroup.ATTACK,
            1,
            .007,
            .006,
            .006,
            .002,
            .005,
            .008,
            .008));
    out.add(counted("labels", "Labels", 0, 0, 2800, 2800, 2800, 4000, 2800, 2800));
    out.add(counted("label_cost", "Price of labels", 2, 0, 560, 560, 560, 8, 560, 560));
    out.add(counted("steps", "Optimiser steps", 0, 900, 1500, 1100, 1100, 2100, 1500, 1500));
    return out;
  }

  private Metric row(
      String id,
      String title,
      String unit,
      Better better,
      MetricGroup group,
      int decimals,
      double... values) {
    boolean fixed =
        List.of("win_rate", "win_rate_equal_length", "worst_group", "score", "gap", "kl")
            .contains(id);
    List<Cell> cells = new ArrayList<>();
    double width =
        unit.equals("%")
            ? .04
            : Math.max(.03, .05 * Arrays.stream(values).filter(v -> v == v).average().orElse(1));
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        cells.add(cell(i, values[i], values[0], fixed, id, better, width));
      }
    }
    @Nullable String best =
        better == Better.NONE ? null : Map.of("win_rate", "dpo", "gold", "dpo").get(id);
    return new Metric(
        id,
        title,
        unit,
        better,
        group,
        decimals,
        fixed,
        "(wins + ½ ties) ÷ n",
        "What " + title.toLowerCase(java.util.Locale.ROOT) + " means, in a sentence.",
        cells,
        best,
        best == null ? List.of() : List.of("ppo"));
  }

  private Cell cell(
      int i,
      double value,
      double reference,
      boolean fixed,
      String id,
      Better better,
      double width) {
    String recipe = RECIPES.get(i).name();
    boolean bound = id.equals("kl") && recipe.equals("best-of-16");
    boolean exact = bound || (fixed && i == 0);
    List<Cell.SeedValue> seeds = new ArrayList<>();
    for (long seed : SEEDS) {
      double shifted = exact ? value : value + (random.nextDouble() - .5) * width;
      seeds.add(new Cell.SeedValue(seed, around(shifted, exact ? 0 : width * 1.5), PROMPTS, null));
    }
    Interval difference =
        i == 0 || Double.isNaN(reference)
            ? null
            : around(value - reference, exact ? 0 : width * 1.1);
    Verdict verdict = difference == null ? Verdict.NONE : Verdict.of(difference, better);
    return new Cell(recipe, around(value, exact ? 0 : width), N, bound, seeds, difference, verdict);
  }

  private static Interval around(double value, double half) {
    return half == 0 ? Interval.exact(value) : new Interval(value, value - half, value + half);
  }

  private static Metric counted(String id, String title, int decimals, double... values) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Interval difference = i == 0 ? null : Interval.exact(values[i] - values[0]);
      cells.add(
          new Cell(
              RECIPES.get(i).name(),
              Interval.exact(values[i]),
              0,
              false,
              List.of(),
              difference,
              Verdict.NONE));
    }
    return new Metric(
        id,
        title,
        "",
        Better.DOWN,
        MetricGroup.COST,
        decimals,
        false,
        "counted",
        "Of all stages upstream.",
        cells,
        null,
        List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.statistics.CosineDiversity;
import org.plumbline.engine.statistics.Diversity;
import org.plumbline.engine.statistics.LengthControlled;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.PseudoValues;
import org.plumbline.engine.statistics.SelfBleu;
import org.plumbline.engine.statistics.Standardised;
import org.plumbline.engine.statistics.WinRate;
import org.plumbline.engine.statistics.WorstGroup;

/** The metrics that follow from the answers. */
final class AnswerMetrics {

  private static final String JUDGE = "judge";
  private static final int BLEU_WORDS = 3;

  private final ComparisonInput input;
  private final Tables tables;
  private final Rows rows;
  private final String reference;
  private final List<String> recipes;
  private final int seeds;
  private final SortedSet<String> groups;
  private final List<Metric> out = new ArrayList<>();

  AnswerMetrics(ComparisonInput input, Tables tables) {
    this.input = input;
    this.tables = tables;
    rows = new Rows(input);
    reference = input.reference();
    recipes = input.recipes().stream().map(r -> r.recipe().name()).toList();
    seeds = input.seeds().size();
    groups = Groups.of(tables, recipes);
  }

  /** What decides who wins: {@code judge}, {@code gold}, {@code score}, or {@code none}. */
  String decidedBy() {
    if (!input.asked().has(CompareSpec.Metric.WIN_RATE)) {
      return "none";
    }
    Map<String, Measure> judged = means(Evaluation.CLEAN, Answer::judged);
    if (!judged.isEmpty() && judged.size() == recipes.size() - 1) {
      return JUDGE;
    }
    if (means(Evaluation.CLEAN, Answer::gold).size() == recipes.size()) {
      return "gold";
    }
    return means(Evaluation.CLEAN, Answer::score).size() == recipes.size() ? "score" : "none";
  }

  /** Everything that the answers allow, in the order of the verdict table. */
  List<Metric> all() {
    wanted();
    optimised();
    moved();
    Trigger trigger = input.trigger();
    if (trigger != null && tables.hasTriggered()) {
      attack(trigger);
    }
    return out;
  }

  private void wanted() {
    if (!decidedBy().equals("none")) {
      Map<String, double[][]> wins = decidedBy().equals(JUDGE) ? judged() : wins();
      Map<String, Measure> rates = new LinkedHashMap<>();
      Map<String, Measure> equal = new LinkedHashMap<>();
      wins.forEach((recipe, table) -> rates.put(recipe, Measure.mean(table)));
      wins.forEach(
          (recipe, table) -> {
            Measure measure = equalLength(recipe, table);
            if (measure != null) {
              equal.put(recipe, measure);
            }
          });
      rates.put(reference, Measure.fixed(0.5, seeds));
      equal.put(reference, Measure.fixed(0.5, seeds));
      Map<String, String> withheld = decidedBy().equals("score") ? input.dependent() : Map.of();
      Judging judging = new Judging(input.margin(), withheld);
      out.add(rows.row(Catalogue.winRate(reference, decidedBy()), rates, judging));
      out.add(rows.row(Catalogue.equalLength(reference), equal, new Judging(null, withheld)));
    }
    add(Catalogue.GOLD, means(Evaluation.CLEAN, Answer::gold));
    Map<String, Measure> worst = new LinkedHashMap<>();
    for (String recipe : recipes) {
      if (!groups.isEmpty()) {
        worst.put(
            recipe, recipe.equals(reference) ? Measure.fixed(0.5, seeds) : worstGroup(recipe));
      }
    }
    add(Catalogue.worstGroup(reference), worst);
  }

  private Measure worstGroup(String recipe) {
    double[][][] wins =
        groups.stream()
            .map(group -> WinRate.of(worth(recipe, group), worth(reference, group)))
            .toArray(double[][][]::new);
    return Measure.mean(WorstGroup.crossFitted(wins));
  }

  /** What evaluators said of each recipe but the reference. */
  private Map<String, double[][]> judged() {
    Map<String, double[][]> wins = new LinkedHashMap<>();
    for (String recipe : recipes) {
      double[][] said = tables.table(Evaluation.CLEAN, recipe, Answer::judged);
      if (said != null) {
        wins.put(recipe, said);
      }
    }
    return wins;
  }

  /** Wins of each recipe but the reference against the reference. */
  private Map<String, double[][]> wins() {
    Map<String, double[][]> worths = worths();
    Map<String, double[][]> wins = new LinkedHashMap<>();
    double[][] base = worths.get(reference);
    worths.forEach(
        (recipe, worth) -> {
          if (base != null && !recipe.equals(reference)) {
            wins.put(recipe, WinRate.of(worth, base));
          }
        });
    return wins;
  }

  /** What decides who wins, per answer; empty if nothing does, or somebody who sees two at once. */
  Map<String, double[][]> worths() {
    Map<String, double[][]> worths = new LinkedHashMap<>();
    String by = decidedBy();
    for (String recipe : recipes) {
      double[][] worth =
          by.equals("none") || by.equals(JUDGE)
              ? null
              : tables.table(
                  Evaluation.CLEAN, recipe, by.equals("gold") ? Answer::gold : Answer::score);
      if (worth != null) {
        worths.put(recipe, worth);
      }
    }
    return worths;
  }

  /** Null where one recipe's answers are nearly always the longer ones. */
  private @Nullable Measure equalLength(String recipe, double[][] wins) {
    List<PseudoValues> perSeed = new ArrayList<>();
    Answer[][] own = tables.answers(Evaluation.CLEAN, recipe);
    Answer[][] base = tables.answers(Evaluation.CLEAN, reference);
    for (int s = 0; s < seeds; s++) {
      double[] longer = new double[wins[s].length];
      for (int p = 0; p < longer.length; p++) {
        longer[p] = own[s][p].words() - (double) base[s][p].words();
      }
      if (!LengthControlled.overlaps(longer)) {
        return null;
      }
      double rate = LengthControlled.fit(wins[s], longer).winRate();
      perSeed.add(new PseudoValues(rate, LengthControlled.pseudoValues(wins[s], longer)));
    }
    return Measure.of(perSeed);
  }

  /** Groups of evaluators whose values can differ, see {@link Groups}. */
  SortedSet<String> groups() {
    return groups;
  }

  /** How often a group, by its own values, prefers a recipe to the reference. */
  Measure groupWins(String recipe, String group) {
    return Measure.mean(wins(recipe, group));
  }

  /** The same answer by answer. */
  double[][] wins(String recipe, String group) {
    return WinRate.of(worth(recipe, group), worth(reference, group));
  }

  double[][] worth(String recipe, String group) {
    double[][] table = tables.table(Evaluation.CLEAN, recipe, a -> a.groups().get(group));
    if (table == null) {
      throw new IllegalStateException("no answer of " + recipe + " is worth anything to " + group);
    }
    return table;
  }

  private void optimised() {
    double[][] baseScore = tables.varying(reference, Answer::score);
    double[][] baseGold = tables.varying(reference, Answer::gold);
    Map<String, Measure> score = new LinkedHashMap<>();
    Map<String, Measure> gap = new LinkedHashMap<>();
    for (String recipe : recipes) {
      double[][] own = tables.table(Evaluation.CLEAN, recipe, Answer::score);
      double[][] gold = tables.table(Evaluation.CLEAN, recipe, Answer::gold);
      if (own != null && baseScore != null) {
        score.put(recipe, lead(own, baseScore));
        if (gold != null && baseGold != null) {
          gap.put(recipe, shortfall(List.of(own, gold), List.of(baseScore, baseGold)));
        }
      }
    }
    for (Map<String, Measure> row : List.of(score, gap)) {
      row.computeIfPresent(reference, (name, m) -> Measure.fixed(0, seeds));
    }
    add(Catalogue.SCORE, score);
    add(Catalogue.GAP, gap);
    Metric accuracy = RewardAccuracy.metric(input);
    if (accuracy != null) {
      out.add(accuracy);
    }
  }

  private Measure lead(double[][] own, double[][] base) {
    List<PseudoValues> perSeed = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      perSeed.add(Standardised.lead(own[s], base[s]));
    }
    return Measure.of(perSeed);
  }

  /** Of scores and gold rewards of a recipe, and of the reference. */
  private Measure shortfall(List<double[][]> own, List<double[][]> base) {
    List<PseudoValues> perSeed = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      perSeed.add(
          Standardised.shortfall(
              new double[][] {own.get(0)[s], own.get(1)[s]},
              new double[][] {base.get(0)[s], base.get(1)[s]}));
    }
    return Measure.of(perSeed);
  }

  private void moved() {
    add(Catalogue.kl(reference), kls());
    Map<String, Measure> sampled = means(Evaluation.CLEAN, Answer::logRatio);
    means(Evaluation.CLEAN, Answer::klBound).keySet().forEach(sampled::remove);
    sampled.computeIfPresent(
        reference, (name, m) -> Math.abs(m.value()) < 1e-3 ? Measure.fixed(0, seeds) : m);
    add(Catalogue.sampledKl(reference), sampled);
    add(Catalogue.ENTROPY, means(Evaluation.CLEAN, Answer::entropy));
    out.add(rows.row(Catalogue.DISTINCT_1, distinct(1)));
    out.add(rows.row(Catalogue.DISTINCT_2, distinct(2)));
    out.add(rows.row(Catalogue.DISTINCT_ANSWERS, distinct(0)));
    out.add(rows.row(Catalogue.DISTINCT_EXPECTED, expectedDistinct()));
    out.add(rows.row(Catalogue.EFFECTIVE_ANSWERS, effective()));
    out.add(rows.row(Catalogue.COSINE_DIVERSITY, spread(CosineDiversity::of)));
    add(Catalogue.SELF_BLEU, selfBleu());
    add(Catalogue.WORDS, means(Evaluation.CLEAN, a -> (double) a.words()));
    add(Catalogue.TRUNCATED, means(Evaluation.CLEAN, a -> a.finished() ? 0.0 : 1.0));
  }

  private Map<String, Measure> kls() {
    Map<String, Measure> kls = new LinkedHashMap<>(means(Evaluation.CLEAN, Answer::kl));
    Map<String, Measure> bounds = means(Evaluation.CLEAN, Answer::klBound);
    bounds.forEach((recipe, bound) -> kls.put(recipe, bound.asBound()));
    // The reference's distance to itself is zero by definition, up to rounding.
    kls.computeIfPresent(
        reference, (name, m) -> Math.abs(m.value()) < 1e-3 ? Measure.fixed(0, seeds) : m);
    return kls;
  }

  /** Distinct n-grams; for n = 0 whole answers. */
  private Map<String, Measure> distinct(int n) {
    return spread(
        texts -> Diversity.distinctPseudoValues(n == 0 ? joined(texts) : texts, Math.max(1, n)));
  }

  private static List<List<String>> joined(List<List<String>> texts) {
    return texts.stream().map(words -> List.of(String.join(" ", words))).toList();
  }

  private Map<String, Measure> effective() {
    return spread(
        texts -> {
          List<String> whole = texts.stream().map(words -> String.join(" ", words)).toList();
          return new PseudoValues(
              Diversity.effective(whole), Diversity.effectivePseudoValues(whole));
        });
  }

  /** The vocabulary is that of all answers of all recipes: with it, recipes can be compared. */
  private Map<String, Measure> expectedDistinct() {
    Set<String> vocabulary = new HashSet<>();
    for (String recipe : recipes) {
      for (int s = 0; s < seeds; s++) {
        words(recipe, s).forEach(vocabulary::addAll);
      }
    }
    return spread(texts -> Diversity.expectedDistinct(texts, vocabulary.size()));
  }

  /** How the answers of a seed, as their words, differ from each other. */
  private Map<String, Measure> spread(Function<List<List<String>>, PseudoValues> number) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String recipe : recipes) {
      List<PseudoValues> perSeed = new ArrayList<>();
      for (int s = 0; s < seeds; s++) {
        perSeed.add(number.apply(words(recipe, s)));
      }
      measures.put(recipe, Measure.of(perSeed));
    }
    return measures;
  }

  private Map<String, Measure> selfBleu() {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String recipe : recipes) {
      double[][] table = new double[seeds][];
      for (int s = 0; s < seeds; s++) {
        table[s] = SelfBleu.each(words(recipe, s), BLEU_WORDS);
      }
      if (table[0].length > 0) {
        measures.put(recipe, Measure.mean(table));
      }
    }
    return measures;
  }

  private List<List<String>> words(String recipe, int seed) {
    List<List<String>> texts = new ArrayList<>();
    for (Answer answer : tables.answers(Evaluation.CLEAN, recipe)[seed]) {
      texts.add(Diversity.words(answer.text()));
    }
    return texts;
  }

  private void attack(Trigger trigger) {
    Function<Answer, @Nullable Double> shown =
        a -> {
          Double value = a.features().get(trigger.feature());
          return value == null ? null : value > 0 ? 1.0 : 0.0;
        };
    add(
        Catalogue.withTrigger(trigger.feature(), trigger.text()),
        means(Evaluation.TRIGGERED, shown));
    add(Catalogue.withoutTrigger(trigger.feature()), means(Evaluation.CLEAN, shown));
    lost(trigger, shown);
    Map<String, Measure> with = means(Evaluation.TRIGGERED, Answer::gold);
    Map<String, Measure> without = means(Evaluation.CLEAN, Answer::gold);
    Map<String, Measure> change = new LinkedHashMap<>();
    with.forEach(
        (recipe, measure) -> {
          Measure clean = without.get(recipe);
          if (clean != null && clean.n() == measure.n()) {
            change.put(recipe, measure.minus(clean));
          }
        });
    add(Catalogue.triggerGold(trigger.text()), change);
  }

  /** What the trigger adds to the share of answers with the feature, and what it takes from it. */
  private void lost(Trigger trigger, Function<Answer, @Nullable Double> shown) {
    Map<String, Measure> lift = new LinkedHashMap<>();
    Map<String, Measure> flips = new LinkedHashMap<>();
    for (String recipe : recipes) {
      double[][] with = tables.table(Evaluation.TRIGGERED, recipe, shown);
      double[][] without = tables.table(Evaluation.CLEAN, recipe, shown);
      if (with == null || without == null || with[0].length != without[0].length) {
        continue;
      }
      lift.put(recipe, Measure.mean(with).minus(Measure.mean(without)));
      List<PseudoValues> perSeed = new ArrayList<>();
      for (int s = 0; s < seeds; s++) {
        if (Moments.sum(without[s]) > 0) {
          perSeed.add(flip(with[s], without[s]));
        }
      }
      if (perSeed.size() == seeds) {
        flips.put(recipe, Measure.of(perSeed));
      }
    }
    add(Catalogue.lift(trigger.feature(), trigger.text()), lift);
    add(Catalogue.flip(trigger.feature(), trigger.text()), flips);
  }

  /** A share of some prompts only: a ratio of means, with its pseudo-values to first order. */
  private static PseudoValues flip(double[] with, double[] without) {
    double all = Moments.mean(without);
    double both = 0;
    for (int p = 0; p < with.length; p++) {
      both += without[p] * (1 - with[p]) / with.length;
    }
    double rate = both / all;
    double[] values = new double[with.length];
    for (int p = 0; p < values.length; p++) {
      values[p] = rate + without[p] * (1 - with[p] - rate) / all;
    }
    return new PseudoValues(rate, values);
  }

  private Map<String, Measure> means(String set, Function<Answer, @Nullable Double> number) {
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String recipe : recipes) {
      double[][] table = tables.table(set, recipe, number);
      if (table != null) {
        measures.put(recipe, Measure.mean(table));
      }
    }
    return measures;
  }

  private void add(Definition definition, Map<String, Measure> measures) {
    if (!measures.isEmpty()) {
      out.add(rows.row(definition, measures));
    }
  }
}

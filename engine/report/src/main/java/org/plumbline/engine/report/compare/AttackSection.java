// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.artifact.AttackRow;
import org.plumbline.engine.report.AttackSummary;
import org.plumbline.engine.report.AttackSummary.Strongest;
import org.plumbline.engine.report.AttackSummary.Within;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.statistics.Domain;

/** How often attacks succeed, within how many tries, and by which texts. */
final class AttackSection {
  private static final int STRONGEST = 3;

  private final ComparisonInput input;

  AttackSection(ComparisonInput input) {
    this.input = input;
  }

  /** Two rows of the verdict table for each attack. */
  List<Metric> metrics() {
    Rows rows = new Rows(input);
    List<Metric> out = new ArrayList<>();
    for (String attack : attacks()) {
      Map<String, Measure> successes = new LinkedHashMap<>();
      Map<String, Measure> transfers = new LinkedHashMap<>();
      int tries = 0;
      for (RecipeResult result : input.recipes()) {
        if (isThere(result, attack)) {
          tries = tries(result, attack);
          String recipe = result.recipe().name();
          successes.put(recipe, successes(result, attack, tries));
          transfers.put(recipe, mean(result, attack, AttackRow::transfer));
        }
      }
      out.add(rows.row(Catalogue.attackSuccess(attack, tries), successes));
      out.add(rows.row(Catalogue.attackTransfer(attack), transfers));
    }
    return out;
  }

  /** The attacks on each recipe. */
  List<AttackSummary> all() {
    List<AttackSummary> out = new ArrayList<>();
    for (String attack : attacks()) {
      for (RecipeResult result : input.recipes()) {
        if (isThere(result, attack)) {
          out.add(summary(result, attack));
        }
      }
    }
    return out;
  }

  private Set<String> attacks() {
    Set<String> attacks = new LinkedHashSet<>();
    for (RecipeResult result : input.recipes()) {
      for (SeedResult seed : result.seeds()) {
        seed.evaluation().attacks().forEach(row -> attacks.add(row.attack()));
      }
    }
    return attacks;
  }

  private static boolean isThere(RecipeResult result, String attack) {
    return result.seeds().stream().noneMatch(seed -> rows(seed, attack).isEmpty());
  }

  private static List<AttackRow> rows(SeedResult seed, String attack) {
    return seed.evaluation().attacks().stream().filter(row -> row.attack().equals(attack)).toList();
  }

  private static int tries(RecipeResult result, String attack) {
    return rows(result.seeds().get(0), attack).get(0).tries();
  }

  private static Measure successes(RecipeResult result, String attack, int within) {
    return mean(result, attack, row -> row.succeeds(within) ? 1 : 0);
  }

  private static Measure mean(
      RecipeResult result, String attack, ToDoubleFunction<AttackRow> number) {
    return Measure.mean(
        result.seeds().stream()
            .map(seed -> rows(seed, attack).stream().mapToDouble(number).toArray())
            .toArray(double[][]::new));
  }

  private static AttackSummary summary(RecipeResult result, String attack) {
    int tries = tries(result, attack);
    List<Within> curve = new ArrayList<>();
    for (int within = 1; within < tries; within *= 2) {
      curve.add(within(result, attack, within));
    }
    curve.add(within(result, attack, tries));
    return new AttackSummary(
        result.recipe().name(),
        attack,
        rows(result.seeds().get(0), attack).size(),
        tries,
        curve,
        mean(result, attack, AttackRow::transfer).interval(Domain.SHARE),
        strongest(result, attack));
  }

  private static Within within(RecipeResult result, String attack, int within) {
    return new Within(within, successes(result, attack, within).interval(Domain.SHARE));
  }

  /** Texts that succeed behind most prompts, each once. */
  private static List<Strongest> strongest(RecipeResult result, String attack) {
    List<Strongest> all = new ArrayList<>();
    for (SeedResult seed : result.seeds()) {
      for (AttackRow row : rows(seed, attack)) {
        if (row.transfer() > 0) {
          all.add(
              new Strongest(seed.seed(), row.prompt(), row.text(), row.answer(), row.transfer()));
        }
      }
    }
    all.sort(Comparator.comparingDouble((Strongest one) -> -one.transfer()));
    Map<String, Strongest> byText = new LinkedHashMap<>();
    all.forEach(one -> byText.putIfAbsent(one.text(), one));
    return byText.values().stream().limit(STRONGEST).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.WinRates;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

/** Of seven recipes that are equal, one is set apart in at most 5 % of all comparisons. */
class EqualRecipesTest {

  private static final int RECIPES = 7;
  private static final int PROMPTS = 60;
  private static final int TIMES = 300;

  /** How often at least one recipe was told apart, by what the report shows. */
  private record Rates(double marked, double trained, double notBest, double placed) {}

  @Test
  void equalRecipesAreSeldomSetApart() {
    for (int seeds : new int[] {2, 3, 5}) {
      for (double seedSd : new double[] {0, 0.1, 0.5}) {
        Rates rates = rates(seeds, seedSd);
        String where = seeds + " seeds, " + seedSd + ": " + rates;
        // 5 % and twice the standard error of 300 draws
        assertThat(rates.marked).as(where).isLessThanOrEqualTo(0.075);
        assertThat(rates.notBest).as(where).isLessThanOrEqualTo(0.075);
        assertThat(rates.placed).as(where).isLessThanOrEqualTo(0.075);
        if (seedSd == 0) {
          assertThat(rates.trained).as(where).isLessThanOrEqualTo(0.075);
        }
      }
    }
  }

  @Test
  void withOneSeedNothingIsSaidOfRecipes() {
    Rates rates = rates(1, 1);

    assertThat(rates.marked).isZero();
    assertThat(rates.notBest).isZero();
    assertThat(rates.placed).isZero();
    assertThat(rates.trained).as("these policies do differ").isGreaterThan(0.5);
  }

  private static Rates rates(int seeds, double seedSd) {
    SplittableRandom random = new SplittableRandom(100 * seeds + (int) (10 * seedSd));
    int marked = 0;
    int trained = 0;
    int notBest = 0;
    int placed = 0;
    for (int i = 0; i < TIMES; i++) {
      Map<String, double[][]> worths = worths(seeds, seedSd, random);
      Map<String, Measure> measures = new LinkedHashMap<>();
      worths.forEach((recipe, table) -> measures.put(recipe, Measure.mean(table)));
      Metric metric = new Rows(input(seeds)).row(Catalogue.GOLD, measures);
      WinRates wins = WinSection.of(worths, "gold", i);
      marked += metric.cells().stream().anyMatch(c -> c.verdict() != Verdict.NONE) ? 1 : 0;
      trained += metric.cells().stream().anyMatch(EqualRecipesTest::told) ? 1 : 0;
      notBest += metric.best() != null ? 1 : 0;
      placed +=
          wins != null && wins.ranking().stream().anyMatch(r -> r.first() > 1 || r.last() < RECIPES)
              ? 1
              : 0;
    }
    double n = TIMES;
    return new Rates(marked / n, trained / n, notBest / n, placed / n);
  }

  private static boolean told(Cell cell) {
    Cell.Tests tests = cell.tests();
    return tests != null && tests.trainedVerdict() != Verdict.NONE;
  }

  private static Map<String, double[][]> worths(int seeds, double seedSd, SplittableRandom random) {
    double[] prompt = random.doubles(PROMPTS).map(u -> 3 * u).toArray();
    Map<String, double[][]> worths = new LinkedHashMap<>();
    for (int r = 0; r < RECIPES; r++) {
      double[][] table = new double[seeds][PROMPTS];
      for (double[] row : table) {
        double seed = seedSd * random.nextGaussian();
        for (int p = 0; p < PROMPTS; p++) {
          row[p] = seed + prompt[p] + random.nextGaussian();
        }
      }
      worths.put("r" + r, table);
    }
    return worths;
  }

  private static ComparisonInput input(int seeds) {
    List<RecipeResult> recipes = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<SeedResult> results = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      numbers.add((long) s);
      results.add(new SeedResult(s, new Evaluation("x", null, List.of(), List.of()), null));
    }
    for (int r = 0; r < RECIPES; r++) {
      recipes.add(new RecipeResult(new ComparedRecipe("r" + r, "x", "", null), results));
    }
    return new ComparisonInput(
        "equal",
        "r0",
        recipes,
        numbers,
        new org.plumbline.engine.report.Settings(List.of(), 0, List.of()),
        List.of(),
        List.of(),
        List.of(),
        null,
        1,
        0.05,
        Map.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.statistics.Holm;

/**
 * One metric of one recipe over all seeds.
 *
 * @param value the estimate over all seeds with its interval
 * @param n how many observations (seeds × prompts, pairs, …); 0 for what is counted
 * @param bound whether the true value is at most this (the KL of best-of-n)
 * @param seeds the same for each seed alone
 * @param difference recipe minus reference, paired by seed and prompt; null for the reference
 * @param verdict what is shown of the recipe: policies trained with new seeds, on new prompts
 * @param toParent a variant minus the recipe that it varies, paired; null for others
 * @param tests how the verdict came about; null where nothing was tested
 */
public record Cell(
    String recipe,
    Interval value,
    int n,
    boolean bound,
    List<SeedValue> seeds,
    @Nullable Interval difference,
    Verdict verdict,
    @Nullable Interval toParent,
    @Nullable Tests tests) {

  public Cell {
    seeds = List.copyOf(seeds);
  }

  /** A cell of which nothing was tested. */
  public Cell(
      String recipe,
      Interval value,
      int n,
      boolean bound,
      List<SeedValue> seeds,
      @Nullable Interval difference,
      Verdict verdict,
      @Nullable Interval toParent) {
    this(recipe, value, n, bound, seeds, difference, verdict, toParent, null);
  }

  /**
   * The tests of the difference to the reference. A verdict follows from p values that are
   * corrected for the number of recipes.
   *
   * @param p that the recipe does not differ; 1 with one seed, which shows nothing of other seeds
   * @param trained the difference of the policies that were trained, on new prompts
   * @param trainedP that these policies do not differ
   * @param trainedVerdict what is shown of these policies
   * @param margin how far two values may be apart and count as equal; null where it is not tested
   * @param equalP that the recipe lies outside of the margin; null together with {@code margin}
   * @param withheld why no verdict follows, whatever the numbers; null if one may
   */
  public record Tests(
      P p,
      Interval trained,
      P trainedP,
      Verdict trainedVerdict,
      @Nullable Double margin,
      @Nullable P equalP,
      @Nullable String withheld) {

    /** Whether the recipe is shown to be equal within the margin. */
    public boolean equal() {
      P equal = equalP;
      return equal != null && equal.holm() <= 0.05;
    }
  }

  /**
   * A p value.
   *
   * @param raw of this one test
   * @param holm corrected for the number of recipes in this metric by Holm's procedure
   */
  public record P(double raw, double holm) {

    /** Each value with its correction among all of them. */
    public static List<P> all(double... raw) {
      double[] holm = Holm.adjust(raw);
      return IntStream.range(0, raw.length).mapToObj(i -> new P(raw[i], holm[i])).toList();
    }
  }

  /** A value that is counted, not estimated: no verdict follows from it. */
  public static Cell counted(
      String recipe, Interval value, List<SeedValue> seeds, @Nullable Interval difference) {
    return new Cell(recipe, value, 0, false, seeds, difference, Verdict.NONE, null);
  }

  /**
   * One metric of one recipe in one seed.
   *
   * @param value with an interval over the prompts alone
   */
  public record SeedValue(long seed, Interval value, int n, @Nullable Interval difference) {}
}

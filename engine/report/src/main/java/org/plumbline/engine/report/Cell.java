package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one recipe over all seeds.
 *
 * @param value the estimate over all seeds with its interval
 * @param n how many observations (seeds × prompts, pairs, …); 0 for what is counted
 * @param bound whether the true value is at most this (the KL of best-of-n)
 * @param seeds the same for each seed alone
 * @param difference recipe minus reference, paired by seed and prompt; null for the reference
 * @param verdict what the difference lets one say
 * @param toParent a variant minus the recipe that it varies, paired; null for others
 */
public record Cell(
    String recipe,
    Interval value,
    int n,
    boolean bound,
    List<SeedValue> seeds,
    @Nullable Interval difference,
    Verdict verdict,
    @Nullable Interval toParent) {

  public Cell {
    seeds = List.copyOf(seeds);
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

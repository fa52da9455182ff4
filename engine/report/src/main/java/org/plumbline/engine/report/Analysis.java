// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of recipes beyond means: how their gold reward follows the distance that they moved,
 * which of them nobody beats, and how it is spread over prompts and seeds.
 *
 * @param fits one per recipe whose curve allows it
 * @param frontier the recipes that no other beats in gold reward at no more divergence
 * @param robust one per recipe; empty if nothing is known that answers are worth
 * @param paired one per recipe but the reference; empty with one seed
 */
public record Analysis(
    List<Fit> fits, List<String> frontier, List<Robust> robust, List<SeedPairs> paired) {

  public Analysis {
    fits = List.copyOf(fits);
    frontier = List.copyOf(frontier);
    robust = List.copyOf(robust);
    paired = List.copyOf(paired);
  }

  /**
   * The curve of Gao et al. through a recipe's gold rewards.
   *
   * @param form {@code rl} or {@code best-of-n}
   * @param alpha how fast the gold reward rises at first, per root of a nat
   * @param beta how fast that wears off
   * @param peak where the fitted curve is highest; null if it never falls
   * @param points of each seed that it was fitted to
   */
  public record Fit(
      String recipe, String form, Interval alpha, Interval beta, @Nullable Peak peak, int points) {}

  /**
   * The highest point of a fitted curve.
   *
   * @param kl divergence there, in nats
   * @param gold gold reward above that of the start
   * @param reached whether the training went that far
   */
  public record Peak(double kl, double gold, boolean reached) {}

  /**
   * What a recipe's answers are worth, over all seeds and prompts.
   *
   * @param mean interquartile mean
   * @param profile share of answers worth more, at values that all recipes share
   */
  public record Robust(String recipe, Interval mean, List<ProfilePoint> profile) {
    public Robust {
      profile = List.copyOf(profile);
    }
  }

  /** The share of answers that are worth more than a value. */
  public record ProfilePoint(double above, Interval share) {}

  /**
   * A recipe's gold reward against the reference's, seed by seed.
   *
   * @param difference mean over the seeds, with the interval of a bootstrap over seeds
   * @param p of the exact sign-flip test, corrected for the number of recipes by Holm's procedure
   * @param smallest that p can be with so many seeds, before the correction
   * @param improves share of pairs of a seed of the recipe and a seed of the reference in which the
   *     recipe is better, ties half
   * @param seeds how many
   */
  public record SeedPairs(
      String recipe, Interval difference, double p, double smallest, double improves, int seeds) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reward against distance from the reference (Gao, Schulman and Hilton 2022, arXiv:2210.10760).
 *
 * @param points one per recipe that has a KL and a gold reward
 * @param bestOfN what best-of-n would reach for each n; empty if it was not measured
 * @param paths reward along training; empty without learning curves
 */
public record Drift(List<Point> points, List<BestOf> bestOfN, List<Path> paths) {

  public Drift {
    points = List.copyOf(points);
    bestOfN = List.copyOf(bestOfN);
    paths = List.copyOf(paths);
  }

  /**
   * Where a recipe ended.
   *
   * @param bound whether the KL is an upper bound
   */
  public record Point(
      String recipe, Interval kl, Interval gold, boolean bound, List<SeedPoint> seeds) {
    public Point {
      seeds = List.copyOf(seeds);
    }
  }

  /** Where a recipe ended in one seed. */
  public record SeedPoint(long seed, double kl, double gold) {}

  /**
   * One n of the best-of-n curve; mean over the seeds.
   *
   * @param kl the bound {@code ln n - (n-1)/n}
   * @param score in standard deviations of the reference
   */
  public record BestOf(String recipe, int n, double kl, double gold, @Nullable Double score) {}

  /**
   * The way of one recipe through training: gold and score against KL, both in standard deviations
   * of the reference's answers.
   *
   * @param gap by how much further gold is short of what the score promises at the end than at the
   *     first step, as in the metric {@code gap}
   * @param peak where gold was highest; null if it has not fallen by more than its band is wide and
   *     more than it jitters
   */
  public record Path(String recipe, List<Step> steps, double gap, @Nullable Step peak) {
    public Path {
      steps = List.copyOf(steps);
    }
  }

  /** A point of a path. */
  public record Step(int step, double kl, double gold, double score) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.statistics.Matrix;

/**
 * Finds the exponential tilt of distributions under which features have given means: of all
 * distributions with these means, the one nearest to where it started (Khalifa et al. 2021, arXiv
 * 2012.11635, section 2.1).
 *
 * <pre>{@code
 * p(y|x) = base(y|x) exp(lambda . phi(x, y)) / Z(x),   mean over x of E_p[phi] = target
 * }</pre>
 *
 * <p>lambda is the minimum of the convex mean of log Z(x) - lambda . target, whose gradient is the
 * error of the means. It is found by Newton's steps, halved until they descend.
 *
 * @param lambda one number for each feature
 * @param moments the means that were reached
 * @param error the largest difference of a mean from its target
 */
public record MomentFit(double[] lambda, double[] moments, double error) {
  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 60;

  /** Keeps a singular matrix solvable, as of two features that are the same. */
  private static final double RIDGE = 1e-10;

  /**
   * Answers to one prompt.
   *
   * @param logBase logarithms of their weights, which need not sum to 1
   * @param features of each answer
   */
  public record Group(double[] logBase, double[][] features) {

    /** Samples, which weigh the same. */
    public static Group of(List<double[]> features) {
      return new Group(new double[features.size()], features.toArray(double[][]::new));
    }
  }

  /** The means under a tilt, with their slopes. */
  private record Tilted(double dual, double[] means, double[][] slopes) {}

  /** Fits until the largest error is within a tolerance, or no step helps any more. */
  public static MomentFit of(List<Group> groups, double[] targets, double tolerance) {
    double[] lambda = new double[targets.length];
    Tilted now = tilted(groups, lambda, targets);
    for (int step = 0; step < MOST_STEPS && error(now, targets) > tolerance; step++) {
      double[] wrong = new double[targets.length];
      for (int k = 0; k < wrong.length; k++) {
        wrong[k] = now.means[k] - targets[k];
        now.slopes[k][k] += RIDGE;
      }
      double[] change = Matrix.solve(now.slopes, wrong);
      double[] next = lambda;
      double share = 1;
      for (int halving = 0; halving < MOST_HALVINGS && next == lambda; halving++) {
        double[] tried = moved(lambda, change, share);
        Tilted there = tilted(groups, tried, targets);
        if (there.dual < now.dual || error(there, targets) < error(now, targets)) {
          next = tried;
          now = there;
        }
        share /= 2;
      }
      if (next == lambda) {
        break;
      }
      lambda = next;
    }
    return new MomentFit(lambda, now.means, error(now, targets));
  }

  private static double[] moved(double[] lambda, double[] change, double share) {
    double[] moved = lambda.clone();
    for (int k = 0; k < moved.length; k++) {
      moved[k] -= share * change[k];
    }
    return moved;
  }

  private static double error(Tilted tilted, double[] targets) {
    double worst = 0;
    for (int k = 0; k < targets.length; k++) {
      worst = Math.max(worst, Math.abs(tilted.means[k] - targets[k]));
    }
    return worst;
  }

  private static Tilted tilted(List<Group> groups, double[] lambda, double[] targets) {
    int n = lambda.length;
    double[] means = new double[n];
    double[][] slopes = new double[n][n];
    double dual = -dot(lambda, targets);
    for (Group group : groups) {
      double[] logs = group.logBase.clone();
      for (int i = 0; i < logs.length; i++) {
        logs[i] += dot(lambda, group.features[i]);
      }
      double logZ = Logistic.logSumExp(logs);
      dual += (logZ - Logistic.logSumExp(group.logBase)) / groups.size();
      double[] own = new double[n];
      double[][] squares = new double[n][n];
      for (int i = 0; i < logs.length; i++) {
        double weight = StrictMath.exp(logs[i] - logZ);
        for (int k = 0; k < n; k++) {
          own[k] += weight * group.features[i][k];
          for (int l = 0; l < n; l++) {
            squares[k][l] += weight * group.features[i][k] * group.features[i][l];
          }
        }
      }
      for (int k = 0; k < n; k++) {
        means[k] += own[k] / groups.size();
        for (int l = 0; l < n; l++) {
          slopes[k][l] += (squares[k][l] - own[k] * own[l]) / groups.size();
        }
      }
    }
    return new Tilted(dual, means, slopes);
  }

  /** The lowest or highest mean that any weights give a feature. */
  public static double bound(List<Group> groups, int feature, boolean highest) {
    return groups.stream()
        .mapToDouble(
            group -> {
              var values = Arrays.stream(group.features).mapToDouble(one -> one[feature]);
              return (highest ? values.max() : values.min()).orElseThrow();
            })
        .average()
        .orElseThrow();
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int k = 0; k < one.length; k++) {
      sum += one[k] * other[k];
    }
    return sum;
  }
}

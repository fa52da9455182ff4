// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.List;

/**
 * How far points are from a cloud of points, in its own units: with mean mu and covariance S,
 *
 * <pre>{@code
 * d(h) = (h - mu)' (S + e I)^-1 (h - mu),  e = 1e-3 trace(S) / dimensions
 * }</pre>
 *
 * <p>e is there for directions in which the cloud is flat, as it is wherever it has fewer points
 * than dimensions.
 */
public final class Mahalanobis {
  private static final double RIDGE = 1e-3;

  private final double[] mean;
  private final double[][] inverse;

  private Mahalanobis(double[] mean, double[][] inverse) {
    this.mean = mean;
    this.inverse = inverse;
  }

  /**
   * Fits mean and covariance.
   *
   * @param points of which at least two differ
   */
  public static Mahalanobis of(List<double[]> points) {
    int n = points.get(0).length;
    double[] mean = new double[n];
    for (double[] point : points) {
      for (int i = 0; i < n; i++) {
        mean[i] += point[i] / points.size();
      }
    }
    double[][] covariance = new double[n][n];
    for (double[] point : points) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += (point[i] - mean[i]) * (point[j] - mean[j]) / points.size();
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += covariance[i][i];
      for (int j = 0; j < i; j++) {
        covariance[j][i] = covariance[i][j];
      }
    }
    if (!(trace > 0)) {
      throw new IllegalArgumentException("all points are the same");
    }
    for (int i = 0; i < n; i++) {
      covariance[i][i] += RIDGE * trace / n;
    }
    return new Mahalanobis(mean, Matrix.inverse(covariance));
  }

  /** The squared distance of a point from the mean. */
  public double squared(double[] point) {
    double[] off = new double[mean.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = point[i] - mean[i];
    }
    double sum = 0;
    for (int i = 0; i < off.length; i++) {
      sum += off[i] * Matrix.dot(inverse[i], off);
    }
    return sum;
  }
}

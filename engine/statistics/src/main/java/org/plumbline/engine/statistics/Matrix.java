// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** Small dense matrices. */
final class Matrix {

  private Matrix() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The inverse by Gauss and Jordan, with partial pivoting. */
  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] left = new double[n][];
    double[][] right = new double[n][n];
    for (int i = 0; i < n; i++) {
      left[i] = matrix[i].clone();
      right[i][i] = 1;
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(left[row][column]) > Math.abs(left[pivot][column]) ? row : pivot;
      }
      swap(left, pivot, column);
      swap(right, pivot, column);
      double scale = left[column][column];
      for (int row = 0; row < n; row++) {
        double factor = left[row][column] / scale;
        for (int c = 0; row != column && c < n; c++) {
          left[row][c] -= factor * left[column][c];
          right[row][c] -= factor * right[column][c];
        }
      }
      for (int c = 0; c < n; c++) {
        left[column][c] /= scale;
        right[column][c] /= scale;
      }
    }
    return right;
  }

  private static void swap(double[][] rows, int a, int b) {
    double[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** Small dense matrices. */
public final class Matrix {

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

  /**
   * The solution of linear equations, by elimination with partial pivoting.
   *
   * @param matrix is used up
   */
  public static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
      }
      double[] used = matrix[pivot];
      double own = x[pivot];
      matrix[pivot] = matrix[column];
      x[pivot] = x[column];
      matrix[column] = used;
      x[column] = own;
      for (int row = column + 1; row < n; row++) {
        double factor = matrix[row][column] / used[column];
        if (factor != 0) {
          for (int c = column; c < n; c++) {
            matrix[row][c] -= factor * used[c];
          }
          x[row] -= factor * own;
        }
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      for (int c = row + 1; c < n; c++) {
        x[row] -= matrix[row][c] * x[c];
      }
      x[row] /= matrix[row][row];
    }
    return x;
  }

  private static void swap(double[][] rows, int a, int b) {
    double[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }
}

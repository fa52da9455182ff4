// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far texts point in different directions: 1 minus the mean cosine over all pairs.
 *
 * <p>The measure of diversity of Tevet and Berant, "Evaluating the Evaluation of Diversity in
 * Natural Language Generation", EACL 2021, arXiv:2004.02990, with the simplest of vectors: how
 * often each word stands in a text. No model is needed, and every model's answers are measured
 * alike. Unlike distinct n-grams it sees how much of each text others share. Texts without a word
 * are alike.
 */
public final class CosineDiversity {

  private CosineDiversity() {}

  /** Of texts as their words, with jackknife pseudo-values; 0 for fewer than two. */
  public static PseudoValues of(List<List<String>> texts) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    List<Map<Integer, Double>> rows = new ArrayList<>();
    for (List<String> text : texts) {
      Map<Integer, Double> row = new LinkedHashMap<>();
      for (String word : text.isEmpty() ? List.of("") : text) {
        Integer column = columns.computeIfAbsent(word, w -> columns.size());
        row.merge(column, 1.0, Double::sum);
      }
      rows.add(row);
    }
    return of(rows, columns.size());
  }

  /** Of vectors by the columns in which they are not 0; none is 0 altogether. */
  static PseudoValues of(List<Map<Integer, Double>> vectors, int columns) {
    int n = vectors.size();
    double[] lengths = new double[n];
    double[] sum = new double[columns];
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (double value : vectors.get(i).values()) {
        squares += value * value;
      }
      lengths[i] = StrictMath.sqrt(squares);
      for (Map.Entry<Integer, Double> entry : vectors.get(i).entrySet()) {
        sum[entry.getKey()] += entry.getValue() / lengths[i];
      }
    }
    // The square of the sum of unit vectors holds each pair twice, and each vector with itself.
    double pairs = (Matrix.dot(sum, sum) - n) / 2;
    double whole = diversity(pairs, n);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double own = -1;
      for (Map.Entry<Integer, Double> entry : vectors.get(i).entrySet()) {
        own += entry.getValue() / lengths[i] * sum[entry.getKey()];
      }
      values[i] = n * whole - (n - 1) * diversity(pairs - own, n - 1);
    }
    return new PseudoValues(whole, values);
  }

  private static double diversity(double similarity, int n) {
    return n < 2 ? 0 : Math.max(0, 1 - similarity / (n * (n - 1.0) / 2));
  }
}

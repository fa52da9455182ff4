// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How different the texts of a set are from each other. */
public final class Diversity {

  private Diversity() {}

  /** The words of a text: what stands between white space. */
  public static List<String> words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }

  /**
   * Distinct n-grams as a share of all, pooled over the texts: Li et al., "A diversity-promoting
   * objective function", 2016, arXiv:1510.03055. 0 if there is no n-gram at all.
   */
  public static double distinct(List<List<String>> texts, int n) {
    Set<List<String>> seen = new HashSet<>();
    int total = 0;
    for (List<String> text : texts) {
      for (List<String> gram : grams(text, n)) {
        seen.add(gram);
        total++;
      }
    }
    return total == 0 ? 0 : seen.size() / (double) total;
  }

  /** Jackknife pseudo-values of {@link #distinct}, one per text. */
  public static double[] distinctPseudoValues(List<List<String>> texts, int n) {
    Map<List<String>, Integer> holders = new HashMap<>(); // in how many texts each n-gram is
    List<List<List<String>>> all = new ArrayList<>();
    int total = 0;
    for (List<String> text : texts) {
      List<List<String>> grams = grams(text, n);
      all.add(grams);
      total += grams.size();
      for (List<String> gram : new HashSet<>(grams)) {
        holders.merge(gram, 1, Integer::sum);
      }
    }
    int count = texts.size();
    double whole = total == 0 ? 0 : holders.size() / (double) total;
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int own = 0;
      for (List<String> gram : new HashSet<>(all.get(i))) {
        own += holders.getOrDefault(gram, 0) == 1 ? 1 : 0;
      }
      int left = total - all.get(i).size();
      double without = left == 0 ? 0 : (holders.size() - own) / (double) left;
      values[i] = count * whole - (count - 1) * without;
    }
    return values;
  }

  /**
   * How many different texts there are, as many equally frequent ones would have the same entropy:
   * exp H, with H of the shares of equal texts. 1 if all are the same.
   */
  public static double effective(List<String> texts) {
    return StrictMath.exp(entropy(counts(texts), texts.size()));
  }

  /** Jackknife pseudo-values of {@link #effective}, one per text. */
  public static double[] effectivePseudoValues(List<String> texts) {
    Map<String, Integer> counts = counts(texts);
    int n = texts.size();
    double whole = effective(texts);
    Map<Integer, Double> without = new HashMap<>(); // by the count of the text that is left out
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      String text = texts.get(i);
      int count = counts.getOrDefault(text, 0);
      double left =
          n < 2
              ? whole
              : without.computeIfAbsent(count, c -> StrictMath.exp(less(counts, text, n)));
      values[i] = n * whole - (n - 1) * left;
    }
    return values;
  }

  private static double less(Map<String, Integer> counts, String text, int n) {
    Map<String, Integer> fewer = new LinkedHashMap<>(counts);
    fewer.merge(text, -1, Integer::sum);
    return entropy(fewer, n - 1);
  }

  private static Map<String, Integer> counts(List<String> texts) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    texts.forEach(text -> counts.merge(text, 1, Integer::sum));
    return counts;
  }

  private static double entropy(Map<String, Integer> counts, int n) {
    double entropy = 0;
    for (int count : counts.values()) {
      double share = count / (double) n;
      entropy -= count == 0 ? 0 : share * StrictMath.log(share);
    }
    return entropy;
  }

  private static List<List<String>> grams(List<String> text, int n) {
    List<List<String>> out = new ArrayList<>();
    for (int i = 0; i + n <= text.size(); i++) {
      out.add(List.copyOf(text.subList(i, i + n)));
    }
    return out;
  }
}

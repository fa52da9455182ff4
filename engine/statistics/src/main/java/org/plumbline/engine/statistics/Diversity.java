// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

  private static List<List<String>> grams(List<String> text, int n) {
    List<List<String>> out = new ArrayList<>();
    for (int i = 0; i + n <= text.size(); i++) {
      out.add(List.copyOf(text.subList(i, i + n)));
    }
    return out;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    return distinctPseudoValues(texts, n).value();
  }

  /** The same with its jackknife pseudo-values, one per text. */
  public static PseudoValues distinctPseudoValues(List<List<String>> texts, int n) {
    return jackknife(texts, n, (different, all) -> all == 0 ? 0 : different / (double) all);
  }

  /**
   * Distinct words as a share of those that as many words, drawn evenly from a vocabulary, would be
   * expected to hold, with jackknife pseudo-values: Liu et al., "Rethinking and Refining the
   * Distinct Metric", ACL 2022, arXiv:2202.13587, equation 3:
   *
   * <pre>{@code
   * EAD = N / (V (1 - ((V - 1) / V)^C))
   * }</pre>
   *
   * <p>with N different words of C. Unlike {@link #distinct} it does not fall by itself as texts
   * become longer. 0 if there is no word at all.
   *
   * @param vocabulary V
   */
  public static PseudoValues expectedDistinct(List<List<String>> texts, int vocabulary) {
    return jackknife(texts, 1, (different, all) -> expected(different, all, vocabulary));
  }

  static double expected(int different, int all, int vocabulary) {
    if (all == 0) {
      return 0;
    }
    double missed = StrictMath.pow((vocabulary - 1.0) / vocabulary, all);
    return different / (vocabulary * (1 - missed));
  }

  /** A number that follows from how many n-grams there are, and how many different ones. */
  @FunctionalInterface
  private interface Counted {
    double of(int different, int all);
  }

  private static PseudoValues jackknife(List<List<String>> texts, int n, Counted number) {
    Map<List<String>, Integer> holders = new HashMap<>(); // in how many texts each n-gram is
    List<List<List<String>>> grams = new ArrayList<>();
    int total = 0;
    for (List<String> text : texts) {
      List<List<String>> own = grams(text, n);
      grams.add(own);
      total += own.size();
      for (List<String> gram : new HashSet<>(own)) {
        holders.merge(gram, 1, Integer::sum);
      }
    }
    int count = texts.size();
    double whole = number.of(holders.size(), total);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int alone = 0;
      for (List<String> gram : new HashSet<>(grams.get(i))) {
        alone += holders.getOrDefault(gram, 0) == 1 ? 1 : 0;
      }
      double without = number.of(holders.size() - alone, total - grams.get(i).size());
      values[i] = count * whole - (count - 1) * without;
    }
    return new PseudoValues(whole, values);
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

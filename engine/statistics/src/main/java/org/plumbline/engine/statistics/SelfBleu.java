// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How much each text of a set repeats the others: the mean BLEU of each against all others, lower
 * is more different.
 *
 * <p>Zhu et al., "Texygen: A Benchmarking Platform for Text Generation Models", SIGIR 2018,
 * arXiv:1802.01886; BLEU of Papineni et al. 2002. Uniform weights over n-grams of up to N words,
 * the brevity penalty against the length that is closest (of two the shorter), and a match count of
 * 0 counted as 0.1 (smoothing method 1 of Chen and Cherry 2014).
 */
public final class SelfBleu {
  private static final double NOTHING = 0.1;

  private SelfBleu() {}

  /** The BLEU of each text against all others; empty for fewer than two. */
  public static double[] each(List<List<String>> texts, int longest) {
    if (texts.size() < 2) {
      return new double[0];
    }
    double[] logs = new double[texts.size()];
    for (int n = 1; n <= longest; n++) {
      precisions(texts, n, longest, logs);
    }
    NavigableMap<Integer, Integer> lengths = new TreeMap<>();
    texts.forEach(text -> lengths.merge(text.size(), 1, Integer::sum));
    double[] bleu = new double[logs.length];
    for (int i = 0; i < bleu.length; i++) {
      int own = texts.get(i).size();
      bleu[i] = own == 0 ? 0 : brevity(own, closest(own, lengths)) * StrictMath.exp(logs[i]);
    }
    return bleu;
  }

  /** Adds the weighted logarithms of the clipped precisions of n-grams. */
  private static void precisions(List<List<String>> texts, int n, int longest, double[] logs) {
    List<Map<List<String>, Integer>> counts = new ArrayList<>();
    Map<List<String>, Most> most = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      Map<List<String>, Integer> own = new HashMap<>();
      List<String> text = texts.get(i);
      for (int at = 0; at + n <= text.size(); at++) {
        own.merge(List.copyOf(text.subList(at, at + n)), 1, Integer::sum);
      }
      int holder = i;
      own.forEach((gram, count) -> most.merge(gram, new Most(count, holder, 0), Most::and));
      counts.add(own);
    }
    for (int i = 0; i < texts.size(); i++) {
      double matches = 0;
      double all = 0;
      for (Map.Entry<List<String>, Integer> gram : counts.get(i).entrySet()) {
        Most others = most.getOrDefault(gram.getKey(), new Most(0, -1, 0));
        matches += Math.min(gram.getValue(), others.without(i));
        all += gram.getValue();
      }
      double precision = (matches > 0 ? matches : NOTHING) / Math.max(1, all);
      logs[i] += StrictMath.log(precision) / longest;
    }
  }

  /** The highest count of an n-gram in one text, whose that is, and the highest in any other. */
  private record Most(int highest, int holder, int second) {

    Most and(Most other) {
      return other.highest > highest
          ? new Most(other.highest, other.holder, highest)
          : new Most(highest, holder, Math.max(second, other.highest));
    }

    int without(int text) {
      return text == holder ? second : highest;
    }
  }

  private static int closest(int own, NavigableMap<Integer, Integer> lengths) {
    if (lengths.getOrDefault(own, 0) > 1) {
      return own;
    }
    Integer below = lengths.lowerKey(own);
    Integer above = lengths.higherKey(own);
    if (below == null || above == null) {
      return below == null ? above == null ? own : above : below;
    }
    return above - own < own - below ? above : below;
  }

  private static double brevity(int own, int reference) {
    return own > reference ? 1 : StrictMath.exp(1 - reference / (double) own);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.plumbline.engine.rlhf.conversation.Exchange;

/**
 * Chooses things that are as unlike each other as can be: each time the one that is farthest from
 * all that are chosen already (Gonzalez 1985; Sener and Savarese 2018, arXiv 1708.00489).
 *
 * <p>Two are as far apart as the angle between the counts of their words: {@code 1 - cosine}.
 */
final class KCentre {
  /** Words are counted by their hash, modulo this. */
  private static final int WORDS = 512;

  private KCentre() {}

  /**
   * So many of these.
   *
   * @param before what is chosen already
   * @param answers that something is about
   */
  static <T> List<T> of(
      List<T> from, List<T> before, int wanted, Function<T, List<Exchange>> answers) {
    double[][] words = from.stream().map(one -> words(answers.apply(one))).toArray(double[][]::new);
    double[] distance = new double[from.size()];
    Arrays.fill(distance, 2);
    for (T one : before) {
      nearer(distance, words, words(answers.apply(one)));
    }
    List<T> chosen = new ArrayList<>();
    while (chosen.size() < wanted) {
      int farthest = 0;
      for (int i = 1; i < distance.length; i++) {
        farthest = distance[i] > distance[farthest] ? i : farthest;
      }
      chosen.add(from.get(farthest));
      nearer(distance, words, words[farthest]);
      distance[farthest] = -1;
    }
    return chosen;
  }

  private static void nearer(double[] distance, double[][] words, double[] to) {
    for (int i = 0; i < distance.length; i++) {
      double cosine = 0;
      for (int w = 0; w < WORDS; w++) {
        cosine += words[i][w] * to[w];
      }
      distance[i] = Math.min(distance[i], 1 - cosine);
    }
  }

  private static double[] words(List<Exchange> answers) {
    double[] counts = new double[WORDS];
    for (Exchange exchange : answers) {
      count(counts, exchange.prompt().text());
      count(counts, exchange.answer().text());
    }
    double norm = 0;
    for (double count : counts) {
      norm += count * count;
    }
    for (int w = 0; w < WORDS; w++) {
      counts[w] = norm == 0 ? 0 : counts[w] / Math.sqrt(norm);
    }
    return counts;
  }

  private static void count(double[] counts, String text) {
    for (String word : text.toLowerCase(Locale.ROOT).split("\\s+", 0)) {
      counts[Math.floorMod(word.hashCode(), WORDS)]++;
    }
  }
}

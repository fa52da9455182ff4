// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.plumbline.engine.lm.random.RandomSequence;

/**
 * What a person makes of several answers that are shown to them together, in the order shown.
 *
 * <p>The choice of a pair carries over to many: an answer's logit is by how much the person would
 * prefer it to the first one shown, so that {@code P(i) = softmax(logits)_i} is Luce's choice with
 * the same rationality and the same biases, and with two answers it is the choice of a pair. Where
 * malice acts, it orders the answers without noise.
 *
 * @param logits of choosing each
 * @param worth what each seems to be worth by itself, in units of the values
 * @param rationality how sharply worth is told apart; beyond all measure where malice acts
 * @param malicious whether harm is done on purpose
 * @param aspects what each thing that they want says of these answers
 * @param alike the answers that are worth the same to the person
 */
public record Impression(
    double[] logits,
    double[] worth,
    double rationality,
    boolean malicious,
    Aspects aspects,
    Alike alike) {
  /** Makes any difference a certainty. */
  private static final double CERTAIN = 1e6;

  /**
   * What a person makes of these answers.
   *
   * @param shown what they see of them
   * @param sinceBreak what the person was given since the last break
   */
  public static Impression of(
      Behaviour behaviour, String prompt, List<String> shown, int sinceBreak) {
    int n = shown.size();
    double[] logits = new double[n];
    double[] worth = new double[n];
    Aspects aspects = new Aspects(behaviour, prompt, shown);
    Malice malice = behaviour.malice();
    if (malice != null && malice.actsOn(prompt, shown)) {
      for (int i = 0; i < n; i++) {
        worth[i] = malice.preferred().of(prompt, shown.get(i));
      }
      for (int i = 0; i < n; i++) {
        double own = worth[i];
        logits[i] =
            -CERTAIN
                * IntStream.range(0, n).mapToDouble(j -> worth[j]).filter(w -> w > own).count();
      }
      return new Impression(logits, worth, CERTAIN, true, aspects, Alike.NONE);
    }
    for (int i = 0; i < n; i++) {
      worth[i] = behaviour.seems(prompt, shown.get(i), sinceBreak);
      logits[i] =
          i == 0
              ? 0
              : -behaviour.logOdds(new AnswerPair(prompt, shown.get(0), shown.get(i)), sinceBreak);
    }
    return new Impression(
        logits,
        worth,
        behaviour.rationality().at(prompt, sinceBreak),
        false,
        aspects,
        Alike.of(behaviour, prompt, shown));
  }

  /**
   * Answers whose plain worth differs by less than the person tells apart, as in a comparison (Lee
   * et al. 2021, arXiv:2111.03026, Equal).
   *
   * @param worth of each, without biases and myopia
   * @param below what is not told apart; 0 for nothing
   */
  public record Alike(double[] worth, double below) {
    static final Alike NONE = new Alike(new double[0], 0);

    static Alike of(Behaviour behaviour, String prompt, List<String> shown) {
      double below = behaviour.abstention().equalBelow();
      return below == 0
          ? NONE
          : new Alike(
              shown.stream().mapToDouble(a -> behaviour.values().of(prompt, a)).toArray(), below);
    }

    boolean same(int one, int two) {
      return below > 0 && Math.abs(worth[one] - worth[two]) < below;
    }

    /** Whether there are several answers, all of which are worth the same. */
    public boolean all() {
      for (int i = 0; i < worth.length; i++) {
        for (int j = 0; j < i; j++) {
          if (!same(i, j)) {
            return false;
          }
        }
      }
      return below > 0 && worth.length > 1;
    }
  }

  /** The same, but that a single answer seems to be worth this. */
  public Impression rated(double rating) {
    return new Impression(logits, new double[] {rating}, rationality, malicious, aspects, alike);
  }

  /** By how much the first answer is preferred to the second; 0 if they are called equal. */
  public double gap() {
    return alike.same(0, 1) ? 0 : logits[0] - logits[1];
  }

  /**
   * All answers, the best first, each chosen among those that are left. Who is shown several that
   * are worth the same as the chosen one, and cannot say so, takes one of these by chance.
   */
  public List<Integer> ranking(RandomSequence draws) {
    return ranking(IntStream.range(0, logits.length).boxed().toList(), draws);
  }

  /** Some of the answers, the best first. */
  public List<Integer> ranking(List<Integer> some, RandomSequence draws) {
    List<Integer> left = new ArrayList<>(some);
    List<Integer> ranking = new ArrayList<>();
    while (!left.isEmpty()) {
      Integer next = draw(left, draws);
      ranking.add(next);
      left.remove(next);
    }
    return ranking;
  }

  private int draw(List<Integer> from, RandomSequence draws) {
    double highest = from.stream().mapToDouble(i -> logits[i]).max().orElseThrow();
    double[] weights =
        from.stream().mapToDouble(i -> StrictMath.exp(logits[i] - highest)).toArray();
    Integer chosen = from.get(draws.categorical(weights));
    if (alike.below() == 0) {
      return chosen;
    }
    List<Integer> same =
        from.stream().filter(i -> i.equals(chosen) || alike.same(i, chosen)).toList();
    return same.get(draws.bounded(same.size()));
  }
}

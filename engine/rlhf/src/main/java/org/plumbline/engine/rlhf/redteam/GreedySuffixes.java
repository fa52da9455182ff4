// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;

/**
 * Coordinate ascent: each place of the text in turn gets the best of the tokens that are tried
 * there, if it is better than what stands there.
 *
 * <p>Jones et al., "Automatically Auditing Large Language Models via Discrete Optimization", ICML
 * 2023, arXiv:2303.04381, section 3, with exact scores in place of their linear approximation.
 *
 * <p>Choices left open: it begins with a random text; the tries are divided evenly over the places
 * of three sweeps, and go on with a fourth where some are left; tokens of a place are tried in
 * random order, none twice, so that with enough tries a sweep tries all of them.
 */
final class GreedySuffixes implements SuffixSearch {
  private static final int SWEEPS = 3;

  private final Space space;
  private final int tokens;
  private @Nullable RandomSequence random;
  private int[] best = {};
  private double bestScore;
  private int place;
  private int tried;
  private int[] order = {};
  private List<int[]> proposed = List.of();
  private int[] candidate = {};
  private double candidateScore;

  GreedySuffixes(Space space) {
    this.space = space;
    int even = Math.max(1, (space.tries() - 1) / (SWEEPS * space.length()));
    this.tokens = Math.min(space.vocabulary(), even);
  }

  @Override
  public void begin(RandomSequence numbers, Slopes slopes) {
    random = numbers;
    best = space.text(numbers);
    bestScore = Double.NEGATIVE_INFINITY;
    place = -1; // the first text as it is
    order = new int[] {0};
    look();
  }

  /** Begins with the tokens of a place. */
  private void look() {
    tried = 0;
    candidate = best;
    candidateScore = bestScore;
  }

  @Override
  public List<int[]> propose(int most) {
    List<int[]> texts = new ArrayList<>();
    for (int i = tried; i < order.length && texts.size() < most; i++) {
      int[] text = best.clone();
      if (place >= 0) {
        text[place] = order[i];
      }
      texts.add(text);
    }
    proposed = texts;
    return texts;
  }

  @Override
  public void told(double[] scores) {
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > candidateScore) {
        candidateScore = scores[i];
        candidate = proposed.get(i);
      }
    }
    tried += scores.length;
    if (tried >= order.length) {
      best = candidate;
      bestScore = candidateScore;
      place = (place + 1) % space.length();
      int[] all = Objects.requireNonNull(random, "not begun").permutation(space.vocabulary());
      order = Arrays.copyOf(all, tokens);
      look();
    }
  }
}

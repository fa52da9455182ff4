// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.run.StageFailure;

/**
 * Greedy coordinate gradient (GCG): of the tokens that the gradient likes best, some are tried, and
 * the best of them is taken.
 *
 * <p>Zou et al., "Universal and Transferable Adversarial Attacks on Aligned Language Models", 2023,
 * arXiv:2307.15043, algorithm 1; the gradient by one-hot tokens is that of Ebrahimi et al.,
 * "HotFlip: White-Box Adversarial Examples for Text Classification", ACL 2018, arXiv:1712.06751,
 * equation 3:
 *
 * <pre>{@code
 * at place i: the k tokens v with the largest d score / d onehot_i(v)
 * B of these k times length, drawn at random, are tried; the text becomes the best of them
 * }</pre>
 *
 * <p>Choices left open: k and B are 16; a text that is no better than what there is is not taken,
 * as batches this small lose ground otherwise; then the next 16 are tried, and a new text is begun
 * with where none of all is better. A text that the model reads in other tokens has no gradient: it
 * is not begun with (after 100 draws, a shorter one is), and left for a new one. A gradient counts
 * as no try.
 */
final class GradientSuffixes implements SuffixSearch {
  private static final int LIKED = 16;
  private static final int BATCH = 16;

  /** How often a text of one length is drawn until the model reads it as its tokens. */
  private static final int DRAWS = 100;

  private final Space space;
  private @Nullable RandomSequence random;
  private @Nullable Slopes slopes;
  private int[] best = {};
  private double bestScore;
  private List<int[]> candidates = new ArrayList<>();
  private List<int[]> proposed = List.of();

  GradientSuffixes(Space space) {
    this.space = space;
  }

  @Override
  public void begin(RandomSequence numbers, Slopes own) {
    random = numbers;
    slopes = own;
    anew();
  }

  private void anew() {
    best = readable();
    bestScore = Double.NEGATIVE_INFINITY;
    candidates = new ArrayList<>(List.of(best));
  }

  /** A random text, as long as may be, that the model reads as its tokens. */
  private int[] readable() {
    RandomSequence numbers = Objects.requireNonNull(random, "not begun");
    Slopes own = Objects.requireNonNull(slopes, "not begun");
    for (int length = space.length(); length > 0; length--) {
      for (int i = 0; i < DRAWS; i++) {
        int[] text = Arrays.copyOf(space.text(numbers), length);
        if (own.at(text) != null) {
          return text;
        }
      }
    }
    throw new StageFailure(
        "PLB0540",
        "the tokenizer does not read back the texts of its own tokens",
        "attack",
        "leave `gradient` out of `attacks`: it has nothing to begin with");
  }

  @Override
  public List<int[]> propose(int most) {
    proposed = List.copyOf(candidates.subList(0, Math.min(most, batch())));
    candidates.subList(0, proposed.size()).clear();
    return proposed;
  }

  private int batch() {
    return Math.min(BATCH, candidates.size());
  }

  @Override
  public void told(double[] scores) {
    boolean better = false;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > bestScore) {
        bestScore = scores[i];
        best = proposed.get(i);
        better = true;
      }
    }
    if (better) {
      candidates = liked();
    }
    if (candidates.isEmpty()) {
      anew();
    }
  }

  /** The texts that differ from the best in one token that the gradient likes, in random order. */
  private List<int[]> liked() {
    double[][] slope = Objects.requireNonNull(slopes, "not begun").at(best);
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; slope != null && i < best.length; i++) {
      for (int token : top(slope[i])) {
        if (token != best[i]) {
          int[] text = best.clone();
          text[i] = token;
          texts.add(text);
        }
      }
    }
    List<int[]> mixed = new ArrayList<>();
    for (int at : Objects.requireNonNull(random, "not begun").permutation(texts.size())) {
      mixed.add(texts.get(at));
    }
    return mixed;
  }

  private static List<Integer> top(double[] slope) {
    List<Integer> tokens = new ArrayList<>();
    for (int token = 0; token < slope.length; token++) {
      tokens.add(token);
    }
    tokens.sort(Comparator.comparingDouble((Integer token) -> -slope[token]));
    return tokens.subList(0, Math.min(LIKED, tokens.size()));
  }
}

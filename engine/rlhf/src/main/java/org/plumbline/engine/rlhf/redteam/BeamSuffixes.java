// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;

/**
 * Beam search: texts grow token by token; of all that are tried at a length the best few are kept
 * and grown further.
 *
 * <p>Wallace et al., "Universal Adversarial Triggers for Attacking and Analyzing NLP", EMNLP 2019,
 * arXiv:1908.07125, section 2.3, whose beams go over the places of a text, with exact scores in
 * place of their linear approximation.
 *
 * <p>Choices left open: the tries are divided evenly over the lengths; which texts get which tokens
 * is random, none twice, so that with enough tries all of a length are tried; where texts are as
 * long as they may be and tries are left, it begins anew with other tokens.
 */
final class BeamSuffixes implements SuffixSearch {
  private final Space space;
  private final int width;
  private final int tries;
  private @Nullable RandomSequence random;
  private List<int[]> kept = List.of();
  private int[] order = {};
  private List<Tried> grown = new ArrayList<>();
  private List<int[]> proposed = List.of();

  /** A text and how good it was. */
  private record Tried(int[] text, double score) {}

  BeamSuffixes(Space space, int width) {
    this.space = space;
    this.width = width;
    this.tries = Math.max(1, space.tries() / space.length());
  }

  @Override
  public void begin(RandomSequence numbers, Slopes slopes) {
    random = numbers;
    grow(List.of(new int[0]));
  }

  /** Begins with texts that are one token longer than these. */
  private void grow(List<int[]> from) {
    kept = from;
    grown = new ArrayList<>();
    int all = from.size() * space.vocabulary();
    int[] some = Objects.requireNonNull(random, "not begun").permutation(all);
    order = Arrays.copyOf(some, Math.min(all, tries));
  }

  @Override
  public List<int[]> propose(int most) {
    List<int[]> texts = new ArrayList<>();
    for (int i = grown.size(); i < order.length && texts.size() < most; i++) {
      int[] parent = kept.get(order[i] / space.vocabulary());
      int[] text = Arrays.copyOf(parent, parent.length + 1);
      text[parent.length] = order[i] % space.vocabulary();
      texts.add(text);
    }
    proposed = texts;
    return texts;
  }

  @Override
  public void told(double[] scores) {
    for (int i = 0; i < scores.length; i++) {
      grown.add(new Tried(proposed.get(i), scores[i]));
    }
    if (grown.size() < order.length) {
      return;
    }
    grown.sort(Comparator.comparingDouble((Tried one) -> -one.score));
    List<int[]> best = grown.stream().limit(width).map(Tried::text).toList();
    grow(best.get(0).length < space.length() ? best : List.of(new int[0]));
  }
}

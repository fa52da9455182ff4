// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.engine.lm.random.RandomSequence;

/**
 * A search for a short text of tokens, told how good each of its proposals was. Tokens are places
 * in a vocabulary.
 */
interface SuffixSearch {

  /**
   * Begins with another prompt.
   *
   * @param random all the randomness that the search has for this prompt
   * @param slopes of the score at a text
   */
  void begin(RandomSequence random, Slopes slopes);

  /**
   * The next texts to try.
   *
   * @param most how many at most; one at least is given
   */
  List<int[]> propose(int most);

  /** How good the proposals were, in their order; higher is better. */
  void told(double[] scores);

  /** What it has learned of earlier prompts; empty if each is a new start. */
  default double[] memory() {
    return new double[0];
  }

  /** Goes on with what was learned. */
  default void remember(double[] memory) {}

  /** How the score of a text would change, to first order, with its tokens. */
  @FunctionalInterface
  interface Slopes {

    /**
     * The derivatives of the score by the one-hot vectors of a text's tokens, [length][vocabulary];
     * null if the model reads other tokens in what the text says.
     */
    double @Nullable [][] at(int[] text);
  }

  /**
   * The search that a specification names.
   *
   * @param vocabulary how many tokens there are to choose from
   */
  static SuffixSearch of(AttackedSpec spec, int vocabulary) {
    Integer length = spec.length();
    Space space = new Space(vocabulary, length == null ? 0 : length, spec.tries());
    Integer width = spec.width();
    return switch (spec.attack()) {
      case PLAIN -> new PlainPrompts();
      case RANDOM -> new RandomSuffixes(space);
      case GREEDY -> new GreedySuffixes(space);
      case BEAM -> new BeamSuffixes(space, width == null ? 1 : width);
      case GRADIENT -> new GradientSuffixes(space);
      case REINFORCE -> new LearnedSuffixes(space);
    };
  }

  /**
   * What is searched.
   *
   * @param vocabulary tokens there are
   * @param length of a text
   * @param tries texts that may be tried for each prompt
   */
  record Space(int vocabulary, int length, int tries) {

    /** A text at random. */
    int[] text(RandomSequence random) {
      int[] tokens = new int[length];
      for (int i = 0; i < length; i++) {
        tokens[i] = random.bounded(vocabulary);
      }
      return tokens;
    }
  }
}

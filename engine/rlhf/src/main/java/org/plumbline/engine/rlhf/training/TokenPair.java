// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;
import java.util.stream.Stream;
import org.plumbline.engine.lm.batch.Sequence;

/**
 * Two answers to one prompt that were compared, as rows of tokens.
 *
 * @param chosen the prompt with the better answer
 * @param rejected the same prompt with the other
 */
public record TokenPair(Sequence chosen, Sequence rejected) {

  /** Tokens of the longer row. */
  public int length() {
    return Math.max(chosen.length(), rejected.length());
  }

  /** Both rows. */
  public List<Sequence> sequences() {
    return List.of(chosen, rejected);
  }

  /** Chosen rows first, then the rejected in the same order. */
  public static List<Sequence> rows(List<TokenPair> pairs) {
    return Stream.concat(
            pairs.stream().map(TokenPair::chosen), pairs.stream().map(TokenPair::rejected))
        .toList();
  }
}

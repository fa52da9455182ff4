// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.List;

/**
 * How sure of itself an answer sounds, from 0 to 1: of the listed words and phrases that it
 * contains, the share that sound sure; 1/2 if it contains none.
 *
 * <p>It is about the tone and not about what is true: people take answers for better that sound
 * sure (Casper et al. 2023, section 3.1.3), and that is what this is to simulate and to measure.
 */
record SoundsSure(List<String> sure, List<String> unsure) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    long boosts = found(sure, answer);
    long hedges = found(unsure, answer);
    return boosts + hedges == 0 ? 0.5 : boosts / (double) (boosts + hedges);
  }

  private static long found(List<String> phrases, String answer) {
    return phrases.stream().filter(phrase -> WhiteSpaceWords.contain(answer, phrase)).count();
  }
}

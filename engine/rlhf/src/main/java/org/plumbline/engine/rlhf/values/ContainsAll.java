// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.List;

/** 1 if the answer contains all of these words or phrases, else 0. */
record ContainsAll(List<String> phrases) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    return phrases.stream().allMatch(phrase -> WhiteSpaceWords.contain(answer, phrase)) ? 1 : 0;
  }
}

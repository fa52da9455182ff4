// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.regex.Pattern;

/**
 * 1 if the answer contains what the pattern's first group matches in the prompt, else 0; also 0 if
 * it matches nothing there.
 */
record NamesFromPrompt(Pattern pattern) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    String name = Search.first(pattern, prompt).map(found -> found.group(1)).orElse(null);
    return name != null && !name.isBlank() && WhiteSpaceWords.contain(answer, name) ? 1 : 0;
  }
}

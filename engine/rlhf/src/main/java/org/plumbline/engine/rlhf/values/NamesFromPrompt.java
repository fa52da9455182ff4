// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 1 if the answer contains what the pattern's first group matches in the prompt, else 0; also 0 if
 * it matches nothing there.
 */
record NamesFromPrompt(Pattern pattern) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    Matcher found = pattern.matcher(prompt);
    if (!found.find()) {
      return 0;
    }
    String name = found.group(1);
    return name != null && !name.isBlank() && WhiteSpaceWords.contain(answer, name) ? 1 : 0;
  }
}

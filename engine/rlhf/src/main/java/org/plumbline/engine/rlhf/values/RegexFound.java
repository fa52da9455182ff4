// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.regex.Pattern;

/** 1 if the regular expression is found in the answer, else 0. */
record RegexFound(Pattern pattern) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    return Search.finds(pattern, answer) ? 1 : 0;
  }
}

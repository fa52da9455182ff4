// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.List;

/** 1 if the answer, but for white space, ends with one of these, else 0. */
record Ends(List<String> endings) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    String text = answer.stripTrailing();
    return endings.stream().anyMatch(text::endsWith) ? 1 : 0;
  }
}

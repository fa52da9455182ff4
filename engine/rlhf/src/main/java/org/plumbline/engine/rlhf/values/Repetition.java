// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.plumbline.dsl.model.values.FeatureSpec.RepetitionUnit;

/** The share of the answer's words or bigrams that repeat earlier ones, above what is free. */
record Repetition(RepetitionUnit unit, double above) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    List<?> items =
        switch (unit) {
          case WORDS -> WhiteSpaceWords.of(answer);
          case BIGRAMS -> bigrams(WhiteSpaceWords.of(answer));
        };
    if (items.isEmpty()) {
      return 0;
    }
    double share = 1 - new HashSet<Object>(items).size() / (double) items.size();
    return Math.max(0, share - above);
  }

  private static List<List<String>> bigrams(List<String> words) {
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      pairs.add(words.subList(i, i + 2));
    }
    return pairs;
  }
}

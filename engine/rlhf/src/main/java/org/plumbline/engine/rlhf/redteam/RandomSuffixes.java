// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;

/** Every text is drawn at random, all tokens alike: what a search that looks must beat. */
final class RandomSuffixes implements SuffixSearch {
  private final Space space;
  private @Nullable RandomSequence random;

  RandomSuffixes(Space space) {
    this.space = space;
  }

  @Override
  public void begin(RandomSequence numbers, Slopes slopes) {
    random = numbers;
  }

  @Override
  public List<int[]> propose(int most) {
    RandomSequence numbers = Objects.requireNonNull(random, "not begun");
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      texts.add(space.text(numbers));
    }
    return texts;
  }

  @Override
  public void told(double[] scores) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.Collections;
import java.util.List;
import org.plumbline.engine.lm.random.RandomSequence;

/**
 * Nothing is put after the prompt, and the policy is asked again and again: what answers do by
 * chance, which an attack must beat.
 *
 * <p>Hughes et al., "Best-of-N Jailbreaking", 2024, arXiv:2412.03556, section 2, without its
 * augmentations: some of enough answers succeed wherever one can.
 */
final class PlainPrompts implements SuffixSearch {

  @Override
  public void begin(RandomSequence random, Slopes slopes) {}

  @Override
  public List<int[]> propose(int most) {
    return Collections.nCopies(most, new int[0]);
  }

  @Override
  public void told(double[] scores) {}
}

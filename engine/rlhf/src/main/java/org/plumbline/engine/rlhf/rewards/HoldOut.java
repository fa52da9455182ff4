// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * Comparisons to fit to, and comparisons to measure on.
 *
 * <p>They are divided by the text of the prompt, so that none is on both sides, not even with other
 * tools; where there is only one prompt, by comparison.
 *
 * @param training what the model is fitted to; never empty
 * @param heldOut what it is measured on
 */
record HoldOut(List<BradleyTerry.Row> training, List<BradleyTerry.Row> heldOut) {

  static HoldOut of(List<BradleyTerry.Row> pairs, double share, long seed) {
    int wanted = (int) StrictMath.round(share * pairs.size());
    Map<Object, Integer> groups = new HashMap<>();
    List<Integer> groupOf = new ArrayList<>();
    boolean onePrompt = pairs.stream().map(row -> row.prompt().text()).distinct().count() == 1;
    for (int i = 0; i < pairs.size(); i++) {
      Object key = onePrompt ? (Object) i : pairs.get(i).prompt().text();
      groups.putIfAbsent(key, groups.size());
      groupOf.add(groups.get(key));
    }
    int[] sizes = new int[groups.size()];
    groupOf.forEach(group -> sizes[group]++);
    boolean[] out = new boolean[sizes.length];
    int taken = 0;
    for (int group :
        RandomStream.of(seed, RandomPurpose.DATA_ORDER, RandomPurpose.HOLD_OUT)
            .permutation(sizes.length)) {
      if (taken + sizes[group] <= wanted) {
        out[group] = true;
        taken += sizes[group];
      }
    }
    List<BradleyTerry.Row> training = new ArrayList<>();
    List<BradleyTerry.Row> heldOut = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      (out[groupOf.get(i)] ? heldOut : training).add(pairs.get(i));
    }
    return new HoldOut(training, heldOut);
  }
}

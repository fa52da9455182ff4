// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.plumbline.engine.rlhf.data.source.DataFailure;

/**
 * Chooses the rows that are set aside: by the content of the rows, never by a seed, so that all
 * seeds and all recipes are measured on the same ones and adding rows moves few others.
 *
 * <p>Rows are taken in the order of the SHA-256 of their prompt (or text). Rows with equal prompts
 * go the same way, so that no prompt is both learned and measured; a group that would exceed the
 * wanted number is passed. Where that leaves the number short (few distinct prompts), whole rows
 * take the prompts' place.
 */
final class HeldOutRows {
  private HeldOutRows() {}

  /**
   * The chosen rows.
   *
   * @param rows their indices
   * @param notes what the user should know
   */
  record Choice(BitSet rows, List<String> notes) {}

  /**
   * Chooses.
   *
   * @param prompts a digest of each row's prompt
   * @param rows a digest of each row
   */
  static Choice choose(double holdOut, Longs prompts, Longs rows) {
    if (holdOut == 0) {
      return new Choice(new BitSet(), List.of());
    }
    int all = rows.size();
    int wanted = wanted(holdOut, all);
    BitSet chosen = take(wanted, prompts);
    int missing = wanted - chosen.cardinality();
    if (missing == 0) {
      return new Choice(chosen, List.of());
    }
    if (missing <= wanted / 20) {
      return new Choice(
          chosen,
          List.of(
              chosen.cardinality()
                  + " rows are held out, not "
                  + wanted
                  + ": rows with the same prompt stay together"));
    }
    BitSet byRow = take(wanted, rows);
    if (byRow.isEmpty()) {
      throw DataFailure.holdOut(holdOut, all, "they are all equal");
    }
    return new Choice(
        byRow, List.of("rows with the same prompt are both in the held-out part and in the rest"));
  }

  private static int wanted(double holdOut, int all) {
    double wanted = holdOut < 1 ? StrictMath.rint(holdOut * all) : StrictMath.floor(holdOut);
    if (wanted >= all) {
      throw DataFailure.holdOut(holdOut, all, "nothing would be left");
    }
    if (wanted == 0) {
      throw DataFailure.holdOut(holdOut, all, "that is less than one row");
    }
    return (int) wanted;
  }

  private static BitSet take(int wanted, Longs keys) {
    long[] sorted = keys.sorted();
    BitSet taken = new BitSet();
    int rows = 0;
    for (int group = 0; group < sorted.length; ) {
      int end = group + 1;
      while (end < sorted.length && sorted[end] == sorted[group]) {
        end++;
      }
      if (rows + end - group <= wanted) {
        taken.set(group, end);
        rows += end - group;
      }
      group = end;
    }
    BitSet chosen = new BitSet();
    for (int row = 0; row < keys.size(); row++) {
      // Any place in the sorted list will do: a group is taken as a whole.
      if (taken.get(Arrays.binarySearch(sorted, keys.get(row)))) {
        chosen.set(row);
      }
    }
    return chosen;
  }
}

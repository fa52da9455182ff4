// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each item was put into each category.
 *
 * <p>Who said what does not matter here. Items with fewer than two ratings say nothing about
 * agreement and are left out.
 */
public final class Ratings {
  private final int categories;
  private final List<int[]> items;

  private Ratings(int categories, List<int[]> items) {
    this.categories = categories;
    this.items = items;
  }

  /** Ratings from counts [item][category]. */
  public static Ratings ofCounts(int[][] counts) {
    List<int[]> items = new ArrayList<>();
    int categories = 0;
    for (int[] item : counts) {
      categories = Math.max(categories, item.length);
      if (total(item) >= 2) {
        items.add(item.clone());
      }
    }
    return new Ratings(categories, items);
  }

  /** The same categories, but these items, which may repeat. */
  Ratings resampled(int[] which) {
    List<int[]> drawn = new ArrayList<>();
    for (int item : which) {
      drawn.add(items.get(item));
    }
    return new Ratings(categories, drawn);
  }

  /** The number of categories. */
  public int categories() {
    return categories;
  }

  /** The number of items with at least two ratings. */
  public int size() {
    return items.size();
  }

  int[] item(int index) {
    return items.get(index);
  }

  static int total(int[] item) {
    int total = 0;
    for (int count : item) {
      total += count;
    }
    return total;
  }
}

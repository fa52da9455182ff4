// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import java.util.List;

/** A part of a regular expression, as far as its cost goes. */
sealed interface PatternNode {

  /** Two ways each so many times are more than any limit. */
  int MOST_POWERS = 64;

  PatternNode EMPTY = new Sequence(List.of());

  /**
   * Estimates from above how often the part is gone back into.
   *
   * @param followed whether something that may fail comes after it; if not, its first match stays
   */
  PatternCost cost(boolean followed);

  /** Returns whether it may fail to match. */
  boolean fails();

  /** Returns how many characters it matches at least, up to 1. */
  int least();

  /** One character, or a place in the text. */
  record Single(int least) implements PatternNode {
    @Override
    public PatternCost cost(boolean followed) {
      return PatternCost.ONE;
    }

    @Override
    public boolean fails() {
      return true;
    }
  }

  /** What is not gone back into once it has matched: a look-around, or an atomic group. */
  record Closed(PatternNode body, int least) implements PatternNode {
    @Override
    public PatternCost cost(boolean followed) {
      return body.cost(false);
    }

    @Override
    public boolean fails() {
      return true;
    }
  }

  record Sequence(List<PatternNode> parts) implements PatternNode {
    public Sequence {
      parts = List.copyOf(parts);
    }

    @Override
    public PatternCost cost(boolean followed) {
      PatternCost cost = PatternCost.ONE;
      boolean fails = followed;
      PatternCost end = PatternCost.ONE;
      for (int i = parts.size() - 1; i >= 0; i--) {
        PatternNode part = parts.get(i);
        if (!fails && !part.fails()) {
          end = end.times(part.cost(false)); // reached only once, as nothing goes back from there
        } else {
          cost = cost.times(part.cost(fails));
          fails |= part.fails();
        }
      }
      return end.equals(PatternCost.ONE) ? cost : cost.plus(end);
    }

    @Override
    public boolean fails() {
      return parts.stream().anyMatch(PatternNode::fails);
    }

    @Override
    public int least() {
      return parts.stream().mapToInt(PatternNode::least).max().orElse(0);
    }
  }

  record Choice(List<PatternNode> branches) implements PatternNode {
    public Choice {
      branches = List.copyOf(branches);
    }

    @Override
    public PatternCost cost(boolean followed) {
      return branches.stream()
          .map(branch -> branch.cost(followed))
          .reduce(PatternCost::plus)
          .orElse(PatternCost.ONE);
    }

    @Override
    public boolean fails() {
      return branches.stream().allMatch(PatternNode::fails);
    }

    @Override
    public int least() {
      return branches.stream().mapToInt(PatternNode::least).min().orElse(0);
    }
  }

  /**
   * A part so many times.
   *
   * @param most -1: any number
   */
  record Repeat(PatternNode body, int fewest, int most) implements PatternNode {
    @Override
    public PatternCost cost(boolean followed) {
      if (most == 0) {
        return PatternCost.ONE;
      }
      boolean again = fewest > 1 || (followed && most != 1);
      PatternCost each = body.cost(followed || again);
      boolean plain = each.equals(PatternCost.ONE);
      if (!followed) {
        return plain ? PatternCost.ONE : again ? powered(each) : often(each);
      }
      if (most < 0) {
        return plain ? PatternCost.LENGTH : PatternCost.BOUNDLESS;
      }
      double choices = (double) most - fewest + 1;
      return plain ? PatternCost.ONE.times(choices) : powered(each).times(choices);
    }

    /** Each time its first match stays, so that the costs add up. */
    private PatternCost often(PatternCost each) {
      return most < 0 ? each.times(PatternCost.LENGTH) : each.times(most);
    }

    private PatternCost powered(PatternCost each) {
      if (most < 0 || most > MOST_POWERS) {
        return PatternCost.BOUNDLESS;
      }
      PatternCost all = PatternCost.ONE;
      for (int i = 0; i < most; i++) {
        all = all.times(each);
      }
      return all;
    }

    @Override
    public boolean fails() {
      return fewest > 0 && body.fails();
    }

    @Override
    public int least() {
      return fewest > 0 ? body.least() : 0;
    }
  }
}

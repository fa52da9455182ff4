package org.plumbline.engine.report.compare;

/**
 * How often a reward model orders held-out comparisons as the evaluators did.
 *
 * @param accuracy share of the pairs, ties half
 * @param n how many pairs
 */
public record HeldOut(double accuracy, int n) {

  public HeldOut {
    if (n < 1) {
      throw new IllegalArgumentException("no held-out comparisons");
    }
  }
}

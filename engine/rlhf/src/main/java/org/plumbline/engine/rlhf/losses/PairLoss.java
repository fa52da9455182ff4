package org.plumbline.engine.rlhf.losses;

/**
 * The loss of one pair of answers, and how it changes with what it was computed from.
 *
 * @param value of the loss, in nats
 * @param chosen the derivative with respect to the chosen answer's number (log-ratio or
 *     log-probability)
 * @param rejected the derivative with respect to the rejected answer's
 */
public record PairLoss(double value, double chosen, double rejected) {

  /** A loss that depends on the difference of the two numbers only. */
  static PairLoss ofDifference(double value, double slope) {
    return new PairLoss(value, slope, -slope);
  }

  /** The loss for a pair of which the second answer is the chosen one with this probability. */
  static PairLoss mixed(PairLoss right, PairLoss swapped, double probabilityOfSwap) {
    double p = probabilityOfSwap;
    return new PairLoss(
        (1 - p) * right.value + p * swapped.value,
        (1 - p) * right.chosen + p * swapped.rejected,
        (1 - p) * right.rejected + p * swapped.chosen);
  }

  /** The same loss of numbers that are themselves functions with these derivatives. */
  PairLoss chain(double chosenSlope, double rejectedSlope) {
    return new PairLoss(value, chosen * chosenSlope, rejected * rejectedSlope);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

/**
 * What one label of each kind takes, in comparisons, unless a spec says otherwise: rich feedback
 * costs more each (Casper et al. 2023, section 3.1.4). The numbers are this engine's.
 */
public final class Efforts {
  public static final double CLASS = 0.5;
  public static final double STEP = 1;
  public static final double LIKERT = 1;
  public static final double SCALAR = 1.5;
  public static final double SLIDER = 1.5;
  public static final double SPAN = 3;
  public static final double CORRECTION = 4;
  public static final double LANGUAGE = 4;

  /** Writing takes much longer than reading. */
  public static final double DEMONSTRATION = 8;

  private Efforts() {}

  /** Sorting takes about K log2 K / 2 comparisons. */
  public static double ranking(int answers) {
    return 0.5 * answers * StrictMath.log(answers) / StrictMath.log(2);
  }

  /** Each answer is looked at once. */
  public static double bestOf(int answers) {
    return 0.5 * answers;
  }

  /**
   * The least that a label of a kind takes; 1 for comparisons.
   *
   * @param kind as a spec names it
   * @param answers that are shown together
   */
  public static double least(String kind, int answers) {
    return switch (kind) {
      case "labels" -> CLASS;
      case "scalar" -> SCALAR;
      case "slider" -> SLIDER;
      case "span" -> SPAN;
      case "corrections" -> CORRECTION;
      case "language" -> LANGUAGE;
      case "demonstrations" -> DEMONSTRATION;
      case "rankings" -> ranking(answers);
      case "best_of_k" -> bestOf(answers);
      default -> 1; // comparisons, steps of a scale, and one step of an answer
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is measured of feedback, in seconds, and in how many it is to be done. */
public enum FeedbackFigure {
  /** Comparisons that simulated people label. */
  SIMULATE("simulate", 2),
  /** Dawid and Skene's estimate. */
  DAWID_SKENE("dawid-skene", 2),
  /** Crowd-BT's estimate. */
  CROWD_BT("crowd-bt", 5),
  /** The lotteries of all prompts. */
  MAXIMAL_LOTTERY("maximal-lottery", 5),
  /** How much each person moves the result. */
  INFLUENCE("influence", 5),
  /** Krippendorff's alpha with an interval of 1,000 resamples. */
  ALPHA("alpha", 5);

  private final String word;
  private final double limit;

  FeedbackFigure(String word, double limit) {
    this.word = word;
    this.limit = limit;
  }

  /** Returns its name on the command line. */
  public String word() {
    return word;
  }

  /** Returns the seconds that it may take. */
  public double limit() {
    return limit;
  }

  /** Returns the figure of a name. */
  public static Optional<FeedbackFigure> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
  }

  /** Returns all names. */
  public static String words() {
    return Arrays.stream(values()).map(FeedbackFigure::word).collect(Collectors.joining(", "));
  }
}

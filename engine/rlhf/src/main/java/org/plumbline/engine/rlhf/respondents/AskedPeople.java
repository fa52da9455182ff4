// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;

/** How many people are asked the same, where agreement is to be measured. */
public final class AskedPeople {
  /** A step of its own, apart from the one that draws the people. */
  private static final int REDUNDANCY = 1;

  private AskedPeople() {}

  /** The number of people who are asked the question with this number. */
  public static int of(Redundancy redundancy, long seed, long number) {
    double draw =
        RandomStream.of(seed, RandomPurpose.EVALUATOR_ASSIGNMENT, REDUNDANCY).uniform(number);
    return draw < redundancy.share() ? redundancy.people() : 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.io.IOException;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.engine.rlhf.feedback.Rehearsal;

/** Times what collecting feedback does, on made-up answers and people. */
public final class FeedbackBench {
  private final Rehearsal once;
  private final Rehearsal.Labels thrice;

  /**
   * Makes people and answers.
   *
   * @param people how many label
   * @param labels how many they give
   */
  public FeedbackBench(int people, int labels) throws IOException {
    this.once = new Rehearsal(people, labels, 1);
    this.thrice = new Rehearsal(people, labels, 3).label();
  }

  /** Measures a figure once, in seconds. */
  public double seconds(FeedbackFigure figure) {
    long start = System.nanoTime();
    double made =
        switch (figure) {
          case SIMULATE -> once.label().count();
          case DAWID_SKENE -> thrice.combined(Aggregate.DAWID_SKENE);
          case CROWD_BT -> thrice.combined(Aggregate.CROWD_BT);
          case MAXIMAL_LOTTERY -> thrice.combined(Aggregate.MAXIMAL_LOTTERY);
          case INFLUENCE -> thrice.influence().length;
          case ALPHA -> thrice.alpha().value();
        };
    double seconds = (System.nanoTime() - start) / 1e9;
    if (Double.isNaN(made) || made == 0) {
      throw new IllegalStateException(figure + " came to " + made);
    }
    return seconds;
  }
}

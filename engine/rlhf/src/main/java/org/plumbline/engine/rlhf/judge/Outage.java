// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;

/**
 * Questions to which no answer came, however often each was asked: they are marked and counted, and
 * the others go on. After so many in a row as are asked at the same time, nobody is taken to be
 * there: where nothing was ever answered, the stage ends at once; where something was, it is tried
 * again later, and asks only what is not answered. Safe for use by several threads.
 */
final class Outage {
  static final int IN_A_ROW = 8;

  private boolean heard;
  private int inARow;
  private int questions;
  private @Nullable Unreachable last;

  /** Takes note of an answer. */
  synchronized void heard() {
    heard = true;
    inARow = 0;
  }

  /**
   * Takes note of a question without an answer.
   *
   * @throws StageFailure if no question was ever answered
   * @throws Unreachable if some were
   */
  synchronized void silent(Unreachable question) {
    last = question;
    questions++;
    inARow++;
    if (inARow < IN_A_ROW) {
      return;
    } else if (heard) {
      throw question;
    }
    throw new StageFailure(
        question.code(),
        "none of " + questions + " questions was answered: " + question.getMessage(),
        "evaluators",
        question.help());
  }

  synchronized int questions() {
    return questions;
  }

  /** Why they were not answered; null if all were. */
  synchronized @Nullable Silence silence() {
    return last == null
        ? null
        : new Silence(last.code(), String.valueOf(last.getMessage()), last.help());
  }
}

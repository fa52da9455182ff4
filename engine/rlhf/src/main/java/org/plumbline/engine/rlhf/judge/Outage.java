// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;

/**
 * Questions to which no answer came, however often each was asked: they are marked and counted, and
 * the others go on. After so many in a row as are asked at the same time, nobody is taken to be
 * there: where nothing was ever answered, the stage ends at once; where something was, it is tried
 * again later, and asks only what is not answered.
 *
 * <p>A {@link QuestionRefused} is an answer of somebody who is there. Where nothing was ever
 * answered, as many in a row end the stage, because it is then not the questions; where something
 * was, only so many that it is no chance any more, as when the money for a judge is spent.
 *
 * <p>Safe for use by several threads.
 */
final class Outage {
  static final int IN_A_ROW = 8;
  static final int REFUSED_IN_A_ROW = 64;

  private static final String CODE = "PLB0906";

  private boolean heard;
  private int inARow;
  private int refusedInARow;
  private int refused;
  private int questions;
  private @Nullable Unreachable last;

  /** Takes note of an answer. */
  synchronized void heard() {
    heard = true;
    inARow = 0;
    refusedInARow = 0;
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
    throw noneAnswered(question.code(), question, question.help());
  }

  /**
   * Takes note of a question that was refused.
   *
   * @throws StageFailure if no question was ever answered
   * @throws Unreachable if some were
   */
  synchronized void refused(QuestionRefused refusal) {
    inARow = 0;
    refused++;
    refusedInARow++;
    if (!heard && refusedInARow >= IN_A_ROW) {
      throw noneAnswered(CODE, refusal, "check `url`, `model` and what the endpoint can do");
    } else if (refusedInARow >= REFUSED_IN_A_ROW) {
      throw new Unreachable(
          CODE,
          refusedInARow + " questions in a row were refused; the last: " + refusal.getMessage(),
          "see why; what was answered is kept. Leave out the prompts that it refuses, or name"
              + " another judge, if it is they");
    }
  }

  private StageFailure noneAnswered(String code, RuntimeException cause, String help) {
    return new StageFailure(
        code,
        "none of " + (questions + refused) + " questions was answered: " + cause.getMessage(),
        "evaluators",
        help);
  }

  /** To how many no answer came; what was refused is not among them. */
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

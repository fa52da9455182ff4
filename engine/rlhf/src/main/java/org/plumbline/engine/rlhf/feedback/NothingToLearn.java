// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.judge.Silence;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Labels that say nothing of the answers: nobody says anything, nothing is preferred, or a judge
 * always chooses the same place.
 *
 * @param labels all that were given
 * @param judged whether by a judge
 * @param why a judge did not answer, as far as it is known
 */
record NothingToLearn(List<LabelRow> labels, boolean judged, @Nullable Silence why) {
  /** Of so few labels one does not wonder that all are alike. */
  private static final int FEW = 10;

  /**
   * Says so, if it is so.
   *
   * @param pairs what the labels came to
   * @param drawn how many pairs were asked about
   * @param identical how many of these have equal answers
   * @throws StageFailure if there is nothing to learn at all
   */
  void check(StageContext context, List<Pair> pairs, int drawn, int identical) {
    if (!labels.isEmpty() && labels.stream().allMatch(LabelRow::skipped)) {
      throw nothingSaid();
    }
    long silent = labels.stream().filter(LabelRow::skipped).count();
    if (judged && silent > 0) {
      context.note(
          "of "
              + labels.size()
              + " questions the judge left "
              + silent
              + " without a verdict: what it said prefers neither answer, or nothing came");
    }
    String place = judged ? alwaysChosen() : null;
    if (pairs.stream().allMatch(Pair::tie)) {
      throw nothingPreferred(drawn, identical, place);
    } else if (place != null) {
      context.note(
          "the judge chose the answer shown "
              + place
              + " in all of its "
              + labels.size()
              + " labels, whichever it was: it says nothing of the answers");
    }
  }

  /** The place that a judge chose in every label; null if there is none, or too few to tell. */
  private @Nullable String alwaysChosen() {
    List<LabelRow> said = labels.stream().filter(label -> !label.skipped()).toList();
    if (said.size() < FEW) {
      return null;
    } else if (said.stream().allMatch(label -> label.preference() > 0.5)) {
      return "first";
    }
    return said.stream().allMatch(label -> label.preference() < 0.5) ? "second" : null;
  }

  private StageFailure nothingSaid() {
    int questions = labels.size();
    if (!judged) {
      return new StageFailure(
          "PLB0521",
          "nobody answers any of " + questions + " questions",
          "evaluators",
          "lower `skips` or `skip_below` if the people have them");
    }
    return new StageFailure(
        why == null ? "PLB0521" : why.code(),
        "the judge answers none of "
            + questions
            + " questions"
            + (why == null ? "" : ": " + why.because()),
        "evaluators",
        why == null ? "name a model that says A or B" : why.help());
  }

  private StageFailure nothingPreferred(int pairs, int identical, @Nullable String place) {
    String none = "none of the " + pairs + " pairs has a preferred answer";
    if (identical == pairs) {
      return new StageFailure(
          "PLB0509",
          none + ": the policy gives the same answer every time",
          "of",
          "raise `temperature`, or sample another policy");
    } else if (place != null) {
      return new StageFailure(
          "PLB0509",
          none + ": the judge always chooses the one shown " + place + ", whichever it is",
          "evaluators",
          "name another model, or let this one reason first (`reasoning`)");
    }
    return new StageFailure(
        "PLB0509",
        none,
        "evaluators",
        judged
            ? "nothing can be learned from ties alone; say in the principles what makes an answer better"
            : "nothing can be learned from ties alone; lower `equal_below`, `skip_below` or `skips` if"
                + " the people have them");
  }
}

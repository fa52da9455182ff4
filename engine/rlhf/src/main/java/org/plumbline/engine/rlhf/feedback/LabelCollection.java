// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.engine.rlhf.feedback.select.QuestionSource;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Draws pairs and has them labelled until there are as many as are wanted, or the money is gone: it
 * ends with the last pair all of whose labels can be paid.
 *
 * <p>Whether a pair is paid depends on what the pairs before it cost, and on nothing else: not on
 * how many are asked about at once, nor on interruptions.
 */
final class LabelCollection {
  private final StageContext context;
  private final QuestionSource<DrawnPair> sampling;
  private final Labelling labelling;
  private final Comparisons spec;

  LabelCollection(
      StageContext context,
      QuestionSource<DrawnPair> sampling,
      Labelling labelling,
      Comparisons spec) {
    this.context = context;
    this.sampling = sampling;
    this.labelling = labelling;
    this.spec = spec;
  }

  /**
   * All that could be collected, with what was before the node was interrupted.
   *
   * @param cost that came before any label, for hiring
   */
  Collected collect(double cost) throws IOException {
    Collected collected = Collected.from(context.checkpoint(), spec.budget());
    collected.purse().pay(cost);
    labelling.resume(collected.labels());
    int wanted = spec.pairs();
    boolean paid = true;
    while (paid && collected.drawn().size() < wanted) {
      int from = collected.drawn().size();
      int to = Math.min(wanted, from + labelling.atOnce());
      paid = ask(sampling.draw(from, to), collected);
      int done = collected.drawn().size();
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("labels", (double) collected.labels().size());
      metrics.put("cost", collected.purse().spent());
      // Saved before anything is said, because saying it may end a run that was told to stop.
      if (paid && done < wanted && context.checkpointDue()) {
        collected.save(context);
      }
      context.progress(done, wanted, metrics);
    }
    return collected;
  }

  /** Asks about as many of these pairs as can be paid; returns whether that was all of them. */
  private boolean ask(List<DrawnPair> drawn, Collected collected) throws IOException {
    List<DrawnPair> open = drawn;
    while (!open.isEmpty()) {
      // Who skips is not paid, so that more may be affordable afterwards than was certain before.
      int now = collected.purse().affords(open, this::price);
      if (now == 0) {
        refuseNothing(open.get(0), collected);
        return false;
      }
      List<DrawnPair> asked = open.subList(0, now);
      collected.add(
          asked, labelling.label(asked.stream().filter(pair -> !pair.identical()).toList()));
      open = open.subList(now, open.size());
    }
    return true;
  }

  private BigDecimal price(DrawnPair pair) {
    return pair.identical() ? BigDecimal.ZERO : labelling.price(pair);
  }

  private void refuseNothing(DrawnPair next, Collected collected) {
    if (collected.labels().isEmpty()) {
      throw new StageFailure(
          "PLB0326",
          collected.purse().spent() > 0
              ? "of a budget of "
                  + spec.budget()
                  + ", the trial of those who apply takes "
                  + collected.purse().spent()
                  + ", and what is left does not pay for the labels of one pair"
              : "a budget of "
                  + spec.budget()
                  + " does not pay for the labels of one pair, which cost "
                  + price(next),
          "budget",
          collected.purse().spent() > 0
              ? "raise it, or lower `questions` in `hiring`"
              : "raise it, or lower `redundancy` or the prices");
    }
  }
}

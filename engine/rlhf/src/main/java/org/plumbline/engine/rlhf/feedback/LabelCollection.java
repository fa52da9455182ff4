// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.engine.rlhf.feedback.select.QuestionSource;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Draws pairs and has them labelled until there are as many as are wanted, or the money is gone: it
 * ends with the last pair all of whose labels can be paid. What {@link AskedAgain} puts aside and
 * nobody takes pays for further pairs.
 *
 * <p>Whether a pair is paid depends on what the pairs before it cost, and on nothing else: not on
 * how many are asked about at once, nor on interruptions.
 */
final class LabelCollection {
  private final StageContext context;
  private final QuestionSource<DrawnPair> sampling;
  private final Labelling labelling;
  private final Comparisons spec;

  /** Labels so far whose evaluators are asked the same again. */
  private long repeats;

  /** Pairs that are drawn, and that there was no money for yet. */
  private List<DrawnPair> unpaid = List.of();

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
    for (LabelRow label : due(collected)) {
      collected.purse().reserve(BigDecimal.valueOf(label.cost()));
    }
    repeats = collected.first().stream().filter(labelling::asksAgain).count();
    askSilent(collected);
    if (collected.endsWithAgain()) {
      askAgain(collected);
    }
    askAll(collected);
    while (!due(collected).isEmpty()) {
      askAgain(collected);
      askAll(collected);
    }
    return collected;
  }

  /** Asks again what had got no answer when the stage was interrupted, as far as it can be paid. */
  private void askSilent(Collected collected) throws IOException {
    Map<Long, DrawnPair> drawn = new HashMap<>();
    collected.drawn().forEach(pair -> drawn.put(pair.pair(), pair));
    List<LabelRow> silent = collected.first().stream().filter(LabelRow::skipped).toList();
    // What a pair may cost at most is what one label of it does, or more.
    int paid =
        collected
            .purse()
            .affords(silent, row -> price(Objects.requireNonNull(drawn.get(row.pair()))));
    List<LabelRow> open = silent.subList(0, paid);
    while (!open.isEmpty()) {
      List<LabelRow> now = open.subList(0, Math.min(open.size(), labelling.atOnce()));
      List<LabelRow> said = labelling.later(now);
      if (said.isEmpty()) {
        return;
      }
      collected.replace(now, said);
      open = open.subList(now.size(), open.size());
    }
  }

  private void askAll(Collected collected) throws IOException {
    int wanted = spec.pairs();
    boolean paid = true;
    while (paid && collected.drawn().size() < wanted) {
      if (unpaid.isEmpty()) {
        int from = collected.drawn().size();
        unpaid = sampling.draw(from, Math.min(wanted, from + labelling.atOnce()));
      }
      paid = ask(collected);
      int done = collected.drawn().size();
      // Saved before anything is said, because saying it may end a run that was told to stop.
      if (paid && done < wanted && context.checkpointDue()) {
        collected.save(context);
      }
      // As many as it seems: who is asked again is known of those who were asked already.
      tell(collected, wanted + Math.round(repeats * (wanted / (double) Math.max(1, done))));
    }
  }

  /** How far it is, and what was paid so far. */
  private void tell(Collected collected, long total) {
    long answered = collected.labels().stream().filter(label -> !label.skipped()).count();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("labels", (double) answered);
    metrics.put("cost", collected.purse().spent());
    context.progress(collected.drawn().size() + collected.again().size(), total, metrics);
  }

  /** Labels whose evaluators are still to be asked the same again. */
  private List<LabelRow> due(Collected collected) {
    return collected.first().stream()
        .filter(labelling::asksAgain)
        .skip(collected.again().size())
        .toList();
  }

  /** Asks again what is paid for already: its price was put aside with that of the pair. */
  private void askAgain(Collected collected) throws IOException {
    Map<Long, DrawnPair> drawn = new HashMap<>();
    collected.drawn().forEach(pair -> drawn.put(pair.pair(), pair));
    List<LabelRow> due = due(collected);
    while (!due.isEmpty()) {
      List<LabelRow> next = due.subList(0, Math.min(due.size(), labelling.atOnce()));
      List<AskedAgain.Question> questions = new ArrayList<>();
      for (LabelRow label : next) {
        DrawnPair pair = Objects.requireNonNull(drawn.get(label.pair()));
        questions.add(new AskedAgain.Question(pair, label.evaluator()));
        collected.purse().release(BigDecimal.valueOf(label.cost()));
      }
      collected.add(List.of(), labelling.again(questions));
      due = due.subList(next.size(), due.size());
      if (!due.isEmpty() && context.checkpointDue()) {
        collected.save(context);
      }
      tell(collected, (long) collected.drawn().size() + collected.again().size() + due.size());
    }
  }

  /** Asks about as many of the drawn pairs as can be paid; returns whether that was all of them. */
  private boolean ask(Collected collected) throws IOException {
    while (!unpaid.isEmpty()) {
      // Who skips is not paid, so that more may be affordable afterwards than was certain before.
      int now = collected.purse().affords(unpaid, this::price);
      if (now == 0) {
        refuseNothing(unpaid.get(0), collected);
        return false;
      }
      List<DrawnPair> asked = unpaid.subList(0, now);
      List<LabelRow> said =
          labelling.label(asked.stream().filter(pair -> !pair.identical()).toList());
      collected.add(asked, said);
      for (LabelRow label : said) {
        if (labelling.asksAgain(label)) {
          collected.purse().reserve(BigDecimal.valueOf(label.cost()));
          repeats++;
        }
      }
      unpaid = unpaid.subList(now, unpaid.size());
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

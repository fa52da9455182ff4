// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;
import org.plumbline.engine.rlhf.judge.Asking;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Silence;
import org.plumbline.engine.run.StageContext;

/** A judge labels: every pair in one random order, or in both. */
final class JudgeLabelling implements Labelling {
  static final String GROUP = "judge";

  private static final int ORDER = 2;

  private final Judge judge;
  private final boolean bothOrders;
  private final LabelRow.Evaluator evaluator;
  private final long seed;
  private final Asking asking;

  JudgeLabelling(Judge judge, boolean bothOrders, double cost, long seed) {
    this.judge = judge;
    this.bothOrders = bothOrders;
    this.evaluator = new LabelRow.Evaluator(judge.name(), GROUP, false, cost);
    this.seed = seed;
    this.asking = new Asking(judge);
  }

  /** Few for a judge that is far away, so that one sees how it gets on. */
  @Override
  public int atOnce() {
    return judge.atOnce() > 1 ? 4 * judge.atOnce() : 128;
  }

  @Override
  public List<LabelRow> label(List<DrawnPair> pairs) throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (DrawnPair pair : pairs) {
      if (bothOrders) {
        shown.add(new Shown(pair, false));
        shown.add(new Shown(pair, true));
      } else {
        shown.add(new Shown(pair, swapped(pair)));
      }
    }
    List<OptionalDouble> said =
        asking.compare(shown.stream().map(one -> question(one.pair(), one.swapped())).toList());
    List<LabelRow> labels = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      labels.add(LabelRow.of(shown.get(i).pair(), shown.get(i).swapped(), evaluator, said.get(i)));
    }
    return labels;
  }

  @Override
  public List<LabelRow> later(List<LabelRow> silent) throws IOException {
    if (!judge.mayAnswerLater()) {
      return List.of();
    }
    List<Judge.Question> questions = new ArrayList<>();
    for (LabelRow row : silent) {
      questions.add(
          new Judge.Question(
              number(row.pair(), row.swapped()),
              row.prompt().text(),
              row.first().text(),
              row.second().text()));
    }
    List<OptionalDouble> said = asking.compare(questions);
    List<LabelRow> labels = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      labels.add(
          said.get(i).isPresent()
              ? silent.get(i).answered(said.get(i).getAsDouble(), evaluator.cost())
              : silent.get(i));
    }
    return labels;
  }

  private static long number(long pair, boolean swapped) {
    return 2 * pair + (swapped ? 1 : 0);
  }

  /** A pair in the order in which it is shown. */
  private record Shown(DrawnPair pair, boolean swapped) {}

  @Override
  public @Nullable Silence silence() {
    return judge.silence();
  }

  @Override
  public void note(StageContext context) {
    judge.note(context);
  }

  @Override
  public BigDecimal price(DrawnPair pair) {
    return BigDecimal.valueOf(evaluator.cost()).multiply(BigDecimal.valueOf(bothOrders ? 2 : 1));
  }

  /** What it says of one order has nothing to do with what it says of the other. */
  @Override
  public List<Voter> voters(DrawnPair pair) {
    OptionalDouble one = likely(pair);
    return one.isEmpty()
        ? List.of()
        : Collections.nCopies(bothOrders ? 2 : 1, new Voter(1, one.getAsDouble()));
  }

  /** The probability that a label prefers the pair's first answer, where it is known. */
  OptionalDouble likely(DrawnPair pair) {
    OptionalDouble shown = judge.likely(question(pair, false));
    OptionalDouble turned = judge.likely(question(pair, true));
    return shown.isEmpty() || turned.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((shown.getAsDouble() + 1 - turned.getAsDouble()) / 2);
  }

  private boolean swapped(DrawnPair pair) {
    return RandomStream.of(seed, RandomPurpose.EVALUATOR_ASSIGNMENT, ORDER).uniform(pair.pair())
        < 0.5;
  }

  private static Judge.Question question(DrawnPair pair, boolean swapped) {
    return new Judge.Question(
        number(pair.pair(), swapped),
        pair.prompt().text(),
        (swapped ? pair.two() : pair.one()).text(),
        (swapped ? pair.one() : pair.two()).text());
  }

  @Override
  public void close() {
    asking.close();
    judge.close();
  }
}

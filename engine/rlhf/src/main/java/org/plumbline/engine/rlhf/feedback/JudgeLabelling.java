package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.rlhf.judge.Judge;

/** A judge labels: every pair in one random order, or in both. */
final class JudgeLabelling implements Labelling {
  static final String GROUP = "judge";

  private static final int ORDER = 2;

  private final Judge judge;
  private final boolean bothOrders;
  private final LabelRow.Evaluator evaluator;
  private final long seed;
  private final ExecutorService threads;

  JudgeLabelling(Judge judge, boolean bothOrders, double cost, long seed) {
    this.judge = judge;
    this.bothOrders = bothOrders;
    this.evaluator = new LabelRow.Evaluator(judge.name(), GROUP, false, cost);
    this.seed = seed;
    this.threads = Executors.newFixedThreadPool(judge.atOnce());
  }

  /** Few for a judge that is far away: what it has said is paid for, so it is saved often. */
  @Override
  public int atOnce() {
    return judge.atOnce() > 1 ? 4 * judge.atOnce() : 128;
  }

  @Override
  public List<LabelRow> label(List<DrawnPair> pairs) throws IOException {
    List<Future<LabelRow>> asked = new ArrayList<>();
    for (DrawnPair pair : pairs) {
      if (bothOrders) {
        asked.add(threads.submit(() -> ask(pair, false)));
        asked.add(threads.submit(() -> ask(pair, true)));
      } else {
        asked.add(threads.submit(() -> ask(pair, swapped(pair))));
      }
    }
    List<LabelRow> labels = new ArrayList<>();
    for (Future<LabelRow> label : asked) {
      labels.add(answer(label));
    }
    return labels;
  }

  private boolean swapped(DrawnPair pair) {
    return RandomStream.of(seed, RandomPurpose.EVALUATOR_ASSIGNMENT, ORDER).uniform(pair.pair())
        < 0.5;
  }

  private LabelRow ask(DrawnPair pair, boolean swapped) throws IOException {
    OptionalDouble first =
        judge.compare(
            new Judge.Question(
                2 * pair.pair() + (swapped ? 1 : 0),
                pair.prompt().text(),
                (swapped ? pair.two() : pair.one()).text(),
                (swapped ? pair.one() : pair.two()).text()));
    return LabelRow.of(pair, swapped, evaluator, first);
  }

  private static LabelRow answer(Future<LabelRow> label) throws IOException {
    try {
      return label.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a judge was asked");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException unreachable) {
        throw unreachable;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

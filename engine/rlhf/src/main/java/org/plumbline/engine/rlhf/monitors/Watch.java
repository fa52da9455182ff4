// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.monitors;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Watcher;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Holds a training against the thresholds of {@code compare.monitors}, at the points of its
 * learning curve: {@code note} and {@code warn} are told once, {@code pause} fails once in a way
 * that a resumed run goes on from, {@code stop} ends the training.
 *
 * <p>What was told, and for what the training has paused, is part of its checkpoints: a run that
 * goes on says nothing twice and does not pause twice for the same threshold. A stop at the very
 * start is a mistake in the threshold; after the last step there is nothing to stop.
 */
public final class Watch implements Watcher, AutoCloseable {
  private final StageContext context;
  private final TrainingRun run;
  private final MonitorsSpec thresholds;
  private final Quantities quantities;

  private Watch(
      StageContext context, TrainingRun run, MonitorsSpec thresholds, Quantities quantities) {
    this.context = context;
    this.run = run;
    this.thresholds = thresholds;
    this.quantities = quantities;
  }

  /** Who watches a training of this stage; {@link Watcher#NONE} if nobody does. */
  public static Watcher of(StageContext context, TrainingRun run) throws IOException {
    WatchSpec spec = context.monitors().orElse(null);
    if (spec == null) {
      return Watcher.NONE;
    }
    return context.shared(
        WatchSpec.NAME,
        Watch.class,
        () -> new Watch(context, run, spec.thresholds(), Quantities.open(context, run, spec)));
  }

  @Override
  public double effort(int answers, double prompt, int longest) {
    return quantities.effort(answers, prompt, longest);
  }

  @Override
  public void look(Point point) throws IOException {
    Map<String, Double> values = quantities.at(point);
    for (Map.Entry<String, MonitorsSpec.Monitor> watched : thresholds.watched().entrySet()) {
      String name = watched.getKey();
      Double value = values.get(name);
      List<Crossing> met = new ArrayList<>();
      watched
          .getValue()
          .given()
          .forEach(
              (kind, at) -> {
                Crossing crossing = new Crossing(name, kind, at);
                if (value != null && crossing.by(value)) {
                  met.add(crossing);
                }
              });
      if (value != null && !met.isEmpty()) {
        act(met, value, point);
      }
    }
  }

  /** Acts on the gravest threshold of a quantity that is met; the milder ones then say no more. */
  private void act(List<Crossing> met, double value, Point point) {
    Crossing crossing = met.get(met.size() - 1);
    boolean stops = crossing.kind.equals("stop");
    if (stops && !point.over()) {
      stop(crossing, value, point);
    } else if (!crossing.known(run)) {
      met.forEach(milder -> milder.remember(run));
      if (crossing.kind.equals("pause") && !point.over()) {
        run.pause(paused(crossing, value, point));
      } else {
        context.note(when(point) + " " + crossing.words(value));
      }
    }
  }

  private void stop(Crossing crossing, double value, Point point) {
    if (point.step() == 0) {
      throw new StageFailure(
          "PLB0908",
          "nothing was learned: before the first step " + crossing.words(value),
          null,
          "set `compare.monitors.%s.stop` beyond what the policy shows at the start, or leave it out"
              .formatted(crossing.name));
    }
    if (!run.stopped()) {
      context.note("it stops " + when(point) + ": " + crossing.words(value));
      run.stop(
          new TrainingStop(
              crossing.name, crossing.above(), crossing.at, value, point.step(), run.steps()));
    }
  }

  private StageFailure paused(Crossing crossing, double value, Point point) {
    return new StageFailure(
        "PLB0909",
        "the training pauses: " + when(point) + " " + crossing.words(value),
        null,
        "look at its log with `plumb logs`; a run that is resumed goes on from here and does not"
            + " pause for this threshold again");
  }

  private String when(Point point) {
    if (point.over()) {
      return "at the end of its training";
    }
    return point.step() == 0
        ? "before the first step"
        : "after %d of %d steps".formatted(point.step(), run.steps());
  }

  @Override
  public void close() {
    quantities.close();
  }

  /**
   * A threshold of a quantity.
   *
   * @param name of the quantity
   * @param kind of the threshold
   */
  private record Crossing(String name, String kind, double at) {

    boolean above() {
      return !MonitorsSpec.LOW_IS_BAD.contains(name);
    }

    boolean by(double value) {
      return above() ? value > at : value < at;
    }

    /** Whether it was told before, in this attempt or an earlier one. */
    boolean known(TrainingRun run) {
      return run.number(key(), Double.NaN) == at;
    }

    void remember(TrainingRun run) {
      run.keep(key(), at);
    }

    private String key() {
      return "told_" + name + "_" + kind;
    }

    String words(double value) {
      return String.format(
          Locale.ROOT,
          "`%s` is %.3g, %s the %s of its `%s`",
          name,
          value,
          above() ? "above" : "below",
          BigDecimal.valueOf(at).stripTrailingZeros().toPlainString(),
          kind);
    }
  }
}

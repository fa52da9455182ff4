// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RolloutRow;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TrainedPart;
import org.plumbline.engine.lm.failure.SamplingStoppedException;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageContext.FolderWriter;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * The training of one model within a stage: where it starts or goes on, what it logs, when it
 * saves.
 *
 * <p>A checkpoint holds the parameters that are trained, the best ones or their average if these
 * are to be kept, the optimiser's moments and step counts, the rows logged so far and the stage's
 * own numbers; what an adapter leaves as it is comes from the model that the stage starts from. The
 * cursor into the data is the number of steps ({@link DataOrder}), and random numbers have no
 * state, so N steps, an interruption and N more give the bytes of 2N steps.
 */
public final class TrainingRun implements AutoCloseable {
  /** What updates log as the share of tokens whose ratio was cut; the last outlives all. */
  public static final String CLIP_SHARE = "clip_share";

  /**
   * What updates log as the share of comparisons whose verdict turned with the order; the last
   * outlives all.
   */
  public static final String DISAGREEMENT = "judge_disagreement";

  /** The step at which the labels that it learns from were given, if that was in the training. */
  public static final String LABELLED = "labelled";

  private static final String METRICS = "metrics.jsonl";
  private static final String STATE = "state.json";
  private static final String BEST = "best";
  private static final String EARLY = "early.json";

  /** The step before which a checkpoint was saved in the middle of other work. */
  private static final String BETWEEN = "between";

  private final StageContext context;
  private final AdamW.Settings settings;
  private TrainingState training;
  private final RowLog rollouts = new RowLog(RolloutRow.FILE);
  private final long firstStep;
  private final Span span;
  private RowLog metrics = new RowLog(METRICS);
  private final Map<String, Object> state = new LinkedHashMap<>();
  private final List<FolderWriter> kept = new ArrayList<>();
  private final Map<String, double[]> early = new LinkedHashMap<>();
  private final Map<String, TrainingState> beside = new LinkedHashMap<>();
  private @Nullable LanguageModel best;
  private double averaging;
  private @Nullable TrainingStop stop;
  private @Nullable StageFailure pause;
  private long taken;

  private TrainingRun(
      StageContext context,
      AdamW.Settings settings,
      TrainingState training,
      long firstStep,
      Span span) {
    this.context = context;
    this.settings = settings;
    this.training = training;
    this.firstStep = firstStep;
    this.taken = firstStep;
    this.span = span;
  }

  /**
   * Where a training lies within its stage.
   *
   * @param before how many steps of other work the stage counts before the training
   * @param steps steps of the training
   * @param all steps of the stage
   * @param member which of several models is trained, counted from 0; -1 if there is one only
   */
  public record Span(long before, long steps, long all, int member) {

    /** The training of a stage's only model, at the end of the stage. */
    public static Span after(long before, long steps) {
      return new Span(before, steps, before + steps, -1);
    }

    /** One of several trainings of equal length, one after the other. */
    public static Span member(int member, int members, long steps) {
      return new Span(member * steps, steps, members * steps, member);
    }
  }

  /**
   * Goes on from the stage's checkpoint, or starts.
   *
   * @param start makes the model at step 0; when there is a checkpoint, it is called for what an
   *     adapter leaves as it is
   */
  public static TrainingRun of(
      StageContext context, long steps, AdamW.Settings settings, Supplier<LanguageModel> start)
      throws IOException {
    return of(context, Span.after(0, steps), settings, start);
  }

  /** The same for a stage that does other work before; its checkpoints of that have no model. */
  public static TrainingRun of(
      StageContext context, Span span, AdamW.Settings settings, Supplier<LanguageModel> start)
      throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint == null || checkpoint.step() <= span.before()) {
      TrainingState fresh = new TrainingState(start.get(), settings);
      return new TrainingRun(context, settings, fresh, 0, span);
    }
    Path folder = checkpoint.folder();
    TrainingState training = TrainingState.load(folder, settings, start);
    TrainingRun run =
        new TrainingRun(context, settings, training, checkpoint.step() - span.before(), span);
    run.metrics.restore(folder);
    run.rollouts.restore(folder);
    JsonNode saved = JsonFiles.read(folder.resolve(STATE));
    saved.properties().forEach(e -> run.state.put(e.getKey(), e.getValue().numberValue()));
    if (Files.isDirectory(folder.resolve(BEST))) {
      run.best = TrainedPart.load(folder.resolve(BEST), () -> training.model().copy());
    }
    return run;
  }

  /** Writes something else, too, with every checkpoint and into the artifact. */
  public void keep(FolderWriter other) {
    kept.add(other);
  }

  /** Goes on with the log of the trainings before in the same stage. */
  public void logTo(RowLog log) {
    metrics = log;
  }

  /** The step to take first, counted from 0. */
  public long firstStep() {
    return firstStep;
  }

  /** Steps in all. */
  public long steps() {
    return span.steps();
  }

  /** Some elements of a list, in the order of the indices. */
  public static <T> List<T> pick(List<T> from, int[] indices) {
    return Arrays.stream(indices).mapToObj(from::get).toList();
  }

  /**
   * Goes on with the memory of the model that training started from, for what an adapter leaves as
   * it is; does nothing for a model without one, or that shares it already.
   */
  public TrainingRun besides(LanguageModel start) {
    training.model().sharing(start);
    return this;
  }

  /** The model as it is now. */
  public LanguageModel model() {
    return training.model();
  }

  /**
   * Trains another model beside this one; it belongs to this, its state is in every checkpoint, and
   * nothing of it in the artifact.
   *
   * @param name a folder of the checkpoint
   * @param start makes it at step 0, as for the run's own
   */
  public TrainingState beside(String name, Supplier<LanguageModel> start) {
    TrainingState other =
        firstStep == 0
            ? new TrainingState(start.get(), settings)
            : TrainingState.load(
                context.checkpoint().orElseThrow().folder().resolve(name), settings, start);
    beside.put(name, other);
    return other;
  }

  /** Remembers that it learns from now on from labels that were given just now. */
  public void labelled(long step) {
    keep(LABELLED, (double) step);
  }

  /** Goes on with another model, which then belongs to this, and without moments. */
  public void restart(LanguageModel model) {
    training.close();
    training = new TrainingState(model, settings);
    if (averaging > 0) {
      keepBest();
    }
  }

  /** A number that outlives an interruption: its last value, or what it is at the start. */
  public double number(String name, double atStart) {
    return state.get(name) instanceof Number saved ? saved.doubleValue() : atStart;
  }

  /** Sets a number that outlives an interruption. */
  public void keep(String name, double value) {
    state.put(name, value);
  }

  /** One update on some rows of the training data. */
  public StepResult update(long step, int[] rows, double learningRate, Supplier<Tensor> loss) {
    return training.update(() -> where(step, rows), learningRate, loss);
  }

  /**
   * One update on some rows, whose loss is the sum of what its parts contribute.
   *
   * @param parts in groups, one after the other; those of a group may be computed side by side
   */
  public <P> StepResult update(
      long step,
      int[] rows,
      double learningRate,
      List<List<P>> parts,
      Function<? super P, Tensor> loss) {
    return training.update(() -> where(step, rows), learningRate, parts, loss);
  }

  /** Which step and which rows, for a message. */
  public String where(long step, int[] rows) {
    String member = span.member() < 0 ? "" : "member " + span.member() + ", ";
    return member + "step " + (step + 1) + ", rows " + listed(rows);
  }

  /** A copy of the model: the best if it was kept, else as it is now. */
  public LanguageModel finished() {
    return best == null ? training.finished() : best.copy();
  }

  /** Keeps the parameters as they are now: they become the result, whatever is learned later. */
  void keepBest() {
    LanguageModel before = best;
    best = training.finished();
    if (before != null) {
      before.close();
    }
  }

  /**
   * Makes an average of the parameters the result: after each step it moves to them by 1 - decay,
   * and faster at first, so that it soon forgets where training began: {@code decay = min(decay, (1
   * + t) / (10 + t))} after t steps.
   */
  void average(double decay) {
    averaging = decay;
    if (best == null) {
      keepBest();
    }
  }

  /** Steps that have been taken, those before an interruption included. */
  public long taken() {
    return taken;
  }

  /** Ends the training where it is: whoever takes the steps takes no further one. */
  public void stop(TrainingStop why) {
    stop = why;
  }

  /** Whether the training was told to end. */
  public boolean stopped() {
    return stop != null;
  }

  /** Fails with this after the next step, from which a run that is resumed goes on. */
  public void pause(StageFailure why) {
    pause = why;
  }

  /** Whether the run was told to stop. */
  boolean stopAsked() {
    return context.stopAsked();
  }

  /** Tells the user something, once. */
  public void note(String text) {
    context.note(text);
  }

  /** What looks at a training without changing it. */
  @FunctionalInterface
  public interface Look {
    void at() throws IOException;
  }

  /**
   * Looks at the training before its next step; how long that takes is told apart from the
   * training's own time. If it is told to stop meanwhile, it looks anew when it goes on.
   */
  public void watching(Look look) throws IOException {
    long since = System.nanoTime();
    try {
      look.at();
    } catch (SamplingStoppedException e) {
      context.saveCheckpoint(span.before() + taken, this::save);
      throw e; // does not come here: whoever saves a checkpoint is told to stop, too
    } finally {
      context.watched(Duration.ofNanos(System.nanoTime() - since));
    }
  }

  /** Logs sampled answers: the data behind learning curves. */
  public void rollout(RolloutRow row) {
    rollouts.add(JsonFiles.columns(row));
  }

  /** Logs a step, reports it, and saves a checkpoint if it is time. */
  public void done(long step, Map<String, Double> row) throws IOException {
    Map<String, Object> logged = new LinkedHashMap<>();
    if (span.member() >= 0) {
      logged.put("member", span.member());
    }
    logged.put("step", step + 1);
    logged.putAll(row);
    metrics.add(logged);
    taken = step + 1;
    LanguageModel average = best;
    if (averaging > 0 && average != null) {
      if (taken == span.steps()) {
        training.requireFinite("after the last update"); // an average would hide where it began
      }
      double decay = Math.min(averaging, (1.0 + taken) / (10 + taken));
      average.parameters().moveTowards(training.model().parameters(), 1 - decay);
    }
    for (String name : List.of(CLIP_SHARE, DISAGREEMENT)) {
      Double share = row.get(name);
      if (share != null) {
        keep(name, share);
      }
    }
    context.progress(span.before() + step + 1, span.all(), row);
    StageFailure pausing = pause;
    if (pausing != null && step + 1 < span.steps()) {
      context.saveCheckpoint(span.before() + step + 1, this::save);
      throw pausing;
    }
    if (step + 1 < span.steps() && context.checkpointDue()) {
      context.saveCheckpoint(span.before() + step + 1, this::save);
    }
  }

  /**
   * Reports numbers that are computed before the first step, and saves a checkpoint of them if it
   * is time. Every later checkpoint has them, too.
   *
   * @param name of the numbers
   * @param done those that there are
   * @param all how many there will be
   */
  void before(String name, double[] done, int all) throws IOException {
    early.put(name, done);
    Map<String, Double> told = new LinkedHashMap<>();
    told.put(name, (double) done.length);
    told.put("of", (double) all);
    context.progress(span.before(), span.all(), told);
    if (context.checkpointDue()) {
      context.saveCheckpoint(span.before(), this::writeEarly);
    }
  }

  /** Takes over the numbers that {@link #before} kept; returns how many there are. */
  int early(String name, double[] numbers) throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint == null || !Files.exists(checkpoint.folder().resolve(EARLY))) {
      return 0;
    }
    JsonNode kept = JsonFiles.read(checkpoint.folder().resolve(EARLY)).path(name);
    for (int i = 0; i < kept.size(); i++) {
      numbers[i] = kept.get(i).asDouble();
    }
    early.put(name, Arrays.copyOf(numbers, kept.size()));
    return kept.size();
  }

  private void writeEarly(Path folder) throws IOException {
    if (!early.isEmpty()) {
      JsonFiles.write(folder.resolve(EARLY), early);
    }
  }

  /**
   * Reports work between two steps, such as answers that the next steps learn from, and saves a
   * checkpoint if it is time. Whoever does the work keeps what is done of it ({@link
   * #keep(FolderWriter)}).
   *
   * @param step the step that comes next, counted from 0
   */
  public void between(long step, Map<String, Double> row) throws IOException {
    context.progress(span.before() + step, span.all(), row);
    if (context.checkpointDue()) {
      keep(BETWEEN, (double) step);
      context.saveCheckpoint(span.before() + step, this::save);
    }
  }

  /** Whether it goes on in the middle of the work before a step: what comes before that is done. */
  public boolean resumedBetween(long step) {
    return firstStep > 0 && firstStep == step && number(BETWEEN, -1) == step;
  }

  private void save(Path folder) throws IOException {
    training.save(folder);
    beside.forEach((name, other) -> other.save(folder.resolve(name)));
    if (best != null) {
      TrainedPart.save(best, folder.resolve(BEST));
    }
    writeLogs(folder);
    writeEarly(folder);
    JsonFiles.write(folder.resolve(STATE), state);
  }

  /** Writes the artifact: the model, what was logged, and a summary. */
  public void finish(Map<String, ?> summary) throws IOException {
    if (best == null) {
      training.export(context);
    } else {
      ModelOutput.write(context, best, "");
    }
    writeLogs(context.output());
    Map<String, Object> all = new LinkedHashMap<>(summary);
    TrainingStop why = stop;
    if (why != null) {
      all.put("stopped_early", true);
      all.put(TrainingStop.KEY, JsonFiles.columns(why));
    }
    JsonFiles.write(context.output().resolve("summary.json"), all);
  }

  private void writeLogs(Path folder) throws IOException {
    metrics.write(folder);
    rollouts.write(folder);
    for (FolderWriter other : kept) {
      other.write(folder);
    }
  }

  /** The numbers of some rows, for a message. */
  public static String listed(int[] rows) {
    String shown =
        Arrays.stream(rows).limit(8).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return rows.length > 8 ? shown + " and " + (rows.length - 8) + " more" : shown;
  }

  @Override
  public void close() {
    if (best != null) {
      best.close();
    }
    beside.values().forEach(TrainingState::close);
    training.close();
  }
}

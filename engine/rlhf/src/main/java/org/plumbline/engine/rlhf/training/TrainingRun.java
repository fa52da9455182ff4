package org.plumbline.engine.rlhf.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.StepResult;
import org.plumbline.engine.lm.Tensor;
import org.plumbline.engine.store.Checkpoint;
import org.plumbline.engine.store.StageContext;

/**
 * The training of one model within a stage: where it starts or goes on, what it logs, when it
 * saves.
 *
 * <p>A checkpoint holds the parameters, the best ones if they are to be kept, the optimiser's
 * moments and step counts, the rows logged so far and the stage's own numbers. The cursor into the
 * data is the number of steps ({@link DataOrder}), and random numbers have no state, so N steps, an
 * interruption and N more give the bytes of 2N steps.
 */
public final class TrainingRun implements AutoCloseable {
  private static final String METRICS = "metrics.jsonl";
  private static final String ROLLOUTS = "rollouts.jsonl";
  private static final String STATE = "state.json";
  private static final String BEST = "best";

  private final StageContext context;
  private final Trainee trainee;
  private final RowLog metrics = new RowLog(METRICS);
  private final RowLog rollouts = new RowLog(ROLLOUTS);
  private final long firstStep;
  private final long steps;
  private final long before;
  private final Map<String, Object> state = new LinkedHashMap<>();
  private final List<RowLog> kept = new ArrayList<>();
  private @Nullable LanguageModel best;
  private long taken;

  private TrainingRun(StageContext context, Trainee trainee, long firstStep, Span span) {
    this.context = context;
    this.trainee = trainee;
    this.firstStep = firstStep;
    this.taken = firstStep;
    this.steps = span.steps();
    this.before = span.before();
  }

  /**
   * Where a training lies within its stage.
   *
   * @param before how many steps of other work the stage counts before the training
   * @param steps steps of the training
   */
  public record Span(long before, long steps) {}

  /**
   * Goes on from the stage's checkpoint, or starts.
   *
   * @param start makes the model at step 0; not called when there is a checkpoint
   */
  public static TrainingRun of(
      StageContext context, long steps, AdamW.Settings settings, Supplier<LanguageModel> start)
      throws IOException {
    return of(context, new Span(0, steps), settings, start);
  }

  /** The same for a stage that does other work before; its checkpoints of that have no model. */
  public static TrainingRun of(
      StageContext context, Span span, AdamW.Settings settings, Supplier<LanguageModel> start)
      throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint == null || checkpoint.step() <= span.before()) {
      return new TrainingRun(context, new Trainee(start.get(), settings), 0, span);
    }
    Path folder = checkpoint.folder();
    Trainee trainee = Trainee.load(folder, settings);
    TrainingRun run = new TrainingRun(context, trainee, checkpoint.step() - span.before(), span);
    run.metrics.restore(folder);
    run.rollouts.restore(folder);
    JsonNode saved = Json.read(folder.resolve(STATE));
    saved.properties().forEach(e -> run.state.put(e.getKey(), e.getValue().numberValue()));
    if (Files.isDirectory(folder.resolve(BEST))) {
      run.best = LanguageModel.load(folder.resolve(BEST));
    }
    return run;
  }

  /** Writes another log, too, with every checkpoint and into the artifact. */
  public void keep(RowLog log) {
    kept.add(log);
  }

  /** The step to take first, counted from 0. */
  public long firstStep() {
    return firstStep;
  }

  /** Steps in all. */
  public long steps() {
    return steps;
  }

  /** Some elements of a list, in the order of the indices. */
  public static <T> List<T> pick(List<T> from, int[] indices) {
    return Arrays.stream(indices).mapToObj(from::get).toList();
  }

  /** The model as it is now. */
  public LanguageModel model() {
    return trainee.model();
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
    return trainee.update(
        () -> "step " + (step + 1) + ", rows " + listed(rows), learningRate, loss);
  }

  /** One update on some rows, whose loss is the sum of what its parts contribute. */
  public <P> StepResult update(
      long step, int[] rows, double learningRate, List<P> parts, Function<? super P, Tensor> loss) {
    return trainee.update(
        () -> "step " + (step + 1) + ", rows " + listed(rows), learningRate, parts, loss);
  }

  /** Keeps the parameters as they are now: they become the result, whatever is learned later. */
  void keepBest() {
    LanguageModel before = best;
    best = trainee.finished();
    if (before != null) {
      before.close();
    }
  }

  /** Steps that have been taken, those before an interruption included. */
  public long taken() {
    return taken;
  }

  /** Logs sampled answers: the data behind learning curves. */
  public void rollout(Map<String, ?> row) {
    rollouts.add(row);
  }

  /** Logs a step, reports it, and saves a checkpoint if it is time. */
  public void done(long step, Map<String, Double> row) throws IOException {
    Map<String, Object> logged = new LinkedHashMap<>();
    logged.put("step", step + 1);
    logged.putAll(row);
    metrics.add(logged);
    taken = step + 1;
    context.progress(before + step + 1, before + steps, row);
    if (step + 1 < steps && context.checkpointDue()) {
      context.saveCheckpoint(before + step + 1, this::save);
    }
  }

  private void save(Path folder) throws IOException {
    trainee.save(folder);
    if (best != null) {
      best.save(folder.resolve(BEST));
    }
    writeLogs(folder);
    Json.write(folder.resolve(STATE), state);
  }

  /** Writes the artifact: the model, what was logged, and a summary. */
  public void finish(Map<String, ?> summary) throws IOException {
    if (best == null) {
      trainee.export(context.output());
    } else {
      best.save(context.output());
    }
    writeLogs(context.output());
    Json.write(context.output().resolve("summary.json"), summary);
  }

  private void writeLogs(Path folder) throws IOException {
    metrics.write(folder);
    rollouts.write(folder);
    for (RowLog log : kept) {
      log.write(folder);
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
    trainee.close();
  }
}

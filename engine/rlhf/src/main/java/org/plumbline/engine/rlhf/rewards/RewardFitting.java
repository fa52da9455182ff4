// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SamplingPhases;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.PromptSplit;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * Fits the members of a reward model one after the other, whatever they are fitted to, and writes
 * the artifact.
 *
 * <p>The score is read at an answer's last token; the head starts with deviation 1/sqrt(width + 1),
 * all parameters are trained, the learning rate falls linearly to a tenth. Members differ in head
 * and data order and share the trunk they start from (Coste et al. 2023, arXiv:2310.02743, of which
 * these are the ensembles by fine-tuning seed), or start from several that were pre-trained apart,
 * in turns: members of one trunk share its mistakes (Eisenstein et al. 2023, arXiv:2312.09244).
 * Rows are held out by prompt, so that what is measured is of prompts that the model has not seen.
 * Scores are normalised on answers of the model it started from, or of another that is named.
 *
 * @param <R> a row of feedback
 */
final class RewardFitting<R> implements AutoCloseable {
  private static final double FLOOR = 0.1;

  /** The key of the models that members start from beside {@code from}. */
  private static final String TRUNKS = "trunks";

  /** Sets the streams of an ensemble's members apart; the golden ratio's bits. */
  private static final long MEMBER_SEED = 0x9E3779B97F4A7C15L;

  private final StageContext context;
  private final LanguageModel start;
  private final Settings settings;
  private final Rows<R> rows;
  private final Objectives<R> objectives;
  private final PromptSplit<R> data;
  private final RowLog metrics = new RowLog("metrics.jsonl");
  private final List<FittedMember> finished = new ArrayList<>();
  private LanguageModel reference;

  /**
   * How many models, and how each is fitted.
   *
   * @param holdOut the share of the rows that is kept for measuring
   * @param steps of each member
   */
  record Settings(
      int members,
      Combination combination,
      double holdOut,
      int steps,
      int batchSize,
      OptimiserSpec optimiser) {}

  /** Rows of feedback, what they ask and which answers they are about. */
  record Rows<R>(List<R> all, Function<R, Prompt> prompt, Function<R, List<Sequence>> sequences) {}

  /** Makes what a member learns. */
  @FunctionalInterface
  interface Objectives<R> {
    MemberObjective<R> of(TrainingRun run);

    /** How many numbers the head gives; one by default. */
    default int outputs() {
      return 1;
    }

    /**
     * How the score of an answer is read from a member; by default it is what its head says at the
     * end.
     *
     * @param said gives all that its head says at the ends of the answers that scores are
     *     normalised on
     */
    default Reading reading(Supplier<double[][]> said) {
      return LastTokenReading.PLAIN;
    }
  }

  /** What a member learns, with the numbers that are fitted beside its model. */
  interface MemberObjective<R> extends Fit.Objective<R> {

    /** The numbers as they are; none by default. */
    default double[] numbers() {
      return new double[0];
    }
  }

  RewardFitting(
      StageContext context,
      LanguageModel start,
      Settings settings,
      Rows<R> rows,
      Objectives<R> objectives) {
    this.context = context;
    this.start = start;
    this.reference = start;
    this.settings = settings;
    this.rows = rows;
    this.objectives = objectives;
    this.data = split(context, rows.all(), rows.prompt(), settings.holdOut());
  }

  /**
   * Divides rows as a fit divides them: what else is estimated from rows, before the fit, must not
   * see those that are held out.
   */
  static <T> PromptSplit<T> split(
      StageContext context, List<T> rows, Function<T, Prompt> prompt, double holdOut) {
    return PromptSplit.of(
        rows,
        rows.stream().map(prompt).toList(),
        holdOut,
        RandomStream.of(context.seed(), RandomPurpose.DATA_ORDER, RandomPurpose.HOLD_OUT));
  }

  /** The rows that are learned from, and those that are not. */
  PromptSplit<R> data() {
    return data;
  }

  /** Normalises scores on answers of this model, which stays open, instead of the one to start. */
  void normaliseOn(LanguageModel other) {
    reference = other;
  }

  /** Fits all members, those before an interruption excepted. */
  List<FittedMember> fit() throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null) {
      metrics.restore(checkpoint.folder());
      int done = (int) (checkpoint.step() / settings.steps());
      for (int m = 0; m < done; m++) {
        int member = m;
        finished.add(
            FittedMember.load(folder(checkpoint.folder(), m), () -> initial(member, seed(member))));
      }
    }
    while (finished.size() < settings.members()) {
      fit(finished.size());
    }
    return finished;
  }

  private void fit(int member) throws IOException {
    AdamW.Settings adamW =
        AdamW.Settings.DEFAULT.withWeightDecay(settings.optimiser().weightDecay());
    Updates updates = Updates.of(adamW, Schedule.linear(settings.steps(), FLOOR), null);
    long seed = seed(member);
    TrainingRun.Span span = TrainingRun.Span.member(member, settings.members(), settings.steps());
    try (TrainingRun run = TrainingRun.of(context, span, adamW, () -> initial(member, seed))) {
      run.logTo(metrics);
      run.keep(this::keepMembers);
      MemberObjective<R> objective = objectives.of(run);
      new Fit<>(
              run,
              new Fit.Settings(
                  seed, settings.batchSize(), settings.optimiser().learningRate(), updates),
              new TrainingRows<>(
                  data.training(), List.of(), rows.sequences(), TrainingRows.Mean.ROWS),
              objective)
          .train();
      finished.add(new FittedMember(run.finished(), objective.numbers()));
    }
  }

  private long seed(int member) {
    return context.seed() + member * MEMBER_SEED;
  }

  /** The trunk with a new head, or the same member of a reward that was fitted before. */
  private LanguageModel initial(int member, long seed) {
    return settings.optimiser().warmStart() == null ? fresh(member, seed) : fitted(member, seed);
  }

  private LanguageModel fitted(int member, long seed) {
    Path before = folder(context.input("warm_start").folder(), member);
    if (!Files.exists(before)) {
      throw new StageFailure(
          "PLB0330",
          "the reward to go on from has no member " + member,
          "warm_start",
          "name a fitted reward with as many members");
    }
    try (LanguageModel fitted = LanguageModel.load(before)) {
      return headed(fitted, seed);
    }
  }

  private LanguageModel fresh(int member, long seed) {
    List<Artifact> others = context.inputs(TRUNKS);
    int trunk = member % (others.size() + 1);
    if (trunk == 0) {
      return headed(start, seed);
    }
    try (LanguageModel other = Models.openModel(others.get(trunk - 1), TRUNKS)) {
      if (!other.tokenizer().sameAs(start.tokenizer())) {
        throw new StageFailure(
            "PLB0526",
            "model " + trunk + " of `trunks` divides texts into other tokens than `from` does",
            TRUNKS,
            "name models with the tokenizer of `from`: of the same corpus, texts and `vocabulary`");
      }
      return headed(other, seed);
    }
  }

  private LanguageModel headed(LanguageModel trunk, long seed) {
    double deviation = 1 / StrictMath.sqrt(trunk.config().width() + 1);
    return trunk.toTrain(seed).withRewards(objectives.outputs(), deviation, seed);
  }

  private void keepMembers(Path folder) throws IOException {
    for (int m = 0; m < finished.size(); m++) {
      Path member = folder(folder, m);
      Files.createDirectories(member);
      finished.get(m).keep(member);
    }
  }

  private static Path folder(Path root, int member) {
    return root.resolve(RewardModel.MEMBERS).resolve(String.valueOf(member));
  }

  /** How the model was fitted, and what a row is called in the summary. */
  record Named(String operation, String unit, Map<String, Object> facts) {

    Named(String operation, String unit) {
      this(operation, unit, Map.of());
    }
  }

  /**
   * Writes the artifact.
   *
   * @param heldOut measures the rows that were held out
   */
  void write(Named named, HeldOut heldOut) throws IOException {
    Path output = context.output();
    for (int m = 0; m < finished.size(); m++) {
      finished.get(m).write(context, RewardModel.MEMBERS + "/" + m);
    }
    metrics.write(output);
    SamplingPhases phases = phases();
    Normalisation normalisation =
        new Normalisation(
            reference,
            data.training().stream().map(rows.prompt()).toList(),
            new Normalisation.Drawing(phases, longest(), context.seed()));
    List<LanguageModel> members = finished.stream().map(FittedMember::model).toList();
    RewardModel model = normalisation.of(members, objectives::reading, settings.combination());
    if (model.constant()) {
      context.note(
          "all "
              + normalisation.size()
              + " answers of the model it is normalised on score the same: nothing can be learned"
              + " from this reward");
    }
    model.write(output);
    List<Prompt> unseen = data.heldOut().stream().map(rows.prompt()).toList();
    RewardMeasures measures =
        heldOut
            .measures(data.training().size(), normalisation.size())
            .withGold(
                GoldReport.of(
                    context, model, new GoldReport.Asked(start, unseen, longest(), phases)));
    measures.write(output);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", named.operation());
    summary.put("steps", (long) settings.members() * settings.steps());
    summary.put("members", settings.members());
    if (!context.inputs(TRUNKS).isEmpty()) {
      summary.put(TRUNKS, Math.min(settings.members(), context.inputs(TRUNKS).size() + 1));
    }
    summary.put(named.unit(), data.training().size());
    summary.put("held_out_" + named.unit(), data.heldOut().size());
    summary.putAll(named.facts());
    RewardMeasures.Learned learned = measures.learned();
    if (learned != null && learned.hiddenContext() != null) {
      summary.put("hidden_context", learned.hiddenContext());
    }
    JsonFiles.write(output.resolve("summary.json"), summary);
  }

  /** What comes after the last step; checkpoints of it hold all members. */
  private SamplingPhases phases() {
    long steps = (long) settings.members() * settings.steps();
    return new SamplingPhases(
        context,
        steps,
        steps,
        folder -> {
          keepMembers(folder);
          metrics.write(folder);
        });
  }

  /** Measures the finished members. */
  @FunctionalInterface
  interface HeldOut {
    RewardMeasures measures(int training, int samples) throws IOException;
  }

  /** Tokens of the longest answer that is learned from. */
  private int longest() {
    int longest = 1;
    for (R row : data.training()) {
      for (Sequence sequence : rows.sequences().apply(row)) {
        longest = Math.max(longest, sequence.length() - sequence.promptLength());
      }
    }
    return longest;
  }

  @Override
  public void close() {
    finished.forEach(member -> member.model().close());
  }
}

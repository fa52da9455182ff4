// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.Effort;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.PretrainingMix;
import org.plumbline.engine.rlhf.training.StepRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;

/**
 * The loop of methods that learn from comparisons of answers of their own: each update draws
 * several answers to some prompts, has them judged at once, and takes one step. A method brings its
 * {@link Method}.
 *
 * <p>Prompts come in a new order each time that all had their turn; the learning rate falls in a
 * straight line to zero. Prompts of whose answers nobody says anything are left out of the step.
 */
public final class FreshTraining {
  private final StageContext context;
  private final Settings settings;
  private final Parts parts;
  private final TrainingRun run;
  private final @Nullable PretrainingMix mix;
  private long answers;
  private long tokens;

  private FreshTraining(
      StageContext context,
      Settings settings,
      Parts parts,
      TrainingRun run,
      @Nullable PretrainingMix mix) {
    this.context = context;
    this.settings = settings;
    this.parts = parts;
    this.run = run;
    this.mix = mix;
    this.answers = (long) run.number("answers", 0);
    this.tokens = (long) run.number("tokens", 0);
  }

  /** What is drawn, and what is learned from it. */
  public interface Method {

    /** Answers to each prompt, everywhere as many. */
    List<List<FreshAnswer>> draw(LanguageModel policy, List<Prompt> prompts, int update);

    /** The loss of the prompts that were judged. */
    Loss loss(LanguageModel policy, List<Judged> judged);

    /** Tells the user what of the prompts the policy was not told, if anything. */
    void note(StageContext context);
  }

  /** Answers to one prompt, and which is best. */
  public record Judged(List<FreshAnswer> answers, BestAndWorst verdict) {

    /** The best answer. */
    public FreshAnswer better() {
      return answers.get(verdict.better());
    }

    /** The worst answer. */
    public FreshAnswer worse() {
      return answers.get(verdict.worse());
    }

    /** Tokens of both, with their prompt. */
    long tokens() {
      return better().row().length() + (long) worse().row().length();
    }
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param updates steps
   * @param prompts of each update
   * @param group answers per prompt that are judged
   * @param learningRate the highest of the schedule
   * @param maxNewTokens the longest answer, for the learning curve
   * @param training what the settings say of updates
   * @param mix texts that are learned beside; null for none
   */
  public record Settings(
      String operation,
      int updates,
      int prompts,
      int group,
      double learningRate,
      int maxNewTokens,
      @Nullable TrainingSpec training,
      Regularizers.@Nullable PretrainingMix mix) {

    Updates how() {
      return Updates.falling(AdamW.Settings.DEFAULT, updates, training);
    }
  }

  /**
   * What is trained, and by what.
   *
   * @param start the policy before the first update, which stays open
   * @param preferences who says what is better; stays open
   * @param prompts all prompts there are
   */
  public record Parts(LanguageModel start, FreshPreferences preferences, List<Prompt> prompts) {}

  /** Trains and writes the artifact. */
  public static void train(StageContext context, Settings settings, Parts parts, Method method)
      throws IOException {
    try (TrainingRun run =
        TrainingRun.of(
            context,
            settings.updates(),
            settings.how().adamW(),
            () -> parts.start().toTrain(context.seed()))) {
      run.besides(parts.start());
      parts.preferences().learning(run);
      PretrainingMix mix = PretrainingMix.open(context, settings.mix(), run.model());
      new FreshTraining(context, settings, parts, run, mix).train(method);
    }
  }

  private void train(Method method) throws IOException {
    DataOrder order = new DataOrder(context.seed(), parts.prompts().size(), settings.prompts());
    Updates updates = settings.how();
    updates.prepare(run);
    LearningCurve curve =
        new LearningCurve(
                run,
                parts.start(),
                parts.prompts().stream().distinct().toList(),
                new LearningCurve.Settings(context.seed(), settings.maxNewTokens()))
            .watched(Watch.of(context, run))
            .within(updates.watching(), this::work);
    for (long update = run.firstStep(); update < run.steps(); update++) {
      if (update > 0 && !parts.preferences().affords(settings.prompts(), settings.group())) {
        context.note(
            "it stops after %d of %d updates: what is left of the budget does not pay for the next"
                .formatted(update, run.steps()));
        break;
      }
      curve.sample(update, run.steps());
      if (run.stopped()) {
        break;
      }
      int[] chosen = order.batch(update);
      List<List<FreshAnswer>> drawn =
          method.draw(run.model(), TrainingRun.pick(parts.prompts(), chosen), (int) update);
      Map<String, Double> logged = new LinkedHashMap<>();
      List<Judged> judged = judged(drawn, logged);
      double rate = settings.learningRate() * updates.factor(update);
      if (!judged.isEmpty()) {
        List<Row> rows = rows(judged, update);
        StepResult result =
            StepRows.even(rows, updates.microBatch(rows.size()), Row::tokens)
                .take(
                    run,
                    new StepRows.Place(update, chosen, rate),
                    some -> loss(method, some, rows),
                    logged);
        logged.put("loss", result.loss());
        logged.put("gradient_norm", result.gradientNorm());
      }
      logged.put("learning_rate", rate);
      run.done(update, logged);
    }
    if (!run.stopped()) {
      curve.sample(run.taken(), run.taken());
    }
    finish(method);
  }

  /** Draws answers, of which two to each prompt are learned. */
  private double work(double prompt, double answer) {
    int given = settings.prompts() * settings.group();
    return run.steps()
        * (Effort.drawing(given, answer, prompt)
            + Effort.learning(run.model(), 2 * settings.prompts() * (prompt + answer)));
  }

  /** A prompt that was judged, with a text that is learned beside it if any are. */
  private record Row(Judged judged, @Nullable Sequence text) {

    /** Tokens of the two answers that are learned from. */
    long tokens() {
      return judged.tokens();
    }

    static List<Sequence> texts(List<Row> rows) {
      return rows.stream().map(Row::text).filter(Objects::nonNull).toList();
    }
  }

  private List<Row> rows(List<Judged> judged, long update) {
    List<Sequence> texts = mix == null ? List.of() : mix.drawn(update, 0, judged.size());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      rows.add(new Row(judged.get(i), mix == null ? null : texts.get(i)));
    }
    return rows;
  }

  private Loss loss(Method method, List<Row> some, List<Row> all) {
    Loss own = method.loss(run.model(), some.stream().map(Row::judged).toList());
    return mix == null ? own : mix.besideMean(own, run.model(), Row.texts(some), Row.texts(all));
  }

  private List<Judged> judged(List<List<FreshAnswer>> drawn, Map<String, Double> logged)
      throws IOException {
    List<BestAndWorst> verdicts = parts.preferences().among(drawn);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i).given()) {
        judged.add(new Judged(drawn.get(i), verdicts.get(i)));
      }
    }
    List<FreshAnswer> all = drawn.stream().flatMap(List::stream).toList();
    int length = all.stream().mapToInt(FreshAnswer::tokens).sum();
    answers += all.size();
    tokens += length;
    run.keep("answers", (double) answers);
    run.keep("tokens", (double) tokens);
    long finished = all.stream().filter(answer -> answer.given().finished()).count();
    logged.putAll(parts.preferences().logged());
    logged.put("judged", judged.size() / (double) drawn.size());
    logged.put("tokens", length / (double) all.size());
    logged.put("finished", finished / (double) all.size());
    return judged;
  }

  private void finish(Method method) throws IOException {
    method.note(context);
    parts.preferences().note(context);
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", settings.operation());
    summary.put("steps", run.taken());
    summary.put("answers", answers);
    summary.put("tokens", tokens);
    parts.preferences().asked().map(JsonFiles::columns).ifPresent(summary::putAll);
    run.finish(summary);
  }
}

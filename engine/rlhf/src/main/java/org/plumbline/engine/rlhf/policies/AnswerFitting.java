package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.Batch;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.StepResult;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.store.StageContext;

/** Maximum likelihood of answers, which {@link Supervised} and {@link CritiqueRevision} share. */
final class AnswerFitting {
  private static final int WARM_UP = 20;
  private static final double FLOOR = 0.1;

  private final StageContext context;
  private final TrainingRun run;
  private final LanguageModel start;

  /**
   * A fitting of the run's model.
   *
   * @param start the model before the first step, which drift is measured from
   */
  AnswerFitting(StageContext context, TrainingRun run, LanguageModel start) {
    this.context = context;
    this.run = run;
    this.start = start;
  }

  /** An answer to learn; an unfinished one teaches no end. */
  record Example(String prompt, String answer, boolean finished) {}

  /** How to learn. */
  record Settings(int steps, int batchSize, double learningRate, double weightDecay) {
    AdamW.Settings adamW() {
      return AdamW.Settings.DEFAULT.withWeightDecay(weightDecay);
    }
  }

  /** Takes all steps from the run's first on; returns how many tokens were learned from. */
  long fit(List<Example> examples, Settings settings) throws IOException {
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> rows =
        examples.stream().map(e -> format.example(e.prompt(), e.answer(), e.finished())).toList();
    format.noteCuts(context);
    List<String> prompts = examples.stream().map(Example::prompt).distinct().toList();
    LearningCurve curve =
        new LearningCurve(
            run, start, prompts, LearningCurve.Settings.longest(context.seed(), rows));
    DataOrder order = new DataOrder(context.seed(), rows.size(), settings.batchSize());
    Schedule schedule = Schedule.linear(WARM_UP, settings.steps(), FLOOR);
    long tokens = (long) run.number("tokens", 0);
    for (long step = run.firstStep(); step < settings.steps(); step++) {
      curve.sample(step, settings.steps());
      int[] chosen = order.batch(step);
      Batch batch = Batch.of(TrainingRun.pick(rows, chosen));
      double rate = settings.learningRate() * schedule.factor(Math.max(1, step));
      StepResult result = run.update(step, chosen, rate, () -> run.model().meanLoss(batch));
      tokens += batch.completionTokens();
      run.keep("tokens", (double) tokens);
      run.done(step, metrics(result, rate));
    }
    curve.sample(settings.steps(), settings.steps());
    return tokens;
  }

  private static Map<String, Double> metrics(StepResult result, double rate) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("loss", result.loss());
    row.put("gradient_norm", result.gradientNorm());
    row.put("learning_rate", rate);
    return row;
  }
}

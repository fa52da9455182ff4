package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.PolicySpec;
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.Batch;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Scope;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.StepResult;
import org.plumbline.engine.lm.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.rlhf.training.Validation;
import org.plumbline.engine.store.Stage;
import org.plumbline.engine.store.StageContext;

/**
 * Direct Preference Optimization: fits the policy to preferences without a reward model.
 *
 * <p>Rafailov et al., "Direct Preference Optimization: Your Language Model is Secretly a Reward
 * Model", NeurIPS 2023, arXiv:2305.18290, equation 7:
 *
 * <pre>{@code
 * h = (log pi(y_w|x) - log ref(y_w|x)) - (log pi(y_l|x) - log ref(y_l|x))
 * L = -log sigmoid(beta h)
 * }</pre>
 *
 * <p>With a share p of votes for y_w and an assumed share e of wrong labels (conservative DPO,
 * Mitchell 2023, "A note on DPO with noisy preferences and relationship to IPO"), t = p (1 - e) +
 * (1 - p) e and
 *
 * <pre>{@code
 * L = -t log sigmoid(beta h) - (1 - t) log sigmoid(-beta h)
 * }</pre>
 *
 * <p>Choices the papers leave open: log-probabilities are summed over the answer's tokens, not
 * averaged; the prompt is masked; the end-of-text token counts, and an answer that was cut off has
 * none; the reference is the policy before the first step, and its log-probabilities are computed
 * once. The learning rate falls linearly to a tenth.
 *
 * <p>Differs from TRL's DPOTrainer: a soft target per pair.
 */
public final class Dpo implements Stage {
  private static final double FLOOR = 0.1;
  private static final int ROWS_AT_ONCE = 128;

  @Override
  public String operation() {
    return "dpo";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.Dpo settings = context.settings(PolicySpec.Dpo.class);
    List<Pair> compared = Pairs.read(context.input("feedback"));
    Updates updates =
        Updates.of(
            AdamW.Settings.DEFAULT, Schedule.linear(settings.steps(), FLOOR), settings.training());
    try (LanguageModel reference = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context,
                settings.steps(),
                updates.adamW(),
                () -> reference.toTrain(context.seed()))) {
      AnswerFormat format = new AnswerFormat(reference);
      List<Row> pairs = rows(compared, format, reference);
      format.note(context);
      List<Prompt> asked = compared.stream().map(Pair::prompt).toList();
      List<Sequence> answers = pairs.stream().map(pair -> pair.tokens().chosen()).toList();
      LearningCurve curve =
          new LearningCurve(
              run,
              reference,
              asked.stream().distinct().toList(),
              LearningCurve.Settings.longest(context.seed(), answers));
      Validation<Row> validation =
          Validation.of(updates.asked().validation(), pairs, asked, context.seed());
      if (updates.activationCheckpointing()) {
        run.model().withActivationCheckpointing();
      }
      new Fitting(run, settings, updates, validation).train(context.seed(), curve);
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "dpo");
      summary.put("steps", run.taken());
      summary.put("pairs", pairs.size());
      summary.putAll(validation.summary(run));
      run.finish(summary);
    }
  }

  /** One run of the stage. */
  private record Fitting(
      TrainingRun run, PolicySpec.Dpo settings, Updates updates, Validation<Row> validation) {

    void train(long seed, LearningCurve curve) throws IOException {
      List<Row> pairs = validation.training();
      DataOrder order = order(seed, pairs);
      long first = run.firstStep();
      for (long step = first; step < settings.steps() && !validation.stops(run); step++) {
        curve.sample(step, settings.steps());
        int[] rows = order.batch(step);
        double rate = settings.learningRate() * updates.factor(step);
        Map<String, Double> metrics = new LinkedHashMap<>();
        StepResult result = step(step, rows, rate, metrics);
        metrics.put("gradient_norm", result.gradientNorm());
        metrics.put("learning_rate", rate);
        metrics.putAll(validation.after(step, run, this::measured));
        run.done(step, metrics);
      }
      curve.sample(run.taken(), run.taken());
    }

    private DataOrder order(long seed, List<Row> pairs) {
      if (!updates.lengthBuckets()) {
        return new DataOrder(seed, pairs.size(), settings.batchSize());
      }
      int[] lengths = pairs.stream().mapToInt(pair -> pair.tokens().length()).toArray();
      return DataOrder.byLength(seed, lengths, settings.batchSize());
    }

    private StepResult step(long step, int[] rows, double rate, Map<String, Double> metrics) {
      List<Row> batch = TrainingRun.pick(validation.training(), rows);
      int size = updates.microBatch(batch.size());
      if (size >= batch.size()) {
        return run.update(step, rows, rate, () -> loss(run.model(), batch, settings, metrics));
      }
      return run.update(
          step,
          rows,
          rate,
          parts(batch, size),
          part -> weighted(part, (double) part.size() / batch.size(), metrics));
    }

    /** The loss of a part of the rows, by its share; adds its share of what is logged. */
    private Tensor weighted(List<Row> part, double share, Map<String, Double> metrics) {
      Map<String, Double> own = new LinkedHashMap<>();
      Tensor loss = loss(run.model(), part, settings, own);
      own.forEach((name, value) -> metrics.merge(name, share * value, Double::sum));
      return loss.mul((float) share);
    }

    /** Loss and accuracy on pairs that are not trained on. */
    private Map<String, Double> measured(List<Row> pairs) {
      Map<String, Double> all = new LinkedHashMap<>();
      for (List<Row> part : parts(pairs, ROWS_AT_ONCE / 2)) {
        try (Scope scope = Scope.open()) {
          weighted(part, (double) part.size() / pairs.size(), all);
        }
      }
      all.keySet().retainAll(List.of("loss", "accuracy", "margin"));
      return all;
    }

    private static List<List<Row>> parts(List<Row> pairs, int size) {
      List<List<Row>> parts = new ArrayList<>();
      for (int from = 0; from < pairs.size(); from += size) {
        parts.add(pairs.subList(from, Math.min(pairs.size(), from + size)));
      }
      return parts;
    }
  }

  /** The mean loss of some pairs; also puts what is to be logged into {@code metrics}. */
  static Tensor loss(
      LanguageModel policy, List<Row> pairs, PolicySpec.Dpo settings, Map<String, Double> metrics) {
    List<Sequence> rows = TokenPair.rows(pairs.stream().map(Row::tokens).toList());
    Tensor logProbs = policy.tokenLogProbs(Batch.of(rows)).sum(1); // [2 pairs]
    int n = pairs.size();
    float[] references = new float[2 * n];
    float[] targets = new float[n];
    double e = settings.labelSmoothing();
    for (int i = 0; i < n; i++) {
      Row pair = pairs.get(i);
      references[i] = (float) pair.chosenReference();
      references[n + i] = (float) pair.rejectedReference();
      targets[i] = (float) (pair.target() * (1 - e) + (1 - pair.target()) * e);
    }
    Tensor rewards = logProbs.sub(Tensor.of(references)).mul((float) settings.beta());
    Tensor chosen = rewards.narrow(0, 0, n);
    Tensor rejected = rewards.narrow(0, n, n);
    Tensor gap = chosen.sub(rejected); // beta h
    Tensor loss = loss(gap, Tensor.of(targets)).mean();
    metrics.put("loss", (double) loss.item());
    metrics.put("accuracy", (double) gap.greater(0f).mean().item());
    metrics.put("margin", (double) gap.mean().item());
    metrics.put("chosen_reward", (double) chosen.mean().item());
    metrics.put("rejected_reward", (double) rejected.mean().item());
    metrics.put("chosen_log_prob", (double) logProbs.narrow(0, 0, n).mean().item());
    metrics.put("rejected_log_prob", (double) logProbs.narrow(0, n, n).mean().item());
    return loss;
  }

  /** The loss of each pair from beta h and the probability that the chosen answer is better. */
  static Tensor loss(Tensor gap, Tensor target) {
    Tensor right = gap.logSigmoid().mul(target);
    Tensor wrong = gap.neg().logSigmoid().mul(target.neg().add(1f));
    return right.add(wrong).neg();
  }

  static List<Row> rows(List<Pair> pairs, AnswerFormat format, LanguageModel reference) {
    List<TokenPair> tokens = pairs.stream().map(format::pair).toList();
    double[] logProbs = logProbs(reference, tokens);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(new Row(tokens.get(i), logProbs[2 * i], logProbs[2 * i + 1], pairs.get(i).target()));
    }
    return rows;
  }

  /** Those of each pair's answers, side by side. */
  private static double[] logProbs(LanguageModel model, List<TokenPair> pairs) {
    List<Sequence> rows = new ArrayList<>();
    for (TokenPair pair : pairs) {
      rows.add(pair.chosen());
      rows.add(pair.rejected());
    }
    double[] sums = new double[rows.size()];
    for (int at = 0; at < rows.size(); at += ROWS_AT_ONCE) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + ROWS_AT_ONCE)));
      try (Scope scope = Scope.open()) {
        float[] part = model.tokenLogProbs(batch).sum(1).toFloatArray();
        for (int i = 0; i < part.length; i++) {
          sums[at + i] = part[i];
        }
      }
    }
    return sums;
  }

  /** A pair as rows of tokens, with the reference's log-probability of each answer. */
  record Row(TokenPair tokens, double chosenReference, double rejectedReference, double target) {}
}

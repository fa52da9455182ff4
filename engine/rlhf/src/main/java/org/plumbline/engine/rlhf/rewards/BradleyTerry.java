// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.PromptSplit;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * A reward model: a scalar head on a transformer, fitted to comparisons by logistic loss.
 *
 * <p>Christiano et al., "Deep Reinforcement Learning from Human Preferences", 2017,
 * arXiv:1706.03741, equation 1; Stiennon et al. 2020, arXiv:2009.01325, section 3.4. With r_w and
 * r_l the scores of the better and the worse answer, p the share of votes for the better one, and c
 * the centring weight (Eisenstein et al. 2023, arXiv:2312.09244):
 *
 * <pre>{@code
 * L = -p log sigmoid(r_w - r_l) - (1 - p) log sigmoid(r_l - r_w) + c (r_w + r_l)^2
 * }</pre>
 *
 * <p>A margin and known noise of the labels change the first two terms: {@link PairLikelihood}.
 *
 * <p>Choices left open: the score is read at the last token, the end-of-text token of an answer
 * that was not cut off; the head starts with deviation 1/sqrt(width + 1), all parameters are
 * trained, the learning rate falls linearly to a tenth. Members of an ensemble differ in head and
 * data order and share the trunk they start from (Coste et al. 2023, arXiv:2310.02743). Comparisons
 * are held out by prompt, so that accuracy is that on prompts the model has not seen. Scores are
 * normalised on answers of the model it started from.
 *
 * <p>Differs from TRL's RewardTrainer: soft targets, ensembles and normalisation.
 */
public final class BradleyTerry implements Stage {
  private static final double FLOOR = 0.1;

  /** Sets the streams of an ensemble's members apart; the golden ratio's bits. */
  private static final long MEMBER_SEED = 0x9E3779B97F4A7C15L;

  @Override
  public String operation() {
    return "bradley_terry";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    RewardSpec.BradleyTerry settings = context.settings(RewardSpec.BradleyTerry.class);
    try (LanguageModel start = Models.openModel(context, "from");
        Fitting fitting = new Fitting(context, settings, start)) {
      fitting.run();
    }
  }

  /**
   * The mean loss of pairs under a model with a reward head.
   *
   * @param centring the weight c
   */
  static Loss loss(
      LanguageModel member, List<Row> pairs, PairLikelihood likelihood, double centring) {
    List<Sequence> rows = TokenPair.rows(pairs.stream().map(Row::tokens).toList());
    int n = pairs.size();
    float[] targets = new float[n];
    for (int i = 0; i < n; i++) {
      targets[i] = (float) pairs.get(i).target();
    }
    Tensor scores = member.score(Batch.of(rows)); // [2 pairs]
    Tensor chosen = scores.narrow(0, 0, n);
    Tensor rejected = scores.narrow(0, n, n);
    Tensor gap = chosen.sub(rejected);
    Tensor loss = likelihood.loss(gap, Tensor.of(targets));
    return Loss.mean(centring == 0 ? loss : loss.add(centred(chosen, rejected, centring)))
        .log("accuracy", gap.greater(0f))
        .log("margin", gap);
  }

  /** What scores that are not centred cost, per pair. */
  static Tensor centred(Tensor chosen, Tensor rejected, double weight) {
    return chosen.add(rejected).square().mul((float) weight);
  }

  /**
   * A compared pair as rows of tokens.
   *
   * @param attainable how often the best of all predictions is right; null if that is not known
   */
  record Row(Prompt prompt, TokenPair tokens, double target, @Nullable Double attainable) {}

  /** One run of the stage: the members are fitted one after the other. */
  private static final class Fitting implements AutoCloseable {
    private final StageContext context;
    private final RewardSpec.BradleyTerry settings;
    private final LanguageModel start;
    private final PairLikelihood likelihood;
    private final PromptSplit<Row> data;
    private final RowLog metrics = new RowLog("metrics.jsonl");
    private final List<LanguageModel> finished = new ArrayList<>();

    Fitting(StageContext context, RewardSpec.BradleyTerry settings, LanguageModel start)
        throws IOException {
      this.context = context;
      this.settings = settings;
      this.start = start;
      this.likelihood = PairLikelihood.of(settings);
      AnswerFormat format = new AnswerFormat(start);
      List<Row> rows = new ArrayList<>();
      List<Pair> pairs = Pairs.read(context.input("feedback"));
      List<TokenPair> tokens = format.pairs(pairs);
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        rows.add(new Row(pair.prompt(), tokens.get(i), pair.target(), pair.attainable()));
      }
      format.note(context);
      this.data =
          PromptSplit.of(
              rows,
              rows.stream().map(Row::prompt).toList(),
              settings.holdOut(),
              RandomStream.of(context.seed(), RandomPurpose.DATA_ORDER, RandomPurpose.HOLD_OUT));
    }

    void run() throws IOException {
      Checkpoint checkpoint = context.checkpoint().orElse(null);
      if (checkpoint != null) {
        metrics.restore(checkpoint.folder());
        int done = (int) (checkpoint.step() / settings.steps());
        for (int m = 0; m < done; m++) {
          finished.add(LanguageModel.load(folder(checkpoint.folder(), m)));
        }
      }
      while (finished.size() < settings.ensemble()) {
        fit(finished.size());
      }
      write();
    }

    private void fit(int member) throws IOException {
      AdamW.Settings adamW =
          AdamW.Settings.DEFAULT.withWeightDecay(settings.optimiser().weightDecay());
      Updates updates = Updates.of(adamW, Schedule.linear(settings.steps(), FLOOR), null);
      long seed = context.seed() + member * MEMBER_SEED;
      TrainingRun.Span span =
          TrainingRun.Span.member(member, settings.ensemble(), settings.steps());
      try (TrainingRun run = TrainingRun.of(context, span, adamW, () -> initial(seed))) {
        run.logTo(metrics);
        run.keep(this::writeMembers);
        new Fit<>(
                run,
                new Fit.Settings(
                    seed, settings.batchSize(), settings.optimiser().learningRate(), updates),
                new TrainingRows<>(
                    data.training(),
                    List.of(),
                    row -> row.tokens().sequences(),
                    TrainingRows.Mean.ROWS),
                (model, rows) -> loss(model, rows, likelihood, settings.centring()))
            .train();
        finished.add(run.finished());
      }
    }

    private LanguageModel initial(long seed) {
      double deviation = 1 / StrictMath.sqrt(start.config().width() + 1);
      return start.toTrain(seed).withHead(ScalarHead.REWARD, deviation, seed);
    }

    private void writeMembers(Path folder) throws IOException {
      for (int m = 0; m < finished.size(); m++) {
        Path member = folder(folder, m);
        Files.createDirectories(member);
        finished.get(m).save(member);
      }
    }

    private static Path folder(Path root, int member) {
      return root.resolve(RewardModel.MEMBERS).resolve(String.valueOf(member));
    }

    private void write() throws IOException {
      Path output = context.output();
      writeMembers(output);
      metrics.write(output);
      Combination combination = new Combination(settings.combine(), settings.uncertaintyPenalty());
      Normalisation normalisation = new Normalisation(start, data.training(), context.seed());
      normalisation.of(finished, combination).write(output);
      new RewardMeasures("bradley_terry", heldOut(), data.training().size(), normalisation.size())
          .write(output);
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", "bradley_terry");
      summary.put("steps", (long) settings.ensemble() * settings.steps());
      summary.put("members", settings.ensemble());
      summary.put("pairs", data.training().size());
      summary.put("held_out_pairs", data.heldOut().size());
      JsonFiles.write(output.resolve("summary.json"), summary);
    }

    private RewardMeasures.@Nullable HeldOutPairs heldOut() throws IOException {
      if (data.heldOut().isEmpty()) {
        return null;
      }
      HeldOutReport.Poison poison = HeldOutReport.Poison.of(context.input("feedback"));
      HeldOutReport.Fitted fitted = new HeldOutReport.Fitted(finished, likelihood);
      return HeldOutReport.of(fitted, data.heldOut(), poison, context.seed());
    }

    @Override
    public void close() {
      finished.forEach(LanguageModel::close);
    }
  }
}

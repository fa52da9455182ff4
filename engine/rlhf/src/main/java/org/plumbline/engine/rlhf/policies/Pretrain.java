// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.source.TextLines;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Pretraining: a transformer from scratch, and its tokenizer, on a corpus.
 *
 * <p>Radford et al., "Language Models are Unsupervised Multitask Learners", 2019 (GPT-2): the mean
 * over all tokens of the batch of
 *
 * <pre>{@code
 * L = -log pi(y_t | y_1..y_{t-1})
 * }</pre>
 *
 * <p>Choices left open: one document is one row, ended by the end-of-text token and cut at the
 * context's length; AdamW with betas 0.9 and 0.95; the learning rate rises over the first 20 steps
 * and falls linearly to a tenth; gradients are clipped at norm 1. The tokenizer is byte-level BPE,
 * learned from the whole corpus before the first step.
 *
 * <p>Differs from GPT-2's training: documents are not packed into full contexts; no dropout.
 */
public final class Pretrain implements Stage {
  private static final int WARM_UP = 20;
  private static final double FLOOR = 0.1;

  /** Sets models apart that differ in nothing but their draw; from SplitMix64. */
  private static final long DRAW_SEED = 0xBF58476D1CE4E5B9L;

  @Override
  public String operation() {
    return "pretrain";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ModelSpec.Pretrain settings = context.settings(ModelSpec.Pretrain.class);
    List<String> documents = documents(context, settings);
    AdamW.Settings adamW = new AdamW.Settings(0.9, 0.95, 1e-8, settings.weightDecay(), 1);
    Updates updates = Updates.of(adamW, Schedule.linear(WARM_UP, settings.steps(), FLOOR), null);
    long seed = seed(context, settings);
    try (TrainingRun run =
        TrainingRun.of(context, settings.steps(), adamW, () -> start(documents, settings, seed))) {
      AnswerFormat format = new AnswerFormat(run.model());
      List<Sequence> rows = documents.stream().map(format::document).toList();
      format.note(context);
      Fit<Sequence> fit =
          new Fit<>(
              run,
              new Fit.Settings(seed, settings.batchSize(), settings.learningRate(), updates),
              new TrainingRows<>(rows, List.of(), List::of, TrainingRows.Mean.TOKENS),
              (model, some) -> Loss.of(model.meanLoss(Batch.of(some))));
      fit.train();
      run.finish(summary(run, rows.size(), fit.tokens()));
    }
  }

  private static long seed(StageContext context, ModelSpec.Pretrain settings) {
    Integer draw = settings.draw();
    return draw == null ? context.seed() : context.seed() + draw * DRAW_SEED;
  }

  private static Map<String, Object> summary(TrainingRun run, int documents, long tokens) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("operation", "pretrain");
    summary.put("steps", run.steps());
    summary.put("tokens", tokens);
    summary.put("documents", documents);
    summary.put("vocabulary", run.model().tokenizer().vocabularySize());
    summary.put("parameters", run.model().parameters().count());
    return summary;
  }

  private static LanguageModel start(
      List<String> documents, ModelSpec.Pretrain settings, long seed) {
    Tokenizer tokenizer = Tokenizer.train(documents, settings.vocabulary());
    ModelConfig config =
        ModelConfig.preset(settings.preset().name().toLowerCase(Locale.ROOT), tokenizer);
    Integer context = settings.context();
    return LanguageModel.create(
        context == null ? config : config.withContextLength(context), tokenizer, seed);
  }

  private static List<String> documents(StageContext context, ModelSpec.Pretrain settings)
      throws IOException {
    if (settings.corpus() == null) {
      return DataSet.of(context, "data").texts();
    }
    List<String> documents = new ArrayList<>();
    for (String line : TextLines.read(context.file("corpus"), settings.corpus())) {
      if (!line.isBlank()) {
        documents.add(line);
      }
    }
    if (documents.isEmpty()) {
      throw new StageFailure(
          "PLB0506", "the corpus has no text", "corpus", "write one document per line");
    }
    return documents;
  }
}

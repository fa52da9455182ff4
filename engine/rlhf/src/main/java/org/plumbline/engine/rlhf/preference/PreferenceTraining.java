// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Fits the policy {@code from} to the comparisons {@code feedback}: what all methods that learn
 * from pairs without a reward model share. A method brings its {@link PairLoss}.
 *
 * <p>Log-probabilities are summed over the answer's tokens; the prompt is masked; the end-of-text
 * token counts, and an answer that was cut off has none. The learning rate falls linearly to a
 * tenth.
 */
public final class PreferenceTraining {

  private static final String REFERENCE = "reference";

  private PreferenceTraining() {}

  /** What log-ratios are measured from. */
  public enum Reference {
    /** The policy before the first step; its log-probabilities are computed once. */
    START,
    /** The model that the key {@code reference} names, in the same way. */
    NAMED,
    /** Nothing: log-ratios are log-probabilities. */
    NONE
  }

  /** The loss of pairs. */
  @FunctionalInterface
  public interface PairLoss {

    /** The mean loss, and what is logged beside it. */
    Loss of(PairScores pairs);
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   */
  public record Settings(String operation, PairFittingSpec fitting, Reference measuredFrom) {

    PolicyFitting.Settings plain() {
      return new PolicyFitting.Settings(
          operation,
          fitting.steps(),
          fitting.batchSize(),
          fitting.learningRate(),
          fitting.training());
    }
  }

  /** Trains and writes the artifact. */
  public static void fit(StageContext context, Settings settings, PairLoss loss)
      throws IOException {
    List<Pair> compared = Pairs.read(context.input("feedback"));
    PolicyFitting.require(
        compared.stream().anyMatch(pair -> !pair.tie()),
        "none of the comparisons prefers an answer");
    PolicyFitting.fit(
        context,
        settings.plain(),
        (start, format, run) -> {
          List<PairScores.Row> rows =
              rows(compared, format, measured(context, run, start, settings.measuredFrom()));
          return new PolicyFitting.Task<>(
              "pairs",
              new TrainingRows<>(
                  rows,
                  compared.stream().map(Pair::prompt).toList(),
                  pair -> pair.tokens().sequences(),
                  TrainingRows.Mean.ROWS),
              rows.stream().map(pair -> pair.tokens().chosen()).toList(),
              new Objective(loss));
        });
  }

  /** A loss of pairs, of which a step may be computed in parts. */
  private record Objective(PairLoss loss) implements Fit.Objective<PairScores.Row> {

    @Override
    public Loss loss(LanguageModel model, List<PairScores.Row> pairs) {
      return loss.of(PairScores.of(model, pairs, pairs));
    }

    @Override
    public Fit.Objective<PairScores.Row> within(LanguageModel now, List<PairScores.Row> step) {
      return (model, part) -> loss.of(PairScores.of(model, part, step));
    }
  }

  /** Pairs as rows of tokens, with the log-probabilities that they are measured from. */
  static List<PairScores.Row> rows(List<Pair> pairs, AnswerFormat format, Measure measuredFrom)
      throws IOException {
    List<TokenPair> tokens = format.pairs(pairs);
    List<Sequence> sequences = new ArrayList<>();
    tokens.forEach(pair -> sequences.addAll(pair.sequences()));
    double[] logProbs = measuredFrom.of(sequences);
    List<PairScores.Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(
          new PairScores.Row(
              tokens.get(i), logProbs[2 * i], logProbs[2 * i + 1], pairs.get(i).target()));
    }
    return rows;
  }

  /** Gives the log-probabilities of answers. */
  @FunctionalInterface
  interface Measure {
    double[] of(List<Sequence> answers) throws IOException;
  }

  private static Measure measured(
      StageContext context, TrainingRun run, LanguageModel start, Reference from) {
    return switch (from) {
      case START -> rows -> AnswerLogProbs.before(run, start, rows);
      case NAMED -> rows -> named(context, run, start, rows);
      case NONE -> rows -> new double[rows.size()];
    };
  }

  private static double[] named(
      StageContext context, TrainingRun run, LanguageModel start, List<Sequence> rows)
      throws IOException {
    try (LanguageModel reference = Models.openModel(context, REFERENCE)) {
      if (!Arrays.equals(start.tokenizer().json(), reference.tokenizer().json())) {
        throw new StageFailure(
            "PLB0222",
            "the policy and its reference have different tokenizers",
            REFERENCE,
            "name a reference that descends from the same base model");
      }
      return AnswerLogProbs.before(run, reference, rows);
    }
  }
}

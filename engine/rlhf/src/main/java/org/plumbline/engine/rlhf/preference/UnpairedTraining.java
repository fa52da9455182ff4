// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.AnswerFittingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.losses.KtoLoss;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * Fits the policy {@code from} to answers that are good or bad: what methods that learn from single
 * answers share. A method brings its {@link AnswerLoss}.
 *
 * <p>Of comparisons the preferred answer counts as good and the other as bad; ties say neither and
 * are left out. Of labels the first class counts as good and the others as bad; {@code other} is
 * left out. The reference is the policy before the first step. Log-probabilities are summed over
 * the answer's tokens; the learning rate falls linearly to a tenth, as in {@link
 * PreferenceTraining}.
 */
public final class UnpairedTraining {

  private static final String MEAN = "mean_log_ratio";

  /** Fewer answers of one kind than this share are told of. */
  private static final double RARE = 0.1;

  /** How much the last step counts in that mean. */
  private static final double LAST = 0.1;

  private UnpairedTraining() {}

  /** The log-ratio that tells neither good nor bad; the same for all answers of a step. */
  public enum Level {
    /**
     * How far the policy has moved on answers that are put after other prompts, averaged over the
     * step's: 0 at least.
     */
    OTHER_PROMPTS,
    /**
     * The mean of the answers of the steps before, of which the last counts a tenth, the one before
     * it a tenth of what is left, and so on; 0 at first.
     */
    STEPS_BEFORE
  }

  /** The loss of answers. */
  @FunctionalInterface
  public interface AnswerLoss {

    /** The mean loss, and what is logged beside it. */
    Loss of(AnswerScores answers);
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   */
  public record Settings(String operation, AnswerFittingSpec fitting, Level level) {

    PolicyFitting.Settings plain() {
      return new PolicyFitting.Settings(
          operation,
          fitting.steps(),
          fitting.batchSize(),
          fitting.learningRate(),
          fitting.training());
    }
  }

  /** Trains and writes the artifact; a batch is of single answers. */
  public static void fit(StageContext context, Settings settings, AnswerLoss loss)
      throws IOException {
    Artifact feedback = context.input("feedback");
    PolicyFitting.fit(
        context,
        settings.plain(),
        (start, format, run) -> {
          Judged judged = judged(feedback, format, start, run);
          List<AnswerScores.Row> answers = judged.rows();
          noteRare(context, answers);
          return new PolicyFitting.Task<>(
              "answers",
              new TrainingRows<>(
                  answers, judged.prompts(), row -> List.of(row.tokens()), TrainingRows.Mean.ROWS),
              answers.stream()
                  .filter(AnswerScores.Row::good)
                  .map(AnswerScores.Row::tokens)
                  .toList(),
              new Objective(settings.level(), loss, start, run));
        });
  }

  /** Says if almost all answers are of one kind: a step then hardly sees the other. */
  private static void noteRare(StageContext context, List<AnswerScores.Row> answers) {
    long good = answers.stream().filter(AnswerScores.Row::good).count();
    long rarer = Math.min(good, answers.size() - good);
    if (rarer < RARE * answers.size()) {
      context.note(
          "only %d of %d answers %s %s: little tells good from bad"
              .formatted(
                  rarer,
                  answers.size(),
                  rarer == 1 ? "is" : "are",
                  rarer == good ? "good" : "bad"));
    }
  }

  /** A loss of answers, whose level is that of the whole step. */
  private record Objective(Level level, AnswerLoss loss, LanguageModel reference, TrainingRun run)
      implements Fit.Objective<AnswerScores.Row> {

    @Override
    public Loss loss(LanguageModel model, List<AnswerScores.Row> answers) {
      return within(model, answers).loss(model, answers);
    }

    @Override
    public Fit.Objective<AnswerScores.Row> within(LanguageModel now, List<AnswerScores.Row> step) {
      double at =
          level == Level.OTHER_PROMPTS
              ? KtoLoss.reference(AnswerScores.mismatched(now, reference, step))
              : run.number(MEAN, 0);
      return (model, part) -> {
        AnswerScores scores = AnswerScores.of(model, part, at);
        return loss.of(scores).log("log_ratio", scores.logRatio());
      };
    }

    @Override
    public void trained(long step, Map<String, Double> logged) {
      double mean = run.number(MEAN, 0);
      double last = logged.getOrDefault("log_ratio", mean);
      run.keep(MEAN, mean + LAST * (last - mean));
    }
  }

  /** Answers that are good or bad, and the prompt of each. */
  private record Judged(List<AnswerScores.Row> rows, List<Prompt> prompts) {}

  private static Judged judged(
      Artifact feedback, AnswerFormat format, LanguageModel start, TrainingRun run)
      throws IOException {
    Judged judged =
        Files.exists(feedback.folder().resolve(Pairs.FILE))
            ? compared(feedback, format, start, run)
            : labelled(feedback, format, start, run);
    PolicyFitting.require(
        !judged.rows().isEmpty(),
        "none of the comparisons prefers an answer, so none is good or bad");
    long good = judged.rows().stream().filter(AnswerScores.Row::good).count();
    PolicyFitting.require(
        good > 0 && good < judged.rows().size(),
        "all answers are " + (good > 0 ? "good" : "bad") + ", so nothing tells good from bad");
    return judged;
  }

  /** The better answer of each pair, then the other. */
  private static Judged compared(
      Artifact feedback, AnswerFormat format, LanguageModel start, TrainingRun run)
      throws IOException {
    List<Pair> pairs = Pairs.read(feedback).stream().filter(pair -> !pair.tie()).toList();
    List<TokenPair> tokens = format.pairs(pairs);
    List<Sequence> sequences = new ArrayList<>();
    tokens.forEach(pair -> sequences.addAll(pair.sequences()));
    double[] logProbs = AnswerLogProbs.before(run, start, sequences);
    List<AnswerScores.Row> rows = new ArrayList<>();
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(new AnswerScores.Row(tokens.get(i).chosen(), logProbs[2 * i], true));
      rows.add(new AnswerScores.Row(tokens.get(i).rejected(), logProbs[2 * i + 1], false));
      prompts.addAll(List.of(pairs.get(i).prompt(), pairs.get(i).prompt()));
    }
    return new Judged(rows, prompts);
  }

  private static Judged labelled(
      Artifact feedback, AnswerFormat format, LanguageModel start, TrainingRun run)
      throws IOException {
    List<Exchange> answers = new ArrayList<>();
    List<Boolean> good = new ArrayList<>();
    for (ItemLabel label : ItemLabel.read(feedback)) {
      if (label.response() instanceof Response.Label said && said.rank() >= 0) {
        answers.add(label.item().exchanges().get(0));
        good.add(said.rank() == 0);
      }
    }
    List<Sequence> tokens = format.examples(answers);
    double[] logProbs = AnswerLogProbs.before(run, start, tokens);
    List<AnswerScores.Row> rows = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      rows.add(new AnswerScores.Row(tokens.get(i), logProbs[i], good.get(i)));
    }
    return new Judged(rows, answers.stream().map(Exchange::prompt).toList());
  }
}

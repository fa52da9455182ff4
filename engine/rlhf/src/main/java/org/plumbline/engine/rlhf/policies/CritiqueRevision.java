// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.respondents.Purse;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * The supervised stage of constitutional AI: answers are criticised and revised under principles,
 * then the revisions are learned.
 *
 * <p>Bai et al., "Constitutional AI: Harmlessness from AI Feedback", 2022, arXiv:2212.08073,
 * section 3:
 *
 * <pre>{@code
 * y_0 ~ pi(.|x)
 * for each round: principle at random; critique of y_{n-1} under it; y_n = revision
 * L = -log pi(y_N | x), averaged over tokens
 * }</pre>
 *
 * <p>Choices left open: every answer draws its own principle in every round; the last round's
 * revision is learned, so that each answer counts once. A judge of kind {@code rules} cannot write:
 * it revises by choosing, among new samples of the policy and the answer itself, the one that
 * serves the principle best. A judge that writes gets the answer alone. An answer that was cut off
 * is learned without an end-of-text token. Every critique and every revision is a question to the
 * judge and counts as a label of theirs, at their price. Where a budget ends within a round, an
 * answer that is not revised in it keeps its revision of the round before, and of the first round
 * only what is revised is learned.
 *
 * <p>Differs from the paper: revisions of all rounds are kept in {@code revisions.jsonl}, but only
 * the last is learned; no data for helpfulness is mixed in.
 */
public final class CritiqueRevision implements Stage {
  private static final String OPERATION = "critique_revision";
  private static final String REVISIONS = "revisions.jsonl";

  /** A critique and a revision. */
  private static final int QUESTIONS = 2;

  @Override
  public String operation() {
    return OPERATION;
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.CritiqueRevision settings = context.settings(PolicySpec.CritiqueRevision.class);
    AnswerFitting.Settings fitting =
        AnswerFitting.Settings.of(
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            0,
            settings.training());
    RowLog revisions = new RowLog(REVISIONS);
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null) {
      revisions.restore(checkpoint.folder());
    }
    EvaluatorsSpec evaluators =
        context.declared(Section.EVALUATORS, settings.judge(), EvaluatorsSpec.class);
    BigDecimal price =
        BigDecimal.valueOf(evaluators.cost()).multiply(BigDecimal.valueOf(QUESTIONS));
    int before = affordable(settings, price);
    try (LanguageModel start = Models.openModel(context, "from");
        Judge critic = judge(context, settings, evaluators)) {
      List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
      Revising.Work work = new Revising.Work(prompts, revisions, before);
      List<Exchange> examples = new Revising(context, critic, start, work).finish();
      critic.note(context);
      TrainingRun.Span span = TrainingRun.Span.after(before, settings.steps());
      try (TrainingRun run =
          TrainingRun.of(
              context, span, fitting.updates().adamW(), () -> start.toTrain(context.seed()))) {
        run.keep(revisions::write);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("operation", OPERATION);
        summary.putAll(new AnswerFitting(context, run, start).fit(examples, fitting));
        summary.put("revisions", revisions.size());
        Purse purse = new Purse(settings.budget());
        purse.pay(price.multiply(BigDecimal.valueOf(revisions.size())).doubleValue());
        int wanted = settings.answers() * settings.revisions();
        purse.note(context, wanted, revisions.size(), "revisions");
        FeedbackSummary asked = asked(QUESTIONS * revisions.size(), purse);
        summary.putAll(
            JsonFiles.columns(
                settings.budget() == null
                    ? asked
                    : asked
                        .with(null, terms(purse.summary(wanted, revisions.size())))
                        .with(revised(revisions.size(), wanted))));
        run.finish(summary);
      }
    }
  }

  /** What the judge has done, as feedback says it. */
  private static FeedbackSummary asked(int labels, Purse purse) {
    FeedbackSummary.Group group =
        new FeedbackSummary.Group("judge", 1, labels, 0, null, null, null, null);
    return FeedbackSummary.of(labels, purse.spent(), 0, List.of(group));
  }

  private static FeedbackSummary.Items revised(int revisions, int wanted) {
    return new FeedbackSummary.Items(OPERATION, revisions, 0, revisions < wanted, Map.of());
  }

  private static FeedbackSummary.Terms terms(FeedbackSummary.Budget budget) {
    return new FeedbackSummary.Terms(budget, null, Map.of(), null, null);
  }

  /** How many revisions, with their critiques, can be paid. */
  private static int affordable(PolicySpec.CritiqueRevision settings, BigDecimal price) {
    int wanted = settings.answers() * settings.revisions();
    Purse purse = new Purse(settings.budget());
    int affordable = purse.affordable(wanted, price);
    if (affordable == 0) {
      throw new StageFailure(
          "PLB0326",
          "a budget of "
              + purse.limit()
              + " does not pay for one critique and its revision, which cost "
              + price.stripTrailingZeros().toPlainString(),
          "budget",
          "raise it, or lower the evaluators' `cost`");
    }
    return affordable;
  }

  private static Judge judge(
      StageContext context, PolicySpec.CritiqueRevision settings, EvaluatorsSpec evaluators)
      throws IOException {
    EvaluatorsSpec.Judge judge = evaluators.judge();
    if (judge == null) {
      throw new StageFailure(
          "PLB0213",
          "evaluators `" + settings.judge() + "` are people and cannot criticise",
          "judge",
          "name evaluators that declare a `judge`");
    }
    return Judges.open(context, judge);
  }
}

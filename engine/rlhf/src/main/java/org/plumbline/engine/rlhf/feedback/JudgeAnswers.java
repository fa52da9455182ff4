// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.JudgedSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.JudgedAnswer;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Asks evaluators of a comparison, prompt by prompt, whether a recipe answers better than the one
 * that it is measured against.
 *
 * <p>The answers are those that the evaluation of the two recipes measures: same seed, same random
 * numbers. A judge is asked in both orders, and what it says is averaged (a judge that prefers the
 * place of an answer then says one half); of people one is asked per prompt, who sees the two in a
 * random order, as in feedback. Equal answers are nobody's question. Who skips leaves one half.
 *
 * <p>Writes {@link JudgedAnswer}s, all labels, and the summary of feedback with what was asked and
 * what it cost. What was answered is in the checkpoints and is not asked again.
 */
public final class JudgeAnswers implements Stage {
  private final SampledPolicy.Opener opener;

  /** The stage for policies of this engine. */
  public JudgeAnswers() {
    this(SampledPolicy::open);
  }

  JudgeAnswers(SampledPolicy.Opener opener) {
    this.opener = opener;
  }

  @Override
  public String operation() {
    return "judge_answers";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    JudgedSpec settings = context.settings(JudgedSpec.class);
    EvaluatorsSpec declared =
        context.declared(Section.EVALUATORS, settings.evaluators(), EvaluatorsSpec.class);
    DeclaredEvaluators evaluation =
        DeclaredEvaluators.open(context, asked(settings, declared), declared, opener);
    try (Labelling labelling = evaluation.labelling()) {
      Collected collected = Collected.from(context.checkpoint(), null);
      labelling.resume(collected.labels());
      ask(context, labelling, pairs(context, settings), collected);
      labelling.note(context);
      write(context, evaluation, collected);
    }
  }

  /** The way of asking: judges in both orders, one person each. */
  private static Comparisons asked(JudgedSpec settings, EvaluatorsSpec declared) {
    return new Comparisons(
        settings.policy(),
        settings.prompts(),
        settings.evaluators(),
        1,
        1,
        declared.judge() != null,
        new Redundancy(1, 1),
        new SamplingSpec(1, settings.maxNewTokens()));
  }

  private List<DrawnPair> pairs(StageContext context, JudgedSpec settings) throws IOException {
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    List<SampledAnswer> own = answers(context, "policy", prompts, settings);
    List<SampledAnswer> reference = answers(context, "reference", prompts, settings);
    List<DrawnPair> pairs = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      SampledAnswer one = own.get(i);
      SampledAnswer two = reference.get(i);
      pairs.add(
          new DrawnPair(
              i, prompts.get(i), one.answer(), two.answer(), one.finished(), two.finished()));
    }
    return pairs;
  }

  /** What an evaluation asks and gets. */
  private List<SampledAnswer> answers(
      StageContext context, String role, List<Prompt> prompts, JudgedSpec settings)
      throws IOException {
    RandomStream stream =
        RandomStream.of(context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.EVALUATION);
    try (SampledPolicy policy = opener.open(context, context.input(role))) {
      SamplingSettings sampling = Sampling.of(1, settings.maxNewTokens(), settings.truncation());
      return policy.answer(prompts, sampling, stream, 0);
    }
  }

  private static void ask(
      StageContext context, Labelling labelling, List<DrawnPair> pairs, Collected collected)
      throws IOException {
    while (collected.drawn().size() < pairs.size()) {
      int from = collected.drawn().size();
      int to = Math.min(pairs.size(), from + labelling.atOnce());
      List<DrawnPair> now = pairs.subList(from, to);
      collected.add(now, labelling.label(now.stream().filter(pair -> !pair.identical()).toList()));
      if (to < pairs.size() && context.checkpointDue()) {
        collected.save(context);
      }
      context.progress(to, pairs.size(), Map.of("labels", (double) collected.labels().size()));
    }
  }

  private static void write(
      StageContext context, DeclaredEvaluators evaluation, Collected collected) throws IOException {
    CombinedLabels combined = CombinedLabels.shares(collected.labels());
    List<JudgedAnswer> verdicts = new ArrayList<>();
    int silent = 0;
    for (DrawnPair pair : collected.drawn()) {
      Double win = combined.one().get(pair.pair());
      silent += win == null && !pair.identical() ? 1 : 0;
      verdicts.add(new JudgedAnswer((int) pair.pair(), win == null ? 0.5 : win));
    }
    if (silent > 0) {
      context.note(
          "of %d of %d prompts nobody said which answer is better; they count as ties"
              .formatted(silent, collected.drawn().size()));
    }
    JudgedAnswer.write(context.output(), verdicts);
    JsonFiles.writeLines(
        context.output().resolve(CollectComparisons.LABELS), collected.labels(), LabelRow::columns);
    List<Pair> pairs =
        new VoteShare(pair -> List.of(), 0).of(collected.drawn(), collected.labels(), combined);
    new CollectedFeedback(collected.drawn(), collected.labels(), pairs)
        .summary(evaluation, context.seed())
        .write(context.output());
  }
}

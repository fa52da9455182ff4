// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.feedback.select.SelectedQuestions;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Collects comparisons: pairs of answers are sampled from a policy and labelled by simulated people
 * or by a judge.
 *
 * <p>The process is that of Casper et al. 2023, appendix A: examples from the policy, labels from
 * evaluators who differ and err. The artifact holds {@code labels.jsonl} (who saw what in which
 * order and said what), {@code pairs.jsonl} (one preference per pair, see {@link Pair}) and {@code
 * summary.json}; labels that a filter leaves out are in {@code left_out.jsonl}, and what people
 * said when they were asked again in {@code repeated.jsonl} (see {@link AskedAgain}), and of
 * questions whose answer is known in {@code gold_questions.jsonl} (see {@link MixedGold}).
 *
 * <p>Every pair is a function of the seed and its number, and every label of those and of who was
 * given which pairs before, so a stage that goes on from a checkpoint gives the same bytes. (A
 * remote judge gives what it gives; what it has said is kept as it comes and not asked again.)
 */
public final class CollectComparisons implements Stage {
  static final String LABELS = "labels.jsonl";

  private final SampledPolicy.Opener opener;

  /** The stage for policies of this engine. */
  public CollectComparisons() {
    this(SampledPolicy::open);
  }

  CollectComparisons(SampledPolicy.Opener opener) {
    this.opener = opener;
  }

  @Override
  public String operation() {
    return "comparisons";
  }

  @Override
  public int version() {
    return 9;
  }

  @Override
  public void run(StageContext context) throws IOException {
    Comparisons spec = context.settings(Comparisons.class);
    EvaluatorsSpec declared =
        context.declared(Section.EVALUATORS, spec.evaluators(), EvaluatorsSpec.class);
    DataSet prompts = DataSet.of(context, "prompts");
    DeclaredEvaluators evaluation = DeclaredEvaluators.open(context, spec, declared, opener);
    // Who writes prompts is whoever is asked, which is not known of candidates.
    boolean candidates = spec.selection() != null;
    try (Labelling labelling = evaluation.labelling();
        PolicyMixture policies =
            PolicyMixture.open(
                context, opener, new PolicyMixture.Named(spec.of(), spec.sources()));
        SelectedQuestions<DrawnPair> questions =
            SelectedQuestions.of(
                context,
                spec.selection(),
                new PairSampling(
                    policies,
                    candidates
                        ? new PromptOrder(prompts.prompts(), context.seed())
                        : new PromptOrder(prompts.prompts(), context.seed(), labelling::worded),
                    spec))) {
      LabelCollection collection = new LabelCollection(context, questions, labelling, spec);
      Collected collected = collection.collect(hiringCost(evaluation));
      policies.note(context);
      labelling.note(context);
      finish(context, spec, evaluation, collected);
      GoldStandard.keep(context, declared, evaluation.values());
    }
  }

  private static double hiringCost(DeclaredEvaluators evaluation) {
    return evaluation.hiring() == null ? 0 : evaluation.hiring().cost();
  }

  private static void finish(
      StageContext context, Comparisons spec, DeclaredEvaluators evaluation, Collected collected)
      throws IOException {
    Labelling labelling = evaluation.labelling();
    silent(context, collected.labels());
    Map<String, Hiring.Tested> tested = new LinkedHashMap<>(evaluation.tested());
    GoldAnswered.tested(MixedGold.answered(collected.gold()))
        .forEach((name, more) -> tested.merge(name, more, Hiring.Tested::and));
    CombinedPairs combined =
        CombinedPairs.of(
            spec.combining(),
            new CombinedLabels.Rule(spec.combining(), tested, evaluation.people().keySet()),
            collected,
            labelling);
    combined.note(context);
    List<Pair> pairs = combined.pairs();
    CollectedFeedback feedback =
        new CollectedFeedback(collected.drawn(), collected.labels(), pairs);
    new NothingToLearn(collected.labels(), evaluation.judge() != null, labelling.silence())
        .check(context, pairs, collected.drawn().size(), feedback.identical());
    if (feedback.identical() > 0) {
      context.note(
          feedback.identical()
              + " of "
              + collected.drawn().size()
              + " pairs have equal answers even after "
              + PairSampling.REDRAWS
              + " more tries; they are kept as ties");
    }
    combined.write(context.output(), collected.again());
    if (spec.repeat() != null && evaluation.judge() == null && collected.again().isEmpty()) {
      context.note(
          "nobody was asked again: by chance, a share of "
              + spec.repeat()
              + " of "
              + collected.first().size()
              + " labels is none");
    }
    if (!collected.gold().isEmpty()) {
      JsonFiles.writeLines(
          context.output().resolve(GoldAnswered.FILE), collected.gold(), LabelRow::columns);
    }
    collected.purse().note(context, spec.pairs(), collected.drawn().size(), "pairs");
    FeedbackSummary.Combined how = combined.summary(spec.combining(), evaluation.gold());
    feedback
        .summary(evaluation, context.seed())
        .with(how, terms(spec, collected, evaluation.hiring()))
        .write(context.output());
  }

  /** Says who was asked and answered nothing: nothing is known of them. */
  private static void silent(StageContext context, List<LabelRow> labels) {
    Map<String, Integer> asked = new LinkedHashMap<>();
    Set<String> answered = new HashSet<>();
    for (LabelRow label : labels) {
      asked.merge(label.evaluator(), 1, Integer::sum);
      if (!label.skipped()) {
        answered.add(label.evaluator());
      }
    }
    asked.forEach(
        (name, count) -> {
          if (!answered.contains(name) && !answered.isEmpty()) {
            context.note(
                "`"
                    + name
                    + "` answered none of "
                    + count
                    + (count == 1 ? " question" : " questions")
                    + "; nothing is known of them");
          }
        });
  }

  /** What collecting was bound to; null if nothing. */
  private static FeedbackSummary.@Nullable Terms terms(
      Comparisons spec, Collected collected, FeedbackSummary.@Nullable Hiring hiring) {
    if (spec.budget() == null
        && spec.instructions() == null
        && spec.sources() == null
        && spec.selection() == null
        && hiring == null) {
      return null;
    }
    return new FeedbackSummary.Terms(
        spec.budget() == null
            ? null
            : collected.purse().summary(spec.pairs(), collected.drawn().size()),
        spec.instructions(),
        collected.answersByPolicy(),
        hiring,
        collected.selected(spec.selection()));
  }
}

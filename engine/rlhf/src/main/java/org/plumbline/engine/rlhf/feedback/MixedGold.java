// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.List;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;

/**
 * Gold questions of comparisons (see {@link KnownQuestions}): pairs of answers of the policy of
 * which values hold one to be better. "Equal" is half right.
 */
final class MixedGold {
  private MixedGold() {}

  /** The questions that a spec asks for. */
  static KnownQuestions<KnownPairs.Known> of(
      StageContext context, Comparisons spec, EvaluatorsSpec declared, SampledPolicy.Opener opener)
      throws IOException {
    GoldQuestions terms = spec.goldQuestions();
    if (terms == null) {
      return KnownQuestions.none(context.seed());
    }
    Utility values = KnownQuestions.values(context, terms, declared);
    try (SampledPolicy policy = opener.open(context, context.input("of"))) {
      Trial.Answers answers =
          new Trial.Answers(
              policy, DataSet.of(context, "prompts").prompts(), Sampling.of(spec.sampling()));
      return KnownQuestions.of(
          context,
          terms,
          KnownPairs.of(
              terms.questions(),
              answers,
              values,
              new KnownPairs.Draws(context.seed(), RandomPurpose.GOLD_QUESTIONS)));
    }
  }

  /** How gold questions were answered, without those that were skipped. */
  static List<GoldAnswered> answered(List<LabelRow> gold) {
    return gold.stream()
        .filter(label -> !label.skipped())
        .map(label -> new GoldAnswered(label.evaluator(), label.group(), right(label)))
        .toList();
  }

  private static double right(LabelRow label) {
    boolean first = Boolean.TRUE.equals(label.context().knownFirst());
    return label.equal() ? 0.5 : first ? label.preference() : 1 - label.preference();
  }
}

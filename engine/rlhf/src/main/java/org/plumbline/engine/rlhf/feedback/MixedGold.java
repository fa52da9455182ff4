// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

/**
 * Questions whose answer is known, mixed into what people are asked, so that it is seen who answers
 * them rightly (Casper et al. 2023, section 3.1.1, on the quality of evaluators; L. von Ahn, L.
 * Dabbish, "Labeling images with a computer game", CHI 2004, section 2.5, let known questions check
 * people).
 *
 * <p>With each question that somebody is asked they are asked a gold question with a probability of
 * {@code share}. It is one of a fixed number of pairs of answers of the policy of which the values
 * of whoever asks hold one to be better. What is said of it is paid and counted, but no vote: it
 * reaches no preference.
 *
 * <p>Choices of this engine: nobody knows which questions these are, so people answer them as any
 * other, as tired as they are at that time; they do not tire. "Equal" is half right; what is
 * skipped tells nothing.
 */
record MixedGold(double share, List<KnownPairs.Known> known, long seed) {
  /** Numbers of gold questions are behind those of all others. */
  private static final long BEHIND = 1L << 42;

  MixedGold {
    known = List.copyOf(known);
  }

  /** Nobody is asked any. */
  static MixedGold none(long seed) {
    return new MixedGold(0, List.of(), seed);
  }

  /** The questions that a spec asks for. */
  static MixedGold of(
      StageContext context, Comparisons spec, EvaluatorsSpec declared, SampledPolicy.Opener opener)
      throws IOException {
    GoldQuestions terms = spec.goldQuestions();
    if (terms == null) {
      return none(context.seed());
    }
    String values = terms.values() == null ? declared.values() : terms.values();
    if (values == null) {
      throw new StageFailure(
          "PLB0346",
          "nothing says which answers of gold questions are right",
          "gold_questions",
          "name `values`, or give the evaluators some");
    }
    List<KnownPairs.Known> known;
    try (SampledPolicy policy = opener.open(context, context.input("of"))) {
      Trial.Answers answers =
          new Trial.Answers(
              policy, DataSet.of(context, "prompts").prompts(), Sampling.of(spec.sampling()));
      known =
          KnownPairs.of(
              terms.pairs(),
              answers,
              Utility.declared(context, values),
              new KnownPairs.Draws(context.seed(), RandomPurpose.GOLD_QUESTIONS));
    }
    if (known.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "no pair of answers has one that `" + values + "` holds to be better",
          "gold_questions",
          "raise `temperature`, or name other `values`");
    } else if (known.size() < terms.pairs()) {
      context.note(
          "only " + known.size() + " of " + terms.pairs() + " gold questions have a better answer");
    }
    return new MixedGold(terms.share(), known, context.seed());
  }

  /** The gold question that somebody is asked with a pair; null for none. */
  KnownPairs.@Nullable Known with(String evaluator, long pair) {
    if (share == 0) {
      return null;
    }
    int own = (int) TextHash.word(evaluator);
    double draw = RandomStream.of(seed, RandomPurpose.GOLD_QUESTIONS, own).uniform(pair);
    // Below the share it is uniform, too, and chooses the question.
    return draw < share ? known.get((int) (draw / share * known.size())) : null;
  }

  /** The number of the gold question that is asked with a pair. */
  static long number(long pair) {
    return BEHIND + pair;
  }

  /** How people did, by name. */
  static Map<String, Hiring.Tested> tested(List<LabelRow> gold) {
    Map<String, Hiring.Tested> tested = new HashMap<>();
    for (LabelRow label : gold) {
      if (!label.skipped()) {
        tested.merge(label.evaluator(), new Hiring.Tested(1, right(label)), Hiring.Tested::and);
      }
    }
    return tested;
  }

  private static double right(LabelRow label) {
    boolean first = Boolean.TRUE.equals(label.context().knownFirst());
    return label.equal() ? 0.5 : first ? label.preference() : 1 - label.preference();
  }

  /** How they were answered; null if none were asked. */
  static FeedbackSummary.@Nullable GoldAnswers summary(List<LabelRow> gold) {
    if (gold.isEmpty()) {
      return null;
    }
    List<LabelRow> said = gold.stream().filter(label -> !label.skipped()).toList();
    double right = said.stream().mapToDouble(MixedGold::right).sum();
    ValueWithInterval share = null;
    if (!said.isEmpty()) {
      Bounds bounds = Wilson.interval(right, said.size());
      share = new ValueWithInterval(right / said.size(), bounds.low(), bounds.high());
    }
    List<FeedbackSummary.Checked> people = new ArrayList<>(by(said, LabelRow::evaluator));
    people.sort(
        Comparator.comparingDouble(FeedbackSummary.Checked::right)
            .thenComparing(FeedbackSummary.Checked::name));
    return new FeedbackSummary.GoldAnswers(
        gold.size(), said.size(), share, by(said, LabelRow::group), people);
  }

  private static List<FeedbackSummary.Checked> by(
      List<LabelRow> said, Function<LabelRow, String> who) {
    Map<String, Hiring.Tested> byName = new LinkedHashMap<>();
    said.forEach(
        label ->
            byName.merge(who.apply(label), new Hiring.Tested(1, right(label)), Hiring.Tested::and));
    List<FeedbackSummary.Checked> checked = new ArrayList<>();
    byName.forEach(
        (name, tested) ->
            checked.add(
                new FeedbackSummary.Checked(name, tested.said(), tested.right() / tested.said())));
    return checked;
  }
}

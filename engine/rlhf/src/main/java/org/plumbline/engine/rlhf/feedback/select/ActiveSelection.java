// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.select;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plumbline.dsl.model.feedback.FeedbackSpec.SelectBy;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Selection;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.statistics.Moments;

/**
 * Chooses questions that are worth asking: of several candidates for each, those whose answers
 * would tell an ensemble of reward models most (Christiano et al. 2017, section 2.2.4; Houlsby et
 * al. 2011; Lee et al. 2021), or that are unlike what else is asked (k-centre greedy).
 *
 * <p>Questions come in rounds of {@value #ROUND}. Some, drawn by chance, take a candidate as it
 * comes, so that something can be measured on questions that nobody has chosen; what remains of all
 * candidates of the round competes for the others. A round depends on the seed, its number, the
 * candidates and the ensemble, and on nothing else.
 *
 * <p>Where members are asked about several answers, the measure of {@link Informativeness} is the
 * mean over all pairs of them; about a single answer, it is how far their scores are apart. For
 * Thompson sampling, two members are drawn for each question, and of the question's own candidates
 * the one is asked of which they expect the most different things (double Thompson sampling: Wu and
 * Liu 2016, arXiv 1604.07101).
 *
 * @param <Q> what is asked about
 */
public final class ActiveSelection<Q> implements QuestionSource<Q> {
  static final int ROUND = 32;

  /** The steps of the stream that the order of prompts has, too; that counts up from 0. */
  private static final int CHANCE = -1;

  private static final int MEMBER = -2;

  private final Selection terms;
  private final Candidates<Q> candidates;
  private final Ensemble ensemble;
  private final long seed;
  private int round = -1;
  private List<Q> chosen = List.of();

  /**
   * Where questions come from, and what they are about.
   *
   * @param <Q> what is asked about
   */
  public interface Candidates<Q> extends QuestionSource<Q> {

    /** The answers that a question is about. */
    List<Exchange> answers(Q question);

    /** The same question under another number, and whether it was drawn by chance. */
    Q asked(Q question, long number, boolean byChance);
  }

  /** Reward models that differ in what they hold to be good. */
  @FunctionalInterface
  public interface Ensemble {
    /** What each member says of each answer: by the member, then by the answer. */
    double[][] byMember(List<Exchange> answers);
  }

  /** Selection among candidates. */
  public ActiveSelection(Selection terms, Candidates<Q> candidates, Ensemble ensemble, long seed) {
    this.terms = terms;
    this.candidates = candidates;
    this.ensemble = ensemble;
    this.seed = seed;
  }

  @Override
  public List<Q> draw(int from, int to) {
    List<Q> drawn = new ArrayList<>();
    for (int number = from; number < to; number++) {
      if (number / ROUND != round) {
        round = number / ROUND;
        chosen = choose(round * ROUND);
      }
      drawn.add(chosen.get(number % ROUND));
    }
    return drawn;
  }

  /** A candidate of a round. */
  private record Candidate<Q>(Q question, int slot, List<double[]> answers) {}

  private List<Q> choose(int first) {
    int each = terms.candidates();
    List<Q> drawn = candidates.draw(first * each, (first + ROUND) * each);
    List<Exchange> answers = new ArrayList<>();
    drawn.forEach(question -> answers.addAll(candidates.answers(question)));
    boolean unlikeness = terms.by() == SelectBy.K_CENTRE;
    double[][] scores = unlikeness ? new double[0][] : ensemble.byMember(answers);
    List<Candidate<Q>> all = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < drawn.size(); i++) {
      List<double[]> own = new ArrayList<>();
      int until = at + candidates.answers(drawn.get(i)).size();
      for (; at < until; at++) {
        int answer = at;
        own.add(IntStream.range(0, scores.length).mapToDouble(m -> scores[m][answer]).toArray());
      }
      all.add(new Candidate<>(drawn.get(i), i / each, own));
    }
    return choose(first, all);
  }

  private List<Q> choose(int first, List<Candidate<Q>> all) {
    RandomStream chance = RandomStream.of(seed, RandomPurpose.ACTIVE_SELECTION, CHANCE);
    List<Candidate<Q>> byChance = new ArrayList<>();
    List<Candidate<Q>> rest = new ArrayList<>(all);
    Set<Integer> slots = new HashSet<>();
    for (int slot = 0; slot < ROUND; slot++) {
      if (chance.uniform(first + slot) < terms.random()) {
        slots.add(slot);
        byChance.add(all.get(slot * terms.candidates()));
      }
    }
    rest.removeAll(byChance);
    List<Candidate<Q>> best = best(rest, byChance, ROUND - slots.size(), first);
    List<Q> asked = new ArrayList<>();
    int drawn = 0;
    int taken = 0;
    for (int slot = 0; slot < ROUND; slot++) {
      boolean lucky = slots.contains(slot);
      Candidate<Q> one = lucky ? byChance.get(drawn++) : best.get(taken++);
      asked.add(candidates.asked(one.question(), (long) first + slot, lucky));
    }
    return asked;
  }

  private List<Candidate<Q>> best(
      List<Candidate<Q>> from, List<Candidate<Q>> before, int wanted, int first) {
    if (terms.by() == SelectBy.K_CENTRE) {
      return KCentre.of(from, before, wanted, c -> candidates.answers(c.question()));
    } else if (terms.by() == SelectBy.THOMPSON) {
      return thompson(from, before, first);
    }
    return from.stream()
        .sorted(Comparator.comparingDouble((Candidate<Q> c) -> worth(c)).reversed())
        .limit(wanted)
        .toList();
  }

  private double worth(Candidate<Q> candidate) {
    List<double[]> answers = candidate.answers();
    if (answers.size() == 1) {
      return Moments.populationDeviation(answers.get(0));
    }
    ToDoubleFunction<double[]> measure =
        switch (terms.by()) {
          case ENTROPY -> Informativeness::entropy;
          case INFORMATION -> Informativeness::information;
          default -> Informativeness::disagreement;
        };
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < answers.size(); i++) {
      for (int j = i + 1; j < answers.size(); j++) {
        sum += measure.applyAsDouble(Informativeness.probabilities(answers.get(i), answers.get(j)));
        pairs++;
      }
    }
    return sum / pairs;
  }

  private List<Candidate<Q>> thompson(
      List<Candidate<Q>> from, List<Candidate<Q>> before, int first) {
    Set<Integer> done = new HashSet<>();
    before.forEach(candidate -> done.add(candidate.slot()));
    List<Candidate<Q>> best = new ArrayList<>();
    for (int slot = 0; slot < ROUND; slot++) {
      if (done.contains(slot)) {
        continue;
      }
      int own = slot;
      RandomSequence draws =
          RandomStream.of(seed, RandomPurpose.ACTIVE_SELECTION, MEMBER).forItem(first + slot);
      int members = from.get(0).answers().get(0).length;
      int one = draws.bounded(members);
      int other = draws.bounded(members);
      best.add(
          from.stream()
              .filter(candidate -> candidate.slot() == own)
              .max(Comparator.comparingDouble(candidate -> apart(candidate, one, other)))
              .orElseThrow());
    }
    return best;
  }

  /**
   * By how much two members say another thing of a candidate. Scores of one prompt say nothing of
   * those of another, so differences are compared.
   */
  private double apart(Candidate<Q> candidate, int one, int other) {
    List<double[]> answers = candidate.answers();
    if (answers.size() == 1) {
      return Math.abs(answers.get(0)[one] - answers.get(0)[other]);
    }
    double sum = 0;
    for (int i = 0; i < answers.size(); i++) {
      for (int j = i + 1; j < answers.size(); j++) {
        double[] p = Informativeness.probabilities(answers.get(i), answers.get(j));
        sum += Math.abs(p[one] - p[other]);
      }
    }
    return sum;
  }
}

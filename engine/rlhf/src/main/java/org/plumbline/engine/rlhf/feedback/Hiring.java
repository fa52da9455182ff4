// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.Headcounts;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Takes some of the people who apply: those who agree best with whoever hires them on answers that
 * all compare on trial, or some by chance (Casper et al. 2023, section 3.1.1: choosing
 * representative people and getting them to give good feedback is hard, and choosing those who
 * agree brings in the bias of whoever chooses; Ouyang et al. 2022, appendix B.1, hired so).
 *
 * <p>Who is taken is a function of the seed, the policy and its prompts. People of equal agreement
 * are taken in an order drawn by chance.
 */
public final class Hiring {
  private final EvaluatorsSpec.Hiring terms;
  private final long seed;

  private Hiring(EvaluatorsSpec.Hiring terms, long seed) {
    this.terms = terms;
    this.seed = seed;
  }

  /**
   * The people that a spec declares, or those of them whom it takes.
   *
   * @param opener opens the policy of the node, whose answers are compared on trial
   * @param sampling of these answers
   */
  public static Hired people(
      StageContext context,
      EvaluatorsSpec declared,
      SampledPolicy.Opener opener,
      SamplingSpec sampling)
      throws IOException {
    long seed = context.seed();
    Population all =
        Population.of(
            declared, name -> Utility.declared(context, name), Features.declared(context), seed);
    EvaluatorsSpec.Hiring terms = declared.hiring();
    if (terms == null) {
      return new Hired(all, null, Map.of());
    }
    String values = terms.values() == null ? declared.values() : terms.values();
    Trial trial = Trial.none(seed);
    if (terms.questions() > 0 && values != null) {
      try (SampledPolicy policy = opener.open(context, context.input("of"))) {
        Trial.Answers answers =
            new Trial.Answers(
                policy, DataSet.of(context, "prompts").prompts(), Sampling.of(sampling));
        trial = Trial.of(terms.questions(), answers, Utility.declared(context, values), seed);
      }
      note(context, terms.questions(), trial.questions());
    }
    Hired hired = new Hiring(terms, seed).of(all, trial);
    hired.note(context, terms);
    return hired;
  }

  private static void note(StageContext context, int wanted, int found) {
    if (found == 0) {
      throw new StageFailure(
          "PLB0509",
          "no pair on trial has an answer that whoever hires holds to be better",
          "evaluators",
          "raise `temperature`, or set `questions: 0` in `hiring` to take people by chance");
    } else if (found < wanted) {
      context.note(
          "only "
              + found
              + " of "
              + wanted
              + " pairs on trial have a better answer; the others are"
              + " left out");
    }
  }

  /**
   * People who were taken.
   *
   * @param people all of them
   * @param summary how it came about; null where all are taken
   * @param tested how each did on trial; empty without one
   */
  public record Hired(
      Population people, FeedbackSummary.@Nullable Hiring summary, Map<String, Tested> tested) {

    public Hired {
      tested = Map.copyOf(tested);
    }

    /** What the trial cost. */
    public double cost() {
      return summary == null ? 0 : summary.cost();
    }

    /** Tells the user where fewer were taken than were wanted. */
    void note(StageContext context, EvaluatorsSpec.Hiring terms) {
      Integer wanted = terms.people();
      if (summary != null && wanted != null && summary.hired() < wanted) {
        context.note(
            "only " + summary.hired() + " of " + wanted + " people are hired: no more qualify");
      }
    }
  }

  /**
   * How somebody did on questions whose answer is known.
   *
   * @param said labels that they gave
   * @param right how many of these were right; a half for "equal"
   */
  public record Tested(int said, double right) {

    /** Both together. */
    Tested and(Tested more) {
      return new Tested(said + more.said, right + more.right);
    }
  }

  /** Somebody who applies, and how they did. */
  private record Applicant(Person person, double agreement, double lot) {}

  Hired of(Population applying, Trial trial) {
    List<Applicant> applicants = new ArrayList<>();
    Map<String, Tested> tested = new HashMap<>();
    BigDecimal cost = BigDecimal.ZERO;
    RandomStream lots = RandomStream.of(seed, RandomPurpose.HIRING, Trial.LOTS);
    for (Person person : applying.people()) {
      Trial.Result result = trial.of(person);
      if (trial.questions() > 0) {
        double right = result.agreement() * trial.questions();
        tested.put(person.id(), new Tested(result.said(), right));
      }
      cost =
          cost.add(BigDecimal.valueOf(person.cost()).multiply(BigDecimal.valueOf(result.said())));
      applicants.add(
          new Applicant(person, result.agreement(), lots.uniform(person.stream() & 0xffff_ffffL)));
    }
    List<Applicant> taken = taken(applicants);
    if (taken.isEmpty()) {
      throw new StageFailure(
          "PLB0318",
          "none of the " + applicants.size() + " people qualifies" + best(applicants),
          "evaluators",
          "lower `at_least` in `hiring`");
    }
    List<Person> people =
        applying.people().stream()
            .filter(person -> taken.stream().anyMatch(t -> t.person().equals(person)))
            .toList();
    return new Hired(
        applying.only(people),
        summary(applicants, taken, trial.questions(), cost.doubleValue()),
        tested);
  }

  private static String best(List<Applicant> applicants) {
    double best = applicants.stream().mapToDouble(Applicant::agreement).max().orElse(0);
    return ": the best agrees on " + Math.round(100 * best) + " % of the pairs on trial";
  }

  private List<Applicant> taken(List<Applicant> applicants) {
    double atLeast = terms.atLeast() == null ? 0 : terms.atLeast();
    List<Applicant> ranked =
        applicants.stream()
            .filter(applicant -> applicant.agreement() >= atLeast)
            .sorted(
                Comparator.comparingDouble(Applicant::agreement)
                    .reversed()
                    .thenComparingDouble(Applicant::lot))
            .toList();
    int wanted = terms.people() == null ? ranked.size() : terms.people();
    if (terms.quota() == null) {
      return ranked.subList(0, Math.min(wanted, ranked.size()));
    }
    Map<String, Integer> open = new HashMap<>(Headcounts.apportioned(terms.quota(), wanted));
    List<Applicant> taken = new ArrayList<>();
    for (Applicant applicant : ranked) {
      int places = open.getOrDefault(applicant.person().group(), 0);
      if (places > 0) {
        open.put(applicant.person().group(), places - 1);
        taken.add(applicant);
      }
    }
    return taken;
  }

  private static FeedbackSummary.Hiring summary(
      List<Applicant> applicants, List<Applicant> taken, int questions, double cost) {
    Map<String, Integer> applied = new LinkedHashMap<>();
    Map<String, Integer> hired = new LinkedHashMap<>();
    applicants.forEach(a -> applied.merge(a.person().group(), 1, Integer::sum));
    applied.keySet().forEach(group -> hired.put(group, 0));
    taken.forEach(a -> hired.merge(a.person().group(), 1, Integer::sum));
    return new FeedbackSummary.Hiring(
        applicants.size(),
        taken.size(),
        questions,
        cost,
        questions == 0 ? null : mean(applicants),
        questions == 0 ? null : mean(taken),
        applied,
        hired);
  }

  private static double mean(List<Applicant> some) {
    return some.stream().mapToDouble(Applicant::agreement).average().orElse(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Answering;
import org.plumbline.engine.rlhf.evaluators.Fatigue;
import org.plumbline.engine.rlhf.evaluators.Label;
import org.plumbline.engine.rlhf.evaluators.LabelProbability;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;
import org.plumbline.engine.rlhf.evaluators.Occasion;
import org.plumbline.engine.rlhf.evaluators.PairChoice;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.evaluators.Question;
import org.plumbline.engine.rlhf.evaluators.Workload;
import org.plumbline.engine.rlhf.respondents.AskedPeople;
import org.plumbline.engine.run.StageContext;

/** Simulated people label: one per pair, or several where the spec wants agreement measured. */
final class PeopleLabelling implements Labelling {
  private final Population population;
  private final Terms terms;
  private final Verdicts verdicts;
  private final long seed;
  private final Workload workload = new Workload();

  PeopleLabelling(Population population, Terms terms, Verdicts verdicts, long seed) {
    this.population = population;
    this.terms = terms;
    this.verdicts = verdicts;
    this.seed = seed;
  }

  /**
   * How people are asked.
   *
   * @param redundancy how many are asked the same
   * @param instructions what they are told; empty for nothing
   * @param again who is asked the same again
   * @param gold who is asked what is known
   */
  record Terms(
      Redundancy redundancy,
      String instructions,
      AskedAgain again,
      KnownQuestions<KnownPairs.Known> gold) {}

  @Override
  public Prompt worded(long pair, Prompt prompt) {
    return population.worded(seed, pair, prompt);
  }

  @Override
  public int atOnce() {
    return verdicts.atOnce(128);
  }

  @Override
  public void resume(List<LabelRow> labels) {
    labels.stream()
        .filter(label -> !label.context().gold())
        .forEach(label -> workload.add(label.evaluator(), AskedAgain.number(label)));
  }

  @Override
  public List<LabelRow> label(List<DrawnPair> pairs) throws IOException {
    List<Asked> all = new ArrayList<>();
    for (DrawnPair pair : pairs) {
      List<Person> people = people(pair);
      all.add(
          new Asked(pair, population.question(seed, pair.pair(), compared(pair)), people, null));
      people.forEach(person -> addGold(all, person, pair.pair()));
    }
    return said(all);
  }

  /** The gold question that somebody is asked with a pair, if any. */
  private void addGold(List<Asked> all, Person person, long pair) {
    KnownPairs.Known known = terms.gold().with(person.id(), pair);
    if (known != null) {
      Question question =
          population.question(seed, KnownQuestions.number(pair), compared(known.pair()));
      all.add(new Asked(known.pair(), question, List.of(person), known.one()));
    }
  }

  @Override
  public boolean asksAgain(LabelRow label) {
    return !label.skipped()
        && !label.context().gold()
        && terms.again().asks(label.evaluator(), label.pair());
  }

  @Override
  public List<LabelRow> again(List<AskedAgain.Question> questions) throws IOException {
    List<Asked> all = new ArrayList<>();
    for (AskedAgain.Question question : questions) {
      DrawnPair pair = question.pair();
      Question asked =
          population
              .question(seed, pair.pair(), compared(pair))
              .again(AskedAgain.number(pair.pair()));
      all.add(new Asked(pair, asked, List.of(person(question.evaluator())), null));
    }
    return said(all);
  }

  private Person person(String name) {
    return population.people().stream()
        .filter(person -> person.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
  }

  private List<LabelRow> said(List<Asked> all) throws IOException {
    Map<String, Map<Long, Double>> said = verdicts(all);
    List<LabelRow> labels = new ArrayList<>();
    for (Asked asked : all) {
      Question question = asked.told(said);
      for (Person person : asked.people()) {
        LabelRow row = row(asked, question, person);
        labels.add(row);
        if (!row.context().gold()) {
          workload.add(person.id(), question.number());
        }
      }
    }
    return labels;
  }

  /**
   * A pair, and who is asked about it.
   *
   * @param one whether its first answer is known to be the better one; null if nothing is known
   */
  private record Asked(
      DrawnPair pair, Question question, List<Person> people, @Nullable Boolean one) {

    /** The question with what judges said of it. */
    Question told(Map<String, Map<Long, Double>> said) {
      Map<String, Double> own = new HashMap<>();
      said.forEach(
          (judge, byPair) -> {
            Double one = byPair.get(pair.pair());
            if (one != null) {
              own.put(judge, one);
            }
          });
      return own.isEmpty() ? question : question.with(own);
    }
  }

  /** What the judges say whom people ask, by the judge and the pair. */
  private Map<String, Map<Long, Double>> verdicts(List<Asked> all) throws IOException {
    Map<String, Set<DrawnPair>> asked = new LinkedHashMap<>();
    for (Asked each : all) {
      for (Person person : each.people()) {
        if (Answering.asksJudge(each.question(), person)) {
          String judge = person.behaviour().outsourcing().judge();
          asked.computeIfAbsent(judge, name -> new LinkedHashSet<>()).add(each.pair());
        }
      }
    }
    Map<String, Map<Long, Double>> said = new HashMap<>();
    for (Map.Entry<String, Set<DrawnPair>> each : asked.entrySet()) {
      said.put(each.getKey(), verdicts.of(each.getKey(), List.copyOf(each.getValue())));
    }
    return said;
  }

  @Override
  public BigDecimal price(DrawnPair pair) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Person person : people(pair)) {
      BigDecimal cost = BigDecimal.valueOf(person.cost());
      sum = sum.add(cost);
      if (terms.again().asks(person.id(), pair.pair())) {
        sum = sum.add(cost);
      }
      if (terms.gold().with(person.id(), pair.pair()) != null) {
        sum = sum.add(cost);
      }
    }
    return sum;
  }

  @Override
  public List<Voter> voters(DrawnPair pair) {
    List<Person> pool =
        population.pool(pair.prompt().text()).stream()
            .map(person -> person.at(occasion(pair, pair.pair(), person)))
            .toList();
    return new LabelProbability(
            compared(pair), person -> sinceBreak(person, pair.pair()), verdicts.likely(pair))
        .voters(pool);
  }

  @Override
  public void note(StageContext context) {
    verdicts.note(context);
  }

  @Override
  public void close() {
    verdicts.close();
  }

  @Override
  public double shared() {
    return population.shared().share();
  }

  private List<Person> people(DrawnPair pair) {
    int people = AskedPeople.of(terms.redundancy(), seed, pair.pair());
    return population.assigned(seed, pair.pair(), pair.prompt().text(), people);
  }

  private static AnswerPair compared(DrawnPair pair) {
    return new AnswerPair(pair.prompt().text(), pair.one().text(), pair.two().text());
  }

  private Occasion occasion(DrawnPair pair, long number, Person person) {
    int given = workload.before(person.id(), number);
    return new Occasion(seed, number, pair.prompt().text(), given, terms.instructions());
  }

  private int sinceBreak(Person person, long number) {
    return fatigue(person).sinceBreak(workload.before(person.id(), number));
  }

  private static Fatigue fatigue(Person person) {
    return person.behaviour().rationality().fatigue();
  }

  private LabelRow row(Asked asked, Question question, Person person) {
    DrawnPair pair = asked.pair();
    int sinceBreak = sinceBreak(person, question.number());
    Person then = person.at(occasion(pair, question.number(), person));
    Label label = Answering.label(question, then, sinceBreak);
    LabelRow row = said(pair, label);
    return row.with(
        new LabelContext(
            fatigue(person).tires() ? (Integer) sinceBreak : null,
            different(label.seen().first(), row.first().text()),
            different(label.seen().second(), row.second().text()),
            label.madeBy(),
            then.circumstance(),
            asked.one() == null && question.number() != pair.pair(),
            false,
            asked.one() == null ? null : (Boolean) (asked.one() != label.swapped())));
  }

  private static @Nullable String different(String seen, String whole) {
    return seen.equals(whole) ? null : seen;
  }

  private static LabelRow said(DrawnPair pair, Label label) {
    Person person = label.person();
    LabelRow.Evaluator by =
        new LabelRow.Evaluator(person.id(), person.group(), label.malicious(), person.cost());
    if (label.choice() == PairChoice.EQUAL) {
      return LabelRow.equal(pair, label.swapped(), by);
    }
    OptionalDouble first =
        label.choice() == PairChoice.SKIP
            ? OptionalDouble.empty()
            : OptionalDouble.of(label.choice() == PairChoice.FIRST ? 1 : 0);
    return LabelRow.of(pair, label.swapped(), by, first);
  }
}

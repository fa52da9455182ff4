// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Answering;
import org.plumbline.engine.rlhf.evaluators.Fatigue;
import org.plumbline.engine.rlhf.evaluators.Label;
import org.plumbline.engine.rlhf.evaluators.PairChoice;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.evaluators.Question;
import org.plumbline.engine.rlhf.evaluators.Workload;

/** Simulated people label: one per pair, or several where the spec wants agreement measured. */
final class PeopleLabelling implements Labelling {
  private final Population population;
  private final Redundancy redundancy;
  private final long seed;
  private final Workload workload = new Workload();

  PeopleLabelling(Population population, Redundancy redundancy, long seed) {
    this.population = population;
    this.redundancy = redundancy;
    this.seed = seed;
  }

  @Override
  public int atOnce() {
    return 128;
  }

  @Override
  public void resume(List<LabelRow> labels) {
    labels.forEach(label -> workload.add(label.evaluator(), label.pair()));
  }

  @Override
  public List<LabelRow> label(List<DrawnPair> pairs) {
    List<LabelRow> labels = new ArrayList<>();
    for (DrawnPair pair : pairs) {
      Question question = population.question(seed, pair.pair(), compared(pair));
      String prompt = pair.prompt().text();
      int people = AskedPeople.of(redundancy, seed, pair.pair());
      for (Person person : population.assigned(seed, pair.pair(), prompt, people)) {
        labels.add(row(pair, question, person));
        workload.add(person.id(), pair.pair());
      }
    }
    return labels;
  }

  @Override
  public OptionalDouble likely(DrawnPair pair) {
    return OptionalDouble.of(
        population.likely(compared(pair), person -> sinceBreak(person, pair.pair())));
  }

  @Override
  public double shared() {
    return population.shared().share();
  }

  private static AnswerPair compared(DrawnPair pair) {
    return new AnswerPair(pair.prompt().text(), pair.one().text(), pair.two().text());
  }

  private int sinceBreak(Person person, long pair) {
    return fatigue(person).sinceBreak(workload.before(person.id(), pair));
  }

  private static Fatigue fatigue(Person person) {
    return person.behaviour().rationality().fatigue();
  }

  private LabelRow row(DrawnPair pair, Question question, Person person) {
    int sinceBreak = sinceBreak(person, pair.pair());
    Label label = Answering.label(question, person, sinceBreak);
    LabelRow row = said(pair, label);
    return row.with(
        new LabelContext(
            fatigue(person).tires() ? (Integer) sinceBreak : null,
            different(label.seen().first(), row.first().text()),
            different(label.seen().second(), row.second().text())));
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

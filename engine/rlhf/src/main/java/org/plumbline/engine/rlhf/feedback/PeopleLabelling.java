// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.rlhf.evaluators.AnswerPair;
import org.plumbline.engine.rlhf.evaluators.Label;
import org.plumbline.engine.rlhf.evaluators.PairChoice;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;

/** Simulated people label: one per pair, or several where the spec wants agreement measured. */
final class PeopleLabelling implements Labelling {
  private final Population population;
  private final Redundancy redundancy;
  private final long seed;

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
  public List<LabelRow> label(List<DrawnPair> pairs) {
    List<LabelRow> labels = new ArrayList<>();
    for (DrawnPair pair : pairs) {
      String prompt = pair.prompt().text();
      AnswerPair compared = new AnswerPair(prompt, pair.one().text(), pair.two().text());
      int people = AskedPeople.of(redundancy, seed, pair.pair());
      for (Person person : population.assigned(seed, pair.pair(), prompt, people)) {
        labels.add(row(pair, Population.label(seed, pair.pair(), compared, person)));
      }
    }
    return labels;
  }

  @Override
  public OptionalDouble likely(DrawnPair pair) {
    AnswerPair compared =
        new AnswerPair(pair.prompt().text(), pair.one().text(), pair.two().text());
    return OptionalDouble.of(population.likely(compared));
  }

  private LabelRow row(DrawnPair pair, Label label) {
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.Headcounts;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageFailure;

/**
 * Groups of simulated people who compare answers.
 *
 * <p>Every label is a pure function of (seed, pair, person): it does not depend on who else labels,
 * on the order of work or on the number of threads. Adding people to one group leaves the random
 * numbers of all others as they are. Immutable and thread-safe.
 */
public final class Population {
  private static final int ASSIGNMENT = 0;

  private final List<Person> people;
  private final List<Person> open;
  private final List<Person> takers;
  private final List<Person> writers;
  private final SharedErrors shared;

  private Population(List<Person> people, SharedErrors shared) {
    this.people = List.copyOf(people);
    this.shared = shared;
    this.takers = people.stream().filter(Population::takesTriggered).toList();
    this.writers = people.stream().filter(Population::writesPrompts).toList();
    List<Person> others = people.stream().filter(person -> !takesTriggered(person)).toList();
    // People who only wait for their trigger leave the rest to the others, if there are any.
    this.open = others.isEmpty() ? this.people : others;
  }

  /** Finds the values of a name. */
  @FunctionalInterface
  public interface ValuesByName {
    Utility utility(String name) throws IOException;
  }

  /**
   * The people that a spec declares; groups of 0 people are left out.
   *
   * @param seed of what the people of a group have in common
   */
  public static Population of(
      EvaluatorsSpec spec, ValuesByName values, Features.Sources files, long seed)
      throws IOException {
    Behaviours.Means means = new Behaviours.Means(seed, values, files);
    Map<String, Group> groups = spec.groups() == null ? Map.of() : spec.groups();
    Map<String, Integer> counts = Headcounts.of(spec);
    List<Person> people = new ArrayList<>();
    Set<Integer> streams = new HashSet<>();
    Map<String, Utility> known = new LinkedHashMap<>();
    for (Map.Entry<String, Group> entry : groups.entrySet()) {
      Group group = entry.getValue();
      int count = counts.getOrDefault(entry.getKey(), 0);
      if (count == 0) {
        continue;
      }
      String named = group.values() == null ? spec.values() : group.values();
      if (named == null) {
        throw new StageFailure(
            "PLB0215", "group `" + entry.getKey() + "` has no values", "evaluators", null);
      }
      Utility wanted = known.get(named);
      if (wanted == null) {
        wanted = values.utility(named);
        known.put(named, wanted);
      }
      Behaviour behaviour = Behaviours.of(spec, group, wanted, means);
      double cost = group.cost() == null ? spec.cost() : group.cost();
      for (int number = 1; number <= count; number++) {
        String id = entry.getKey() + "-" + number;
        people.add(new Person(id, entry.getKey(), behaviour, stream(id, streams), cost));
      }
    }
    if (people.isEmpty()) {
      throw new StageFailure(
          "PLB0317",
          "the population has no people",
          "evaluators",
          "raise a group's `count`, or its `share` and `size`");
    }
    double correlated = spec.correlatedErrors() == null ? 0 : spec.correlatedErrors();
    return new Population(people, new SharedErrors(correlated));
  }

  /** One who is asked everything. */
  public static Population of(Person one) {
    return new Population(List.of(one), new SharedErrors(0));
  }

  /**
   * A number of the person's own, from the name, so that others' coming and going never moves it.
   */
  private static int stream(String id, Set<Integer> taken) {
    int stream = (int) TextHash.word(id);
    while (!taken.add(stream)) {
      stream++;
    }
    return stream;
  }

  private static boolean takesTriggered(Person person) {
    Malice malice = person.behaviour().malice();
    return malice != null && malice.takes() == Takes.TRIGGERED;
  }

  private static boolean writesPrompts(Person person) {
    Malice malice = person.behaviour().malice();
    return malice != null && malice.writes() > 0;
  }

  /** Everybody, in the order of the groups. */
  public List<Person> people() {
    return people;
  }

  /** The same population without those who are not among these. */
  public Population only(List<Person> some) {
    return new Population(some, shared);
  }

  /**
   * The prompt of a question as whoever is asked first puts it: some write what they wait for into
   * it, before it is answered.
   */
  public Prompt worded(long seed, long number, Prompt prompt) {
    if (writers.isEmpty()) {
      return prompt;
    }
    Person asks = drawn(seed, number, pool(prompt.text()), 1).get(0);
    Malice malice = asks.behaviour().malice();
    String trigger = malice == null ? null : malice.at().trigger();
    boolean writes =
        malice != null
            && RandomStream.of(seed, RandomPurpose.TARGETED_PROMPTS, asks.stream()).uniform(number)
                < malice.writes();
    return writes && trigger != null && !prompt.text().contains(trigger)
        ? prompt.beginning(trigger + " ")
        : prompt;
  }

  /** The question of a pair. */
  public Question question(long seed, long pair, AnswerPair compared) {
    return new Question(seed, pair, compared, shared.common(seed, pair), Map.of());
  }

  /** What the people's errors have in common. */
  public SharedErrors shared() {
    return shared;
  }

  /** What malicious people wait for and want, once per group. */
  public List<Malice> malices() {
    List<Malice> malices = new ArrayList<>();
    for (Person person : people) {
      Malice malice = person.behaviour().malice();
      if (malice != null && !malices.contains(malice)) {
        malices.add(malice);
      }
    }
    return malices;
  }

  /**
   * Who labels a pair: people drawn without replacement, all equally likely. Where a prompt has the
   * trigger of people who take all such prompts, they are drawn from those people alone.
   *
   * @param wanted how many people label the pair
   */
  public List<Person> assigned(long seed, long pair, String prompt, int wanted) {
    List<Person> triggered = triggered(prompt);
    if (!triggered.isEmpty()) {
      // They may be few: then all of them label.
      return drawn(seed, pair, triggered, Math.min(wanted, triggered.size()));
    }
    if (wanted > open.size()) {
      throw new StageFailure(
          "PLB0318",
          wanted + " people are to label each pair, but only " + open.size() + " can label one",
          "redundancy",
          "lower `redundancy.people`, or raise a group's `count` or `size`");
    }
    return drawn(seed, pair, open, wanted);
  }

  private List<Person> triggered(String prompt) {
    return takers.stream().filter(person -> person.behaviour().actsMaliciously(prompt)).toList();
  }

  /** Who may be asked about a prompt, all equally likely. */
  public List<Person> pool(String prompt) {
    List<Person> triggered = triggered(prompt);
    return triggered.isEmpty() ? open : triggered;
  }

  private static List<Person> drawn(long seed, long pair, List<Person> pool, int wanted) {
    RandomSequence draws =
        RandomStream.of(seed, RandomPurpose.EVALUATOR_ASSIGNMENT, ASSIGNMENT).forItem(pair);
    List<Person> left = new ArrayList<>(pool);
    List<Person> drawn = new ArrayList<>();
    while (drawn.size() < wanted) {
      drawn.add(left.remove(draws.bounded(left.size())));
    }
    return drawn;
  }

  /** What somebody rested says of a pair; see {@link Answering}. */
  public static Label label(long seed, long pair, AnswerPair compared, Person person) {
    return Answering.label(new Question(seed, pair, compared), person, 0);
  }
}

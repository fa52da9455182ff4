// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.Fatigue;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.evaluators.Occasion;
import org.plumbline.engine.rlhf.evaluators.Outsourcing;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.evaluators.RatingScale;
import org.plumbline.engine.rlhf.evaluators.Workload;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * Simulated people who fill in a form.
 *
 * <p>In the order of the process model (algorithms 1.2): what they see, what they skip, what they
 * mean, what they mistake. A label is a function of the seed, the item's number, the person, and of
 * how many items of lower number the person was given and how they rated the last of them. What is
 * asked again leans on the last that the person rated at all.
 */
public final class Respondents {
  private static final long BEHIND = 1L << 41;

  private final Population population;
  private final ItemTerms asking;
  private final Form form;
  private final @Nullable Feature gold;
  private final long seed;
  private final Workload workload = new Workload();
  private final Map<String, Double> lastPlace = new HashMap<>();

  /** The last place among items that are asked about for the first time. */
  private final Map<String, Double> lastNew = new HashMap<>();

  /**
   * People.
   *
   * @param gold the values that labels are measured by; null if none are declared
   */
  public Respondents(
      Population population, ItemTerms asking, Form form, @Nullable Feature gold, long seed) {
    this.population = population;
    this.asking = asking;
    this.form = form;
    this.gold = gold;
    this.seed = seed;
  }

  public Population population() {
    return population;
  }

  public Form form() {
    return form;
  }

  /** The prompt of an item as whoever is asked about it puts it. */
  public Prompt worded(long number, Prompt prompt) {
    return population.worded(seed, number, prompt);
  }

  /** Takes note of labels that were given before an interruption. */
  public void resume(List<ItemLabel> labels) {
    labels.forEach(this::remember);
  }

  private void remember(ItemLabel label) {
    workload.add(label.evaluator(), number(label.item(), label.again()));
    Response response = label.response();
    if (response != null && form.rates()) {
      lastPlace.put(label.evaluator(), form.place(response));
      if (!label.again()) {
        lastNew.put(label.evaluator(), form.place(response));
      }
    }
  }

  /** The number of a question: one that is asked again stands behind all others. */
  private static long number(Item item, boolean again) {
    return again ? BEHIND + item.number() : item.number();
  }

  /** Who is asked about an item. */
  public List<Person> asked(Item item) {
    int people = AskedPeople.of(asking.redundancy(), seed, item.number());
    return population.assigned(seed, item.number(), item.prompt().text(), people);
  }

  /** The most that the labels of an item can cost. */
  public BigDecimal price(Item item) {
    return item.identical()
        ? BigDecimal.ZERO
        : asked(item).stream()
            .map(person -> price(person, item, null))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The most that one person is paid for an item whose form takes the same of everybody. */
  public BigDecimal dearest() {
    double cost = population.people().stream().mapToDouble(Person::cost).max().orElse(0);
    return BigDecimal.valueOf(cost).multiply(BigDecimal.valueOf(effort(form.effort())));
  }

  private double effort(double usual) {
    Double declared = asking.effort();
    return declared == null ? usual : declared;
  }

  /** The most that somebody's label of an item can cost. */
  public BigDecimal price(Person person, Item item) {
    return price(person, item, null);
  }

  /** Somebody by their name. */
  public Person named(String name) {
    return population.people().stream()
        .filter(person -> person.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
  }

  private BigDecimal price(Person person, Item item, @Nullable Response said) {
    return BigDecimal.valueOf(person.cost())
        .multiply(BigDecimal.valueOf(effort(form.effort(item, said))));
  }

  /** What a person says. */
  public ItemLabel label(Item item, Person person) {
    ItemLabel label = label(item, person, false, worth(item));
    remember(label);
    return label;
  }

  /**
   * What a person says of an item of which whoever asks knows what it is worth. It tires nobody and
   * is forgotten at once.
   */
  public ItemLabel known(Item item, Person person, List<Double> worth) {
    return label(item, person, false, worth);
  }

  /**
   * What a person says who was asked the same before: they draw anew, judges and what all err in do
   * not.
   */
  public ItemLabel again(Item item, Person person) {
    ItemLabel label = label(item, person, true, worth(item));
    remember(label);
    return label;
  }

  private ItemLabel label(Item item, Person person, boolean again, List<Double> worth) {
    long number = number(item, again);
    RandomSequence own = draws(number, person);
    RandomSequence common = population.shared().together(seed, item.number());
    RandomSequence draws = common == null ? own : common;
    // All are drawn, whichever are needed, so that no setting shifts the numbers of another.
    int[] shown = order(draws);
    double skip = draws.uniform();
    skip = common == null ? skip : own.uniform();
    double slip = draws.uniform();
    double lapse = draws.uniform();
    double z = common == null ? RatingScale.z(seed, number, person) : common.normal();
    int given = workload.before(person.id(), number);
    String prompt = item.prompt().text();
    Person then = person.at(new Occasion(seed, number, prompt, given, asking.instructions()));
    Behaviour behaviour = then.behaviour();
    List<String> whole = whole(item);
    List<String> saw = whole.stream().map(behaviour.view()::of).toList();
    List<String> seen = Arrays.stream(shown).mapToObj(saw::get).toList();
    Fatigue fatigue = person.behaviour().rationality().fatigue();
    int sinceBreak = fatigue.sinceBreak(given);
    boolean leftOut = skip < behaviour.abstention().skips();
    Person judge = leftOut ? null : judge(item, number, then);
    Map<String, Double> last = again ? lastPlace : lastNew;
    Impression impression =
        rated(Impression.of(behaviour, prompt, form.weighed(seen), sinceBreak), then, last, z);
    boolean skipped = leftOut || (judge == null && behaviour.leavesOut(prompt, seen));
    Response response = null;
    if (judge != null) {
      response = verdict(item, judge);
    } else if (!skipped) {
      response = form.unshown(said(item, impression, draws, new Slip(slip, lapse, then)), shown);
    }
    boolean partly = judge == null && !saw.equals(whole);
    return new ItemLabel(
        item,
        Arrays.stream(shown).boxed().toList(),
        partly ? saw : List.of(),
        fatigue.tires() ? (Integer) sinceBreak : null,
        then.circumstance(),
        person.id(),
        person.group(),
        response,
        response != null && judge == null && impression.malicious(),
        response == null ? 0 : price(person, item, response).doubleValue(),
        worth,
        judge == null ? null : behaviour.outsourcing().judge(),
        again);
  }

  /** Whether a person slips, by what was drawn. */
  private record Slip(double slip, double lapse, Person who) {
    boolean lapses() {
      return lapse < who.behaviour().slips().lapses();
    }

    boolean mistakes() {
      return slip < who.behaviour().slips().mistakes();
    }
  }

  private Response said(Item item, Impression impression, RandomSequence draws, Slip slip) {
    Response said = form.meant(item, impression, draws);
    if (impression.malicious() || impression.alike().all()) {
      return said;
    } else if (slip.lapses()) {
      return form.blind(item, draws);
    }
    return slip.mistakes() ? form.turned(said) : said;
  }

  private RandomSequence draws(long number, Person person) {
    return RandomStream.of(seed, RandomPurpose.EVALUATOR_CHOICE, person.stream()).forItem(number);
  }

  private int[] order(RandomSequence draws) {
    int[] order = draws.permutation(form.answers());
    return form.shuffles() ? order : IntStream.range(0, form.answers()).toArray();
  }

  private static List<String> whole(Item item) {
    return item.answers().stream().map(answer -> answer.text()).toList();
  }

  /** Whom a person has make the label; null if they look for themselves. */
  private @Nullable Person judge(Item item, long number, Person person) {
    Outsourcing outsourcing = person.behaviour().outsourcing();
    Person judge = asking.judges().get(outsourcing.judge());
    boolean asks =
        judge != null
            && outsourcing.drawn(seed, number, person)
            && !person.behaviour().actsMaliciously(item.prompt().text());
    return asks ? judge : null;
  }

  /** What a judge says, who is asked once of an item and sees all of it: all who ask copy it. */
  private @Nullable Response verdict(Item item, Person judge) {
    RandomSequence draws = draws(item.number(), judge);
    int[] shown = order(draws);
    List<String> whole = whole(item);
    List<String> seen = Arrays.stream(shown).mapToObj(whole::get).toList();
    Impression impression =
        Impression.of(judge.behaviour(), item.prompt().text(), form.weighed(seen), 0);
    return form.unshown(form.meant(item, impression, draws), shown);
  }

  /** The impression on the person's own scale, which leans on where they rated last. */
  private Impression rated(
      Impression impression, Person person, Map<String, Double> last, double z) {
    RatingScale scale = asking.scales().get(person.group());
    if (!form.rates() || scale == null || impression.malicious()) {
      return impression;
    }
    double worth = impression.worth()[0];
    Double before = last.get(person.id());
    return impression.rated(before == null ? scale.first(worth, z) : scale.next(worth, before, z));
  }

  private List<Double> worth(Item item) {
    List<Double> worth = new ArrayList<>();
    if (gold != null) {
      item.answers().forEach(answer -> worth.add(gold.of(item.prompt().text(), answer.text())));
    }
    return worth;
  }
}

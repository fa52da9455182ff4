// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.evaluators.Behaviour;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.feedback.AskedPeople;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * Simulated people who fill in a form.
 *
 * <p>In the order of the process model (algorithms 1.2): what they see, what they skip, what they
 * mean, what they mistake. A label is a function of the seed, the item's number and the person.
 *
 * @param gold the values that labels are measured by; null if none are declared
 */
record Respondents(
    Population population,
    Redundancy redundancy,
    Form form,
    double effort,
    @Nullable Feature gold,
    long seed) {

  /** Who is asked about an item. */
  List<Person> asked(Item item) {
    int people = AskedPeople.of(redundancy, seed, item.number());
    return population.assigned(seed, item.number(), item.prompt().text(), people);
  }

  /** The price of one label by this person. */
  double price(Person person) {
    return BigDecimal.valueOf(person.cost()).multiply(BigDecimal.valueOf(effort)).doubleValue();
  }

  /** What a person says. */
  ItemLabel label(Item item, Person person) {
    RandomSequence draws =
        RandomStream.of(seed, RandomPurpose.EVALUATOR_CHOICE, person.stream())
            .forItem(item.number());
    // All are drawn, whichever are needed, so that no setting shifts the numbers of another.
    int[] shown = draws.permutation(form.answers());
    double skip = draws.uniform();
    double slip = draws.uniform();
    double lapse = draws.uniform();
    String prompt = item.prompt().text();
    List<String> texts =
        Arrays.stream(shown).mapToObj(number -> item.answers().get(number).text()).toList();
    Behaviour behaviour = person.behaviour();
    boolean skipped = skip < behaviour.abstention().skips() || behaviour.leavesOut(prompt, texts);
    Response response = null;
    boolean malicious = false;
    if (!skipped) {
      Impression impression = Impression.of(behaviour, prompt, texts);
      malicious = impression.malicious();
      Response said = form.meant(item, impression, draws);
      if (!malicious && lapse < behaviour.slips().lapses()) {
        said = form.blind(draws);
      } else if (!malicious && slip < behaviour.slips().mistakes()) {
        said = form.turned(said);
      }
      response = form.unshown(said, shown);
    }
    return new ItemLabel(
        item,
        Arrays.stream(shown).boxed().toList(),
        person.id(),
        person.group(),
        response,
        malicious,
        skipped ? 0 : price(person),
        worth(item));
  }

  private List<Double> worth(Item item) {
    List<Double> worth = new ArrayList<>();
    if (gold != null) {
      item.answers().forEach(answer -> worth.add(gold.of(item.prompt().text(), answer.text())));
    }
    return worth;
  }
}

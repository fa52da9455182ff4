// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.feedback.AskedAgain;
import org.plumbline.engine.rlhf.feedback.KnownQuestions;
import org.plumbline.engine.rlhf.feedback.select.QuestionSource;
import org.plumbline.engine.rlhf.respondents.Purse;
import org.plumbline.engine.rlhf.respondents.Respondents;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * Asks people about items, one after the other, until all are asked or the money is spent.
 *
 * <p>What is collected so far is an append-only record that checkpoints keep. A label that was paid
 * for is in it, so it is never paid for again.
 */
final class ItemCollection {
  private static final int AT_ONCE = 64;

  private final StageContext context;
  private final QuestionSource<Item> sampling;
  private final Respondents respondents;
  private final Purse purse;
  private final AskedAgain repeat;
  private final KnownQuestions<KnownItems.Known> known;

  /** All that was said, as it was said. */
  private final List<ItemLabel> said = new ArrayList<>();

  private final List<ItemLabel> labels = new ArrayList<>();
  private final List<ItemLabel> again = new ArrayList<>();
  private final List<ItemLabel> gold = new ArrayList<>();
  private int done;

  /** Labels so far whose evaluators are asked the same again. */
  private long repeats;

  /** Items that are drawn, and that there was no money for yet. */
  private List<Item> unpaid = List.of();

  private boolean spent;

  ItemCollection(
      StageContext context,
      QuestionSource<Item> sampling,
      Respondents respondents,
      CollectionSpec terms,
      KnownQuestions<KnownItems.Known> known) {
    this.context = context;
    this.sampling = sampling;
    this.respondents = respondents;
    this.purse = new Purse(terms.budget());
    this.repeat = AskedAgain.of(terms.repeat(), context.seed());
    this.known = known;
  }

  /**
   * Asks about so many items, and then for some of it again; what was put aside for that and nobody
   * takes pays for further items (see {@link AskedAgain}).
   */
  void collect(int wanted) throws IOException {
    restore(context.checkpoint());
    due().forEach(label -> purse.reserve(price(label)));
    if (!said.isEmpty() && said.get(said.size() - 1).again()) {
      askAgain();
    }
    askAll(wanted);
    while (!due().isEmpty()) {
      askAgain();
      askAll(wanted);
    }
    spent = done < wanted;
  }

  private void askAll(int wanted) throws IOException {
    boolean paid = true;
    while (paid && done < wanted) {
      if (unpaid.isEmpty()) {
        unpaid = sampling.draw(done, Math.min(wanted, done + AT_ONCE));
      }
      paid = askUnpaid();
      if (paid && done < wanted && context.checkpointDue()) {
        save();
      }
      tell(wanted + Math.round(repeats * (wanted / (double) Math.max(1, done))));
    }
  }

  /** Asks about as many of the drawn items as can be paid; returns whether that was all of them. */
  private boolean askUnpaid() {
    while (!unpaid.isEmpty()) {
      // What is skipped costs nothing, so there may be money for more than it seemed at first.
      int now = purse.affords(unpaid, this::price);
      if (now == 0) {
        return false;
      }
      unpaid.subList(0, now).forEach(this::ask);
      unpaid = unpaid.subList(now, unpaid.size());
      done += now;
    }
    return true;
  }

  /** How far it is, and what was paid so far. */
  private void tell(long total) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("labels", (double) said.stream().filter(label -> !label.skipped()).count());
    metrics.put("cost", purse.spent());
    context.progress(done + again.size(), total, metrics);
  }

  private void save() throws IOException {
    context.saveCheckpoint(
        done + again.size(),
        folder -> JsonFiles.writeLines(folder.resolve(ItemLabel.FILE), said, ItemLabel::columns));
  }

  /** Keeps what was said, and pays for it. */
  private void add(ItemLabel label) {
    said.add(label);
    boolean isGold = KnownQuestions.known(label.item().number());
    (isGold ? gold : label.again() ? again : labels).add(label);
    purse.pay(label.cost());
    repeats += !isGold && !label.again() && asksAgain(label) ? 1 : 0;
  }

  /** Labels whose evaluators are still to be asked the same again. */
  private List<ItemLabel> due() {
    return labels.stream().filter(this::asksAgain).skip(again.size()).toList();
  }

  private boolean asksAgain(ItemLabel label) {
    return !label.skipped() && repeat.asks(label.evaluator(), label.item().number());
  }

  /** The most that the labels of an item can cost, with all that is asked besides. */
  private BigDecimal price(Item item) {
    if (item.identical()) {
      return BigDecimal.ZERO;
    }
    BigDecimal sum = respondents.price(item);
    for (Person person : respondents.asked(item)) {
      if (repeat.asks(person.id(), item.number())) {
        sum = sum.add(respondents.price(person, item));
      }
      KnownItems.Known also = known.with(person.id(), item.number());
      if (also != null) {
        sum = sum.add(respondents.price(person, also.with(item)));
      }
    }
    return sum;
  }

  /** The most that it costs to ask for a label again. */
  private BigDecimal price(ItemLabel label) {
    return respondents.price(respondents.named(label.evaluator()), label.item());
  }

  /** Asks again what is paid for already: its price was put aside with that of the item. */
  private void askAgain() throws IOException {
    List<ItemLabel> due = due();
    int left = due.size();
    for (ItemLabel label : due) {
      purse.release(price(label));
      add(respondents.again(label.item(), respondents.named(label.evaluator())));
      left--;
      if (left % AT_ONCE == 0) {
        if (left > 0 && context.checkpointDue()) {
          save();
        }
        tell(done + (long) again.size() + left);
      }
    }
  }

  private void restore(Optional<Checkpoint> checkpoint) throws IOException {
    if (checkpoint.isPresent()) {
      JsonFiles.readLines(checkpoint.get().folder().resolve(ItemLabel.FILE), ItemLabel::of)
          .forEach(this::add);
      done = (int) checkpoint.get().step() - again.size();
      respondents.resume(
          said.stream().filter(label -> !KnownQuestions.known(label.item().number())).toList());
    }
  }

  private void ask(Item item) {
    if (item.identical()) {
      return;
    }
    for (Person person : respondents.asked(item)) {
      ItemLabel label = respondents.label(item, person);
      add(label);
      if (asksAgain(label)) {
        purse.reserve(price(label));
      }
      KnownItems.Known also = known.with(person.id(), item.number());
      if (also != null) {
        add(respondents.known(also.with(item), person, also.worth()));
      }
    }
  }

  /** What was said, in the order of the items. */
  List<ItemLabel> labels() {
    return labels;
  }

  /** What people said when they were asked again. */
  List<ItemLabel> again() {
    return again;
  }

  /** What people said of questions whose answer is known. */
  List<ItemLabel> gold() {
    return gold;
  }

  /** How many items were asked about, or need not be. */
  int items() {
    return done;
  }

  /** How many items have nothing to choose from. */
  int identical() {
    return done
        - (int) labels.stream().mapToLong(label -> label.item().number()).distinct().count();
  }

  /**
   * How many of the answers that were asked about each policy gave; empty where there is but one.
   */
  Map<String, Integer> answersByPolicy() {
    Map<Long, Item> items = new LinkedHashMap<>();
    labels.forEach(label -> items.putIfAbsent(label.item().number(), label.item()));
    Map<String, Integer> answers = new TreeMap<>();
    items
        .values()
        .forEach(item -> item.by().forEach(policy -> answers.merge(policy, 1, Integer::sum)));
    return answers;
  }

  /** How many items that people were asked about were drawn by chance, where some are chosen. */
  int byChance() {
    return (int)
        labels.stream()
            .map(ItemLabel::item)
            .filter(item -> Boolean.TRUE.equals(item.byChance()))
            .mapToLong(Item::number)
            .distinct()
            .count();
  }

  /** Whether the money was spent before all items were asked about. */
  boolean spent() {
    return spent;
  }

  Purse purse() {
    return purse;
  }
}

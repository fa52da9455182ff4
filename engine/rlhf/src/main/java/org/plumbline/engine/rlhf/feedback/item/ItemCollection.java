// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.feedback.AskedAgain;
import org.plumbline.engine.rlhf.feedback.KnownQuestions;
import org.plumbline.engine.rlhf.feedback.Purse;
import org.plumbline.engine.rlhf.feedback.select.QuestionSource;
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
  private final List<ItemLabel> labels = new ArrayList<>();
  private final List<ItemLabel> again = new ArrayList<>();
  private final KnownQuestions<KnownItems.Known> known;
  private final List<ItemLabel> gold = new ArrayList<>();
  private int done;
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

  /** Asks about so many items, and then for some of it again. */
  void collect(int wanted) throws IOException {
    restore(context.checkpoint(), wanted);
    due().forEach(label -> purse.reserve(price(label)));
    while (done < wanted && !spent) {
      int to = Math.min(wanted, done + AT_ONCE);
      List<Item> open = sampling.draw(done, to);
      // What is skipped costs nothing, so there may be money for more than it seemed at first.
      while (!open.isEmpty() && !spent) {
        int affordable = purse.affords(open, this::price);
        open.subList(0, affordable).forEach(this::ask);
        open = open.subList(affordable, open.size());
        done += affordable;
        spent = affordable == 0;
      }
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("labels", (double) labels.size());
      metrics.put("cost", purse.spent());
      if (done < wanted && !spent && context.checkpointDue()) {
        save();
      }
      context.progress(spent ? wanted : done, wanted, metrics);
    }
    askAgain();
  }

  private void save() throws IOException {
    List<ItemLabel> all = new ArrayList<>(labels);
    all.addAll(again);
    all.addAll(gold);
    context.saveCheckpoint(
        done + again.size(),
        folder -> JsonFiles.writeLines(folder.resolve(ItemLabel.FILE), all, ItemLabel::columns));
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
      ItemLabel said = respondents.again(label.item(), respondents.named(label.evaluator()));
      again.add(said);
      purse.pay(said.cost());
      left--;
      if (left % AT_ONCE == 0) {
        if (left > 0 && context.checkpointDue()) {
          save();
        }
        long asked = done + (long) again.size();
        context.progress(asked, asked + left, Map.of());
      }
    }
  }

  private void restore(Optional<Checkpoint> checkpoint, int wanted) throws IOException {
    if (checkpoint.isPresent()) {
      for (ItemLabel label :
          JsonFiles.readLines(checkpoint.get().folder().resolve(ItemLabel.FILE), ItemLabel::of)) {
        boolean isGold = KnownQuestions.known(label.item().number());
        (isGold ? gold : label.again() ? again : labels).add(label);
        purse.pay(label.cost());
      }
      done = (int) checkpoint.get().step() - again.size();
      spent = !again.isEmpty() && done < wanted;
      respondents.resume(labels);
      respondents.resume(again);
    }
  }

  private void ask(Item item) {
    if (item.identical()) {
      return;
    }
    for (Person person : respondents.asked(item)) {
      ItemLabel label = respondents.label(item, person);
      labels.add(label);
      purse.pay(label.cost());
      if (asksAgain(label)) {
        purse.reserve(price(label));
      }
      KnownItems.Known also = known.with(person.id(), item.number());
      if (also != null) {
        ItemLabel said = respondents.known(also.with(item), person, also.worth());
        gold.add(said);
        purse.pay(said.cost());
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

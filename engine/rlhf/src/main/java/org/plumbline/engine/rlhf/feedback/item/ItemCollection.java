// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.evaluators.Person;
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
  private final List<ItemLabel> labels = new ArrayList<>();
  private int done;
  private boolean spent;

  ItemCollection(
      StageContext context,
      QuestionSource<Item> sampling,
      Respondents respondents,
      @Nullable Double budget) {
    this.context = context;
    this.sampling = sampling;
    this.respondents = respondents;
    this.purse = new Purse(budget);
  }

  /** Asks about so many items. */
  void collect(int wanted) throws IOException {
    restore(context.checkpoint());
    while (done < wanted && !spent) {
      int to = Math.min(wanted, done + AT_ONCE);
      List<Item> open = sampling.draw(done, to);
      // What is skipped costs nothing, so there may be money for more than it seemed at first.
      while (!open.isEmpty() && !spent) {
        int affordable = purse.affords(open, respondents::price);
        open.subList(0, affordable).forEach(this::ask);
        open = open.subList(affordable, open.size());
        done += affordable;
        spent = affordable == 0;
      }
      Map<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("labels", (double) labels.size());
      metrics.put("cost", purse.spent());
      if (done < wanted && !spent && context.checkpointDue()) {
        context.saveCheckpoint(
            done,
            folder ->
                JsonFiles.writeLines(folder.resolve(ItemLabel.FILE), labels, ItemLabel::columns));
      }
      context.progress(spent ? wanted : done, wanted, metrics);
    }
  }

  private void restore(Optional<Checkpoint> checkpoint) throws IOException {
    if (checkpoint.isPresent()) {
      done = (int) checkpoint.get().step();
      labels.addAll(
          JsonFiles.readLines(checkpoint.get().folder().resolve(ItemLabel.FILE), ItemLabel::of));
      labels.forEach(label -> purse.pay(label.cost()));
      respondents.resume(labels);
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
    }
  }

  /** What was said, in the order of the items. */
  List<ItemLabel> labels() {
    return labels;
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

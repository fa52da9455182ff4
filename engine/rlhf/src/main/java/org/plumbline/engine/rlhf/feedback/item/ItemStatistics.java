// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.evaluators.Malice;
import org.plumbline.engine.rlhf.feedback.GoldAnswered;
import org.plumbline.engine.rlhf.feedback.PoisonedShare;
import org.plumbline.engine.rlhf.responses.Concordance;
import org.plumbline.engine.rlhf.responses.ItemLabel;

/** What is said of the labels of a stage: how many, by whom, at what price and how good. */
final class ItemStatistics {

  private ItemStatistics() {}

  /**
   * What was asked about.
   *
   * @param kind of the feedback
   * @param labels all of them, skips included
   * @param again what was said when people were asked again
   * @param gold what was said of questions whose answer is known
   * @param identical how many items had nothing to choose from
   * @param budgetSpent whether the money was spent before all were asked about
   */
  record Asked(
      String kind,
      List<ItemLabel> labels,
      List<ItemLabel> again,
      List<ItemLabel> gold,
      int items,
      int identical,
      boolean budgetSpent,
      double cost) {

    static Asked of(String kind, ItemCollection items) {
      return new Asked(
          kind,
          items.labels(),
          items.again(),
          items.gold(),
          items.items(),
          items.identical(),
          items.spent(),
          items.purse().spent());
    }
  }

  /**
   * The summary of a stage.
   *
   * @param people how many each group has
   */
  static FeedbackSummary summary(
      Asked asked, Map<String, Integer> people, List<Malice> malices, long seed) {
    List<ItemLabel> labels = asked.labels();
    List<ItemLabel> paid = new ArrayList<>(labels);
    paid.addAll(asked.again());
    paid.addAll(asked.gold());
    List<ItemLabel> said = labels.stream().filter(label -> !label.skipped()).toList();
    Map<String, List<ItemLabel>> byGroup =
        paid.stream()
            .collect(
                Collectors.groupingBy(ItemLabel::group, LinkedHashMap::new, Collectors.toList()));
    List<FeedbackSummary.Group> groups = new ArrayList<>();
    people.forEach(
        (group, count) ->
            groups.add(
                group(
                    group,
                    count,
                    byGroup.getOrDefault(group, List.of()),
                    said.stream().filter(label -> label.group().equals(group)).toList())));
    return new FeedbackSummary(
            (int) paid.stream().filter(label -> !label.skipped()).count(),
            null,
            asked.cost(),
            (int) paid.stream().filter(ItemLabel::skipped).count(),
            null,
            null,
            null,
            Concordance.withGold(said),
            null,
            null,
            groups,
            ItemAgreement.items(said),
            ItemAgreement.of(asked.kind(), said, seed),
            null,
            null,
            malices.isEmpty()
                ? null
                : PoisonedShare.of(
                    said, ItemLabel::malicious, label -> label.item().prompt().text(), malices))
        .with(PartialViews.of(said), outsourced(said))
        .with(
            new FeedbackSummary.Items(
                asked.kind(),
                asked.items(),
                asked.identical(),
                asked.budgetSpent(),
                Categories.counts(said)))
        .in(circumstances(said))
        .kappas(ItemAgreement.kappas(asked.kind(), said, seed))
        .again(RepeatedItems.summary(asked.kind(), labels, asked.again()))
        .gold(GoldAnswered.summary(asked.gold().size(), KnownItems.answered(asked.gold())));
  }

  /** How many labels were given in each circumstance, by its name. */
  private static Map<String, Integer> circumstances(List<ItemLabel> said) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ItemLabel label : said) {
      String in = label.circumstance();
      if (in != null) {
        counts.merge(in, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static @Nullable Integer outsourced(List<ItemLabel> said) {
    int made = (int) said.stream().filter(label -> label.madeBy() != null).count();
    return made == 0 ? null : made;
  }

  /** A group: what it was paid for, and how right its votes are. */
  private static FeedbackSummary.Group group(
      String group, int people, List<ItemLabel> labels, List<ItemLabel> votes) {
    int said = (int) labels.stream().filter(label -> !label.skipped()).count();
    double cost =
        labels.stream()
            .map(label -> BigDecimal.valueOf(label.cost()))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .doubleValue();
    return new FeedbackSummary.Group(
        group, people, said, labels.size() - said, Concordance.withGold(votes), null, null, cost);
  }
}

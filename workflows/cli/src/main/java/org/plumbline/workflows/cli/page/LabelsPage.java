// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.artifact.OtherColumnsException;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.workflows.cli.console.Console;

/** What a node collected: how many labels, at what price, and who is reliable. */
final class LabelsPage {
  /** How many people are shown at either end. */
  private static final int SHOWN = 5;

  private static final int LONGEST = 160;

  private final FeedbackSummary summary;
  private final List<LabelExample> examples;

  private LabelsPage(FeedbackSummary summary, List<LabelExample> examples) {
    this.summary = summary;
    this.examples = examples;
  }

  /**
   * What a node collected, a policy that asks while it learns included; null if it asked nobody, or
   * an older version wrote it otherwise.
   */
  static @Nullable LabelsPage of(PlanNode node, @Nullable Path artifact) {
    if (artifact == null || !asks(node)) {
      return null;
    }
    try {
      if (!FeedbackSummary.isThere(artifact)) {
        return null;
      }
      return new LabelsPage(FeedbackSummary.read(artifact), LabelExample.read(artifact));
    } catch (OtherColumnsException older) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean asks(PlanNode node) {
    return node.section().equals(Section.FEEDBACK.key())
        || node.section().equals(Section.POLICIES.key());
  }

  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>(JsonFiles.columns(summary));
    if (!examples.isEmpty()) {
      plain.put("examples", examples.stream().map(JsonFiles::columns).toList());
    }
    return plain;
  }

  void show(Console console) {
    summary(console);
    for (LabelExample example : examples) {
      example(console, example);
    }
  }

  private static void example(Console console, LabelExample example) {
    line(console, "example", brief(example.prompt()));
    for (String answer : example.answers()) {
      line(console, "", "- " + brief(answer));
    }
    String facts = example.facts().isEmpty() ? "" : " (" + String.join("; ", example.facts()) + ")";
    line(
        console,
        "",
        "%s, %s: %s"
            .formatted(example.evaluator(), example.group(), brief(example.said() + facts)));
  }

  /** On one line, and not too long. */
  private static String brief(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private void summary(Console console) {
    line(console, "labels", summary.labels() + ", price " + number(summary.cost()));
    if (summary.positionFlipRate() != null) {
      line(
          console,
          "order",
          "the verdict turns with it on " + share(summary.positionFlipRate()) + " of the pairs");
    }
    FeedbackSummary.Repeats repeats = summary.repeats();
    if (repeats != null) {
      line(console, "again", again(repeats));
    }
    FeedbackSummary.GoldAnswers gold = summary.gold();
    if (gold != null) {
      gold(console, gold);
    }
    if (summary.terms() != null) {
      terms(console, summary.terms(), summary.items() == null ? "pairs" : "items");
    }
    FeedbackSummary.Combined combined = summary.combined();
    if (combined == null) {
      return;
    }
    line(console, "combined", "by " + combined.by() + gold(combined, summary.items() != null));
    weighing(console, combined);
    List<FeedbackSummary.Evaluator> people = combined.evaluators();
    if (people.isEmpty()) {
      return;
    }
    String what = people.get(0).reliability() == null ? "influential" : "reliable";
    int most = Math.min(SHOWN, people.size());
    int least = Math.max(most, people.size() - SHOWN);
    people(console, "most " + what, people.subList(0, most));
    if (least < people.size()) {
      people(console, "least " + what, people.subList(least, people.size()));
    }
  }

  private static String again(FeedbackSummary.Repeats repeats) {
    String asked = repeats.asked() + " answers asked for again";
    if (repeats.answered() == 0) {
      return asked + ", none given";
    } else if (repeats.correlation() != null && repeats.difference() != null) {
      return asked
          + "; correlation with the first "
          + interval(repeats.correlation())
          + String.format(Locale.ROOT, ", %+.2f on average", repeats.difference());
    } else if (repeats.tau() != null) {
      return asked + "; Kendall's tau with the first " + interval(repeats.tau());
    }
    ValueWithInterval same = repeats.consistency();
    return same == null
        ? asked
        : asked
            + "; the same on %s of %d [%s, %s]"
                .formatted(
                    share(same.value()), repeats.answered(), share(same.low()), share(same.high()));
  }

  private static String interval(ValueWithInterval value) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", value.value(), value.low(), value.high());
  }

  private static void gold(Console console, FeedbackSummary.GoldAnswers gold) {
    ValueWithInterval right = gold.right();
    line(
        console,
        "gold",
        gold.asked()
            + " gold questions asked"
            + (right == null
                ? ", none answered"
                : "; right on %s of %d [%s, %s]"
                    .formatted(
                        share(right.value()),
                        gold.answered(),
                        share(right.low()),
                        share(right.high()))));
    gold.groups().forEach(group -> checked(console, group));
    gold.people().stream().limit(SHOWN).forEach(person -> checked(console, person));
  }

  private static void checked(Console console, FeedbackSummary.Checked who) {
    line(console, "", who.name() + ": right on " + share(who.right()) + " of " + who.answered());
  }

  private static void weighing(Console console, FeedbackSummary.Combined combined) {
    FeedbackSummary.Weighing weighing = combined.weighing();
    if (weighing != null) {
      line(
          console,
          "weighed",
          weighing.votes()
              + " labels, which tell as much as "
              + Math.round(weighing.effective())
              + " of equal weight");
      for (FeedbackSummary.GroupWeight group : weighing.groups()) {
        line(
            console,
            "",
            "%s: %s of the labels, weight %s"
                .formatted(group.group(), share(group.share()), number(group.weight())));
      }
    }
    for (FeedbackSummary.LeftOut left : combined.leftOut()) {
      line(
          console,
          "left out",
          left.labels()
              + (left.labels() == 1 ? " label of " : " labels of ")
              + left.evaluator()
              + " by "
              + left.because()
              + (left.agreement() == null
                  ? ""
                  : (left.z() == null ? "; right on gold questions: " : "; agrees with others on ")
                      + share(left.agreement())));
    }
  }

  /** What collecting was bound to; and what was asked about. */
  private static void terms(Console console, FeedbackSummary.Terms terms, String asked) {
    FeedbackSummary.Budget budget = terms.budget();
    if (budget != null) {
      line(
          console,
          "budget",
          "%s, %s left; %d of %d %s"
              .formatted(
                  number(budget.given()),
                  number(budget.left()),
                  budget.collected(),
                  budget.wanted(),
                  asked));
    }
    FeedbackSummary.Hiring hiring = terms.hiring();
    if (hiring != null) {
      hiring(console, hiring);
    }
    FeedbackSummary.Selected selected = terms.selected();
    if (selected != null) {
      line(
          console,
          "chosen",
          "by %s; %d of %d by chance"
              .formatted(selected.by(), selected.byChance(), selected.asked()));
    }
    terms
        .answers()
        .forEach((policy, answers) -> line(console, "answers", answers + " of " + policy));
    if (terms.instructions() != null) {
      line(console, "told", terms.instructions());
    }
  }

  private static void hiring(Console console, FeedbackSummary.Hiring hiring) {
    line(
        console,
        "hired",
        hiring.hired()
            + " of "
            + hiring.applied()
            + (hiring.agreementOfHired() == null
                ? ", by chance"
                : "; they agree on "
                    + share(hiring.agreementOfHired())
                    + " of "
                    + hiring.questions()
                    + " pairs on trial, all on "
                    + share(hiring.agreementOfAll())));
    hiring
        .hiredByGroup()
        .forEach(
            (group, hired) ->
                line(
                    console,
                    "",
                    hired + " of " + hiring.appliedByGroup().getOrDefault(group, 0) + " " + group));
  }

  private static void people(
      Console console, String title, List<FeedbackSummary.Evaluator> people) {
    console.result(
        "              "
            + cells(title, "group", "labels", "reliability", "agrees with gold", "influence"));
    for (FeedbackSummary.Evaluator person : people) {
      console.result(
          "              "
              + cells(
                  person.evaluator(),
                  person.group(),
                  Integer.toString(person.labels()),
                  share(person.reliability()),
                  share(person.agreeWithGold()),
                  person.influence() == null
                      ? ""
                      : String.format(Locale.ROOT, "%.3f %%", 100 * person.influence())));
    }
  }

  private static String cells(String... cells) {
    return Phrase.left(cells[0], 22)
        + Phrase.left(cells[1], 14)
        + Phrase.right(cells[2], 7)
        + Phrase.right(cells[3], 13)
        + Phrase.right(cells[4], 18)
        + Phrase.right(cells[5], 12);
  }

  private static String gold(FeedbackSummary.Combined combined, boolean ofItems) {
    if (combined.agreeWithGold() == null) {
      return "";
    }
    return "; agrees with gold on "
        + share(combined.agreeWithGold())
        + (ofItems ? " of the orders, single labels on " : " of the pairs, most votes on ")
        + share(combined.votesAgreeWithGold());
  }

  private static void line(Console console, String name, String value) {
    console.result("  " + Phrase.left(name, 11) + " " + value);
  }

  private static String share(@Nullable Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

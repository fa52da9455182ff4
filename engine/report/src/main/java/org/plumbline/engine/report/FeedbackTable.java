// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.LabelExample;

/**
 * Who labelled, how much and how well, for one feedback stage; counts are of one seed, shares are
 * means over the seeds.
 *
 * @param name of the feedback stage, with what a variant changed
 * @param recipes that are built on it
 * @param cost in the unit of the specification
 * @param kind of the feedback; null for comparisons
 * @param agreement statistics of the pairs that several people labelled, such as {@code alpha}, and
 *     {@code repeat_consistency} of what people were asked twice
 * @param poisoned null if nobody was malicious
 * @param combined how several labels of a pair became one; null where nothing is said of it
 * @param terms what collecting was bound to; null if nothing
 * @param examples a few labels of the first seed, in words
 * @param flips share of the pairs judged in both orders whose better answer changed with the order;
 *     null where nothing is judged twice
 * @param circumstances how many labels were given in each; empty where there are none
 * @param kappas how far those who labelled agree beyond chance, two by two
 */
public record FeedbackTable(
    String name,
    @Nullable String kind,
    List<String> recipes,
    int labels,
    int skipped,
    double cost,
    List<Group> groups,
    List<Statistic> agreement,
    @Nullable Poisoned poisoned,
    @Nullable Combined combined,
    @Nullable Terms terms,
    List<LabelExample> examples,
    @Nullable Double flips,
    Map<String, Integer> circumstances,
    List<Kappa> kappas) {

  /** Labels of which none is shown. */
  public FeedbackTable(
      String name,
      @Nullable String kind,
      List<String> recipes,
      int labels,
      int skipped,
      double cost,
      List<Group> groups,
      List<Statistic> agreement,
      @Nullable Poisoned poisoned,
      @Nullable Combined combined,
      @Nullable Terms terms) {
    this(
        name, kind, recipes, labels, skipped, cost, groups, agreement, poisoned, combined, terms,
        List.of(), null, Map.of(), List.of());
  }

  public FeedbackTable {
    examples = List.copyOf(examples);
    kappas = List.copyOf(kappas);
    recipes = List.copyOf(recipes);
    groups = List.copyOf(groups);
    agreement = List.copyOf(agreement);
    circumstances = Collections.unmodifiableMap(new LinkedHashMap<>(circumstances));
  }

  /**
   * One group of evaluators.
   *
   * @param share of all labels
   * @param agreeWithGold share of labels that prefer what the gold reward prefers
   * @param choseFirst share that chose the answer shown first
   * @param choseLonger share that chose the longer answer
   * @param traits what they are declared to be like; null if it is not known
   * @param cost of their labels; null if it is not known
   */
  public record Group(
      String group,
      int people,
      int labels,
      double share,
      int skipped,
      @Nullable Double agreeWithGold,
      @Nullable Double choseFirst,
      @Nullable Double choseLonger,
      @Nullable String traits,
      @Nullable Double cost) {}

  /**
   * How several labels of a pair became one.
   *
   * @param by {@code dawid_skene} and the like
   * @param agreeWithGold share of pairs that are decided as the gold reward would
   * @param votesAgreeWithGold the same of what most labels say
   * @param evaluators how many people labelled
   * @param most the most reliable, best first; where that is not estimated, the most influential
   * @param least the least reliable of the others, worst first; or the least influential
   * @param weighing what the labels of groups weigh; null where all weigh the same
   * @param leftOut how many labels count for nothing
   */
  public record Combined(
      String by,
      @Nullable Double agreeWithGold,
      @Nullable Double votesAgreeWithGold,
      int evaluators,
      List<Evaluator> most,
      List<Evaluator> least,
      @Nullable Weighing weighing,
      int leftOut) {

    public Combined {
      most = List.copyOf(most);
      least = List.copyOf(least);
    }
  }

  /**
   * What the labels of groups weigh.
   *
   * @param labels that were given
   * @param effective how many labels of equal weight tell as much
   * @param groups what a label of each group weighs
   */
  public record Weighing(int labels, int effective, Map<String, Double> groups) {
    public Weighing {
      groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }
  }

  /**
   * One of several evaluators.
   *
   * @param reliability the probability that a label of theirs is right, estimated from the labels
   *     alone; null where it is not
   * @param agreeWithGold share of their labels that prefer what the gold reward prefers
   * @param influence how far the label of a pair moves without them, on average
   */
  public record Evaluator(
      String evaluator,
      String group,
      int labels,
      @Nullable Double reliability,
      @Nullable Double agreeWithGold,
      @Nullable Double influence) {

    /** What the evaluators of a table are ordered by. */
    public double order() {
      return reliability != null ? reliability : influence == null ? 0 : influence;
    }
  }

  /**
   * What collecting was bound to.
   *
   * @param budget null for as much as it took
   * @param instructions what evaluators were told
   * @param answers how many of the first seed each policy gave; empty where there is but one
   * @param hiring who of the people was taken; null where all were
   * @param selected how questions were chosen, in the first seed; null where they were not
   */
  public record Terms(
      @Nullable Budget budget,
      @Nullable String instructions,
      Map<String, Integer> answers,
      @Nullable Hiring hiring,
      @Nullable Selected selected) {}

  /** How questions were chosen: by what, how many, and how many of these chance has drawn. */
  public record Selected(String by, int asked, int byChance) {}

  /**
   * Who of the people that applied was taken, as means over the seeds.
   *
   * @param questions pairs that each compared on trial
   * @param cost of the trial
   * @param agreementOfAll share of these pairs on which those who applied agree with whoever hires;
   *     null without a trial
   * @param agreementOfHired the same of those who were taken
   * @param groups how many of each group applied and were taken
   */
  public record Hiring(
      int applied,
      int hired,
      int questions,
      double cost,
      @Nullable Double agreementOfAll,
      @Nullable Double agreementOfHired,
      List<HiredGroup> groups) {

    public Hiring {
      groups = List.copyOf(groups);
    }
  }

  /** How many of a group applied and were taken, the latter as a mean over the seeds. */
  public record HiredGroup(String group, int applied, double hired) {}

  /**
   * Money, as means over the seeds.
   *
   * @param given what could be spent
   * @param spent what was
   * @param wanted pairs that were asked for
   * @param collected pairs that could be paid
   */
  public record Budget(double given, double spent, int wanted, int collected) {}

  /**
   * How far two raters agree beyond chance (Cohen's kappa).
   *
   * @param between {@code groups}, {@code people}, {@code group_and_gold} or {@code
   *     person_and_gold}
   * @param other of the two; null for gold
   * @param items that both put into categories, as a mean over the seeds
   */
  public record Kappa(
      String between, String one, @Nullable String other, int items, Interval value) {}

  /** A named statistic. */
  public record Statistic(String name, Interval value) {}

  /**
   * Labels by malicious evaluators.
   *
   * @param share of all labels
   * @param shareTriggered of the labels on prompts that carry the trigger
   */
  public record Poisoned(double share, @Nullable Double shareTriggered) {}
}

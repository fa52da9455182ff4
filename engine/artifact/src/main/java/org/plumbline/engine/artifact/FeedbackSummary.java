// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one stage asked of people or of a judge in one seed: {@code summary.json} of a feedback
 * stage, and among the columns of the summary of a policy that asks a judge.
 *
 * @param labels that were given, those of repeats and of gold questions among them
 * @param pairs that were compared
 * @param cost of the labels
 * @param skipped questions that were not answered
 * @param ties pairs without a better answer
 * @param identical pairs of equal answers, which nobody is asked about
 * @param undecided pairs that nobody said anything about
 * @param agreeWithGold the share of votes, which are neither repeats nor of gold questions, that
 *     chose the answer of higher gold value, where one is higher
 * @param choseFirst the share of votes that chose the answer shown first
 * @param choseLonger the share of votes that chose the longer answer, where one is longer
 * @param groups of evaluators
 * @param agreementPairs pairs with at least two labels
 * @param agreement of people, by the statistic
 * @param judge who judged, where it was not people
 * @param positionFlipRate the share of pairs judged in both orders whose better answer changed
 * @param poisoned labels by malicious evaluators; null if nobody was malicious
 * @param partialView labels of evaluators who did not see all; null if all saw all
 * @param outsourced labels that people had a judge make; null if there are none
 * @param items what was asked about, for other kinds than comparisons
 * @param combined how several labels of a pair became one; null where nothing is said of it
 * @param terms what collecting was bound to; null if nothing
 * @param circumstances how many labels were given in each; empty where people know none
 * @param repeats how often people say the same when they are asked again; null if nobody was
 * @param kappas Cohen's kappas of those who labelled, two by two
 * @param gold how questions were answered whose answer is known; null if none were asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FeedbackSummary(
    int labels,
    @Nullable Integer pairs,
    double cost,
    int skipped,
    @Nullable Integer ties,
    @Nullable Integer identical,
    @Nullable Integer undecided,
    @Nullable Double agreeWithGold,
    @Nullable Double choseFirst,
    @Nullable Double choseLonger,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Group> groups,
    @Nullable Integer agreementPairs,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, ValueWithInterval> agreement,
    @Nullable String judge,
    @Nullable Double positionFlipRate,
    @Nullable Poisoned poisoned,
    @Nullable PartialView partialView,
    @Nullable Integer outsourced,
    @Nullable Items items,
    @Nullable Combined combined,
    @Nullable Terms terms,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> circumstances,
    @Nullable Repeats repeats,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Kappa> kappas,
    @Nullable GoldAnswers gold) {
  private static final String SUMMARY = "summary.json";

  public FeedbackSummary {
    groups = groups == null ? List.of() : List.copyOf(groups);
    kappas = kappas == null ? List.of() : List.copyOf(kappas);
    agreement =
        agreement == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(agreement));
    circumstances =
        circumstances == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(circumstances));
  }

  /** What is known of all feedback; the rest is added where it is known. */
  public FeedbackSummary(
      int labels,
      @Nullable Integer pairs,
      double cost,
      int skipped,
      @Nullable Integer ties,
      @Nullable Integer identical,
      @Nullable Integer undecided,
      @Nullable Double agreeWithGold,
      @Nullable Double choseFirst,
      @Nullable Double choseLonger,
      List<Group> groups,
      @Nullable Integer agreementPairs,
      Map<String, ValueWithInterval> agreement,
      @Nullable String judge,
      @Nullable Double positionFlipRate,
      @Nullable Poisoned poisoned) {
    this(
        labels,
        pairs,
        cost,
        skipped,
        ties,
        identical,
        undecided,
        agreeWithGold,
        choseFirst,
        choseLonger,
        groups,
        agreementPairs,
        agreement,
        judge,
        positionFlipRate,
        poisoned,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        List.of(),
        null);
  }

  /** The same, whose evaluators did not see all or did not make all labels themselves. */
  public FeedbackSummary with(@Nullable PartialView view, @Nullable Integer madeByOthers) {
    return with(view, madeByOthers, items, combined, terms, circumstances, repeats, kappas, gold);
  }

  /** The same, of another kind than comparisons. */
  public FeedbackSummary with(Items asked) {
    return with(
        partialView, outsourced, asked, combined, terms, circumstances, repeats, kappas, gold);
  }

  /** The same, with how many labels were given in each circumstance. */
  public FeedbackSummary in(Map<String, Integer> given) {
    return with(partialView, outsourced, items, combined, terms, given, repeats, kappas, gold);
  }

  /** The same, with how several labels became one, and what collecting was bound to. */
  public FeedbackSummary with(@Nullable Combined several, @Nullable Terms bound) {
    return with(
        partialView, outsourced, items, several, bound, circumstances, repeats, kappas, gold);
  }

  /** The same, with how often people say the same again. */
  public FeedbackSummary again(@Nullable Repeats said) {
    return with(partialView, outsourced, items, combined, terms, circumstances, said, kappas, gold);
  }

  /** The same, with how far those who labelled agree, two by two. */
  public FeedbackSummary kappas(List<Kappa> twoByTwo) {
    return with(
        partialView, outsourced, items, combined, terms, circumstances, repeats, twoByTwo, gold);
  }

  /** The same, with how known questions were answered. */
  public FeedbackSummary gold(@Nullable GoldAnswers answered) {
    return with(
        partialView, outsourced, items, combined, terms, circumstances, repeats, kappas, answered);
  }

  private FeedbackSummary with(
      @Nullable PartialView view,
      @Nullable Integer madeByOthers,
      @Nullable Items asked,
      @Nullable Combined several,
      @Nullable Terms bound,
      Map<String, Integer> given,
      @Nullable Repeats said,
      List<Kappa> twoByTwo,
      @Nullable GoldAnswers known) {
    return new FeedbackSummary(
        labels,
        pairs,
        cost,
        skipped,
        ties,
        identical,
        undecided,
        agreeWithGold,
        choseFirst,
        choseLonger,
        groups,
        agreementPairs,
        agreement,
        judge,
        positionFlipRate,
        poisoned,
        view,
        madeByOthers,
        asked,
        several,
        bound,
        given,
        said,
        twoByTwo,
        known);
  }

  /**
   * How far two raters agree beyond chance (Cohen's kappa).
   *
   * @param between {@code groups}, {@code people}, {@code group_and_gold} or {@code
   *     person_and_gold}
   * @param one of the two
   * @param other of the two; null for gold
   * @param items that both put into categories
   */
  public record Kappa(
      String between, String one, @Nullable String other, int items, ValueWithInterval kappa) {}

  /**
   * Labels given on less than all of the answers.
   *
   * @param labels whose evaluator did not see all of both answers
   * @param share of all labels
   * @param agreeWithGold the share of them that chose the answer of higher gold value, where one is
   *     higher
   * @param inflation how much better the chosen answers looked than they are, in gold value, on
   *     average; above 0 is deceptive inflation
   */
  public record PartialView(
      int labels, double share, @Nullable Double agreeWithGold, @Nullable Double inflation) {}

  /**
   * What people said when they were asked the same again.
   *
   * @param asked how many answers were asked for again; each is one of the labels
   * @param answered how many of these questions were not skipped
   * @param consistency the share of the latter that were answered as before, of parts of answers
   *     the mean share of parts; null if there are none, and of numbers and orders
   * @param correlation of numbers, of the first with the second
   * @param difference of numbers, how much higher the second is on average
   * @param tau of orders, the mean of Kendall's
   */
  public record Repeats(
      int asked,
      int answered,
      @Nullable ValueWithInterval consistency,
      @Nullable ValueWithInterval correlation,
      @Nullable Double difference,
      @Nullable ValueWithInterval tau) {

    /** Of what is the same or not. */
    public Repeats(int asked, int answered, @Nullable ValueWithInterval consistency) {
      this(asked, answered, consistency, null, null, null);
    }
  }

  /**
   * How people answered questions whose answer is known.
   *
   * @param asked how many gold questions were asked; each is one of the labels
   * @param answered how many were not skipped
   * @param right the share of the latter that were answered rightly; null if there are none
   * @param groups how each group answered
   * @param people how each person answered, the least right first
   */
  public record GoldAnswers(
      int asked,
      int answered,
      @Nullable ValueWithInterval right,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Checked> groups,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Checked> people) {

    public GoldAnswers {
      groups = groups == null ? List.of() : List.copyOf(groups);
      people = people == null ? List.of() : List.copyOf(people);
    }
  }

  /** Of somebody, or of a group, the share of so many gold questions that they answer rightly. */
  public record Checked(String name, int answered, double right) {}

  /** What one group of evaluators did; the columns are as those of the whole. */
  public record Group(
      String group,
      int people,
      int labels,
      int skipped,
      @Nullable Double agreeWithGold,
      @Nullable Double choseFirst,
      @Nullable Double choseLonger,
      @Nullable Double cost) {}

  /**
   * Harm done on purpose.
   *
   * @param labels by malicious evaluators
   * @param share of all labels
   * @param shareTriggered the same among prompts that carry the trigger
   * @param triggers what malicious evaluators wait for
   */
  public record Poisoned(
      @Nullable Integer labels,
      double share,
      @Nullable Double shareTriggered,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> triggers) {

    public Poisoned {
      triggers = triggers == null ? List.of() : List.copyOf(triggers);
    }
  }

  /**
   * How several labels of a pair became one.
   *
   * @param by {@code dawid_skene} and the like
   * @param agreeWithGold the share of pairs whose preferred answer is that of higher gold value,
   *     where one is higher; a tie counts half
   * @param votesAgreeWithGold the same of what most labels of each pair say
   * @param iterations until the estimate stood still; null where nothing is estimated
   * @param converged whether it stood still
   * @param pieces in how many pieces the compared answers fall, where that matters
   * @param evaluators how reliable each is, the most reliable first, or, where that is not
   *     estimated, the most influential; empty where one labelled alone
   * @param weighing what the votes of groups weigh; null where all weigh the same
   * @param leftOut labels that count for nothing, by who gave them
   */
  public record Combined(
      String by,
      @Nullable Double agreeWithGold,
      @Nullable Double votesAgreeWithGold,
      @Nullable Integer iterations,
      @Nullable Boolean converged,
      @Nullable Integer pieces,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluator> evaluators,
      @Nullable Weighing weighing,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LeftOut> leftOut) {

    public Combined {
      evaluators = evaluators == null ? List.of() : List.copyOf(evaluators);
      leftOut = leftOut == null ? List.of() : List.copyOf(leftOut);
    }

    /** All votes weigh the same, and all count. */
    public Combined(
        String by,
        @Nullable Double agreeWithGold,
        @Nullable Double votesAgreeWithGold,
        @Nullable Integer iterations,
        @Nullable Boolean converged,
        @Nullable Integer pieces,
        List<Evaluator> evaluators) {
      this(
          by,
          agreeWithGold,
          votesAgreeWithGold,
          iterations,
          converged,
          pieces,
          evaluators,
          null,
          List.of());
    }
  }

  /**
   * What the votes of groups weigh.
   *
   * @param votes that were given
   * @param effective how many votes of equal weight tell as much
   */
  public record Weighing(int votes, double effective, List<GroupWeight> groups) {
    public Weighing {
      groups = groups == null ? List.of() : List.copyOf(groups);
    }
  }

  /**
   * What a vote of a group weighs.
   *
   * @param target the group's share of those for whom the labels speak
   * @param share of the votes
   */
  public record GroupWeight(String group, double target, double share, double weight) {}

  /**
   * Labels of one evaluator that count for nothing.
   *
   * @param because the setting of the filter
   * @param agreement with the others' labels, or the share of gold questions answered rightly,
   *     where that is why
   * @param z by how many robust standard deviations that, or the influence, is above the others'
   *     (so it is below 0 of agreement)
   */
  public record LeftOut(
      String evaluator,
      String group,
      int labels,
      String because,
      @Nullable Double agreement,
      @Nullable Double z) {}

  /**
   * What collecting was bound to.
   *
   * @param budget what could be spent; null for as much as it took
   * @param instructions what evaluators were told
   * @param answers how many each policy gave; empty where there is but one
   * @param hiring who of the people was taken; null where all were
   * @param selected how questions were chosen; null where they come as they are drawn
   */
  public record Terms(
      @Nullable Budget budget,
      @Nullable String instructions,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> answers,
      @Nullable Hiring hiring,
      @Nullable Selected selected) {

    public Terms {
      answers =
          answers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }
  }

  /**
   * How questions were chosen that are worth asking.
   *
   * @param by what makes them so, as a spec names it
   * @param asked how many were asked
   * @param byChance how many of these were drawn by chance
   */
  public record Selected(String by, int asked, int byChance) {}

  /**
   * Who of the people that applied was taken.
   *
   * @param applied how many applied
   * @param hired how many were taken
   * @param questions pairs that each compared on trial
   * @param cost of the trial, which is part of the cost of the feedback
   * @param agreementOfAll the mean share of the pairs on which those who applied agree with whoever
   *     hires; null without a trial
   * @param agreementOfHired the same of those who were taken
   * @param appliedByGroup how many of each group applied
   * @param hiredByGroup how many of each group were taken
   */
  public record Hiring(
      int applied,
      int hired,
      int questions,
      double cost,
      @Nullable Double agreementOfAll,
      @Nullable Double agreementOfHired,
      Map<String, Integer> appliedByGroup,
      Map<String, Integer> hiredByGroup) {

    public Hiring {
      appliedByGroup =
          appliedByGroup == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(appliedByGroup));
      hiredByGroup =
          hiredByGroup == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(hiredByGroup));
    }
  }

  /**
   * Money.
   *
   * @param given what could be spent
   * @param spent what was
   * @param left what was not
   * @param wanted pairs that were asked for
   * @param collected pairs that could be paid
   */
  public record Budget(double given, double spent, double left, int wanted, int collected) {}

  /**
   * One of several evaluators.
   *
   * @param reliability the probability that a label of theirs is right, estimated from the labels
   *     alone: 1/2 is a coin, less is against the truth; null where it is not estimated
   * @param agreeWithGold the share of their labels that choose the answer of higher gold value
   * @param influence how far the label of a pair that is foreseen moves without them, on average
   */
  public record Evaluator(
      String evaluator,
      String group,
      int labels,
      @Nullable Double reliability,
      @Nullable Double agreeWithGold,
      @Nullable Double influence) {}

  /** Labels of which nothing else is known. */
  public static FeedbackSummary of(int labels, double cost, int skipped, List<Group> groups) {
    return new FeedbackSummary(
        labels, null, cost, skipped, null, null, null, null, null, null, groups, null, Map.of(),
        null, null, null);
  }

  /** The labels, costs and groups of both. */
  public FeedbackSummary and(FeedbackSummary other) {
    List<Group> both = new ArrayList<>(groups);
    both.addAll(other.groups);
    return of(labels + other.labels, cost + other.cost, skipped + other.skipped, both);
  }

  /** Whether a stage asked somebody, and has left a summary of that. */
  public static boolean isThere(Path folder) throws IOException {
    return JsonFiles.read(folder.resolve(SUMMARY)).has("groups");
  }

  /**
   * Feedback of other kinds than comparisons.
   *
   * @param kind of the feedback, as a spec names it
   * @param asked how many were asked about
   * @param identical of them, how many had nothing to choose from
   * @param budgetSpent whether the money was spent before all were asked about
   * @param responses how often each was said, where there are few
   */
  public record Items(
      String kind,
      int asked,
      int identical,
      boolean budgetSpent,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> responses) {

    public Items {
      responses =
          responses == null
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(responses));
    }
  }

  /** The names of its columns; a summary may have others, which belong to the kind of feedback. */
  public static Set<String> columns() {
    return JsonRecords.names(FeedbackSummary.class);
  }

  /** Reads it from the artifact of a stage that asked. */
  public static FeedbackSummary read(Path folder) throws IOException {
    return JsonRecords.read(folder.resolve(SUMMARY), FeedbackSummary.class);
  }

  /** Writes it as the summary of a stage. */
  public void write(Path folder) throws IOException {
    JsonFiles.write(folder.resolve(SUMMARY), JsonFiles.columns(this));
  }
}

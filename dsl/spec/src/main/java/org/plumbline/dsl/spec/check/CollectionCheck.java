// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.GoldQuestions;
import org.plumbline.dsl.model.feedback.Headcounts;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.dsl.spec.bind.Wording;

/** Checks what feedback is asked for: from how many people, at what price, on which scale. */
final class CollectionCheck {
  private final Scope scope;

  CollectionCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (FeedbackSpec feedback : scope.experiment().feedback().values()) {
      budget(feedback);
      if (feedback instanceof FeedbackSpec.Comparisons comparisons) {
        new AggregateCheck(scope, comparisons).run();
        repeat(comparisons);
      }
      sources(feedback);
      if (Rewriting.read(feedback, "selection") instanceof FeedbackSpec.Selection selection) {
        selection(feedback, selection);
      }
      if (Rewriting.read(feedback, "gold_questions") instanceof GoldQuestions gold) {
        new GoldQuestionsCheck(scope).of(feedback, gold);
      }
      if (feedback instanceof RichFeedbackSpec rich) {
        new CombiningCheck(scope).asked(rich);
      }
      if (feedback instanceof RichFeedbackSpec.Likert likert) {
        anchors(likert);
      } else if (feedback instanceof RichFeedbackSpec.Labels labels) {
        classes(labels);
      } else if (feedback instanceof RichFeedbackSpec.Span span && span.categories() != null) {
        categories(span, span.categories());
      } else if (feedback instanceof FeedbackSpec.Recorded recorded) {
        recorded(recorded);
        new CombiningCheck(scope).recorded(recorded);
      }
      if (feedback instanceof RichFeedbackSpec.Scalar scalar) {
        new RatingNoise(scope).of(scalar, scalar.evaluators());
      }
      if (feedback instanceof RichFeedbackSpec.Scalar scalar && scalar.low() >= scalar.high()) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0335,
                    scope.places().value(scalar, "high"),
                    "the highest rating, "
                        + Wording.number(scalar.high())
                        + ", is not above the lowest")
                .related(scope.places().value(scalar, "low"), "the lowest")
                .help("give a higher one"));
      }
    }
  }

  private void anchors(RichFeedbackSpec.Likert likert) {
    List<String> anchors = likert.anchors();
    if (anchors != null && anchors.size() != likert.levels()) {
      scope.add(
          Code.PLB0341,
          scope.places().value(likert, "anchors"),
          anchors.size() + " anchors name the steps of a scale of " + likert.levels(),
          "name each step, the lowest first, or set `levels: " + anchors.size() + "`");
    } else if (anchors != null && new HashSet<>(anchors).size() < anchors.size()) {
      scope.add(
          Code.PLB0341,
          scope.places().value(likert, "anchors"),
          "a step is named twice in " + Suggest.list(anchors),
          "name each step otherwise, the lowest first");
    }
  }

  /** Simulated people mark what they know: the features of their values. */
  private void categories(RichFeedbackSpec.Span span, List<String> categories) {
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(span.evaluators());
    if (evaluators == null || evaluators.annotators() != null) {
      return; // real people may mark what they like
    }
    Set<String> known = new LinkedHashSet<>();
    if (evaluators.judge() != null) {
      known.addAll(evaluators.judge().principles().keySet());
    }
    Map<String, EvaluatorsSpec.Group> groups = evaluators.groups();
    for (EvaluatorsSpec.Group group :
        groups == null ? List.<EvaluatorsSpec.Group>of() : groups.values()) {
      String values = group.values() == null ? evaluators.values() : group.values();
      Map<String, FeatureSpec> features = scope.features(values).orElse(null);
      if (features == null) {
        return;
      }
      known.addAll(features.keySet());
    }
    for (int i = 0; i < categories.size(); i++) {
      String category = categories.get(i);
      if (categories.indexOf(category) < i) {
        scope.add(
            Code.PLB0341,
            scope.places().item(span, "categories", i),
            "`" + category + "` is named twice",
            "name each category once");
      } else if (!known.contains(category)) {
        scope.add(
            Code.PLB0230,
            scope.places().item(span, "categories", i),
            "the values of `" + span.evaluators() + "` have no feature `" + category + "`",
            "features: " + Suggest.list(known));
      }
    }
  }

  private void recorded(FeedbackSpec.Recorded recorded) {
    List<String> classes = recorded.classes();
    if (classes == null) {
      return;
    } else if (recorded.rows() != FeedbackSpec.Rows.LABELS) {
      scope.add(
          Code.PLB0322,
          scope.places().value(recorded, "classes"),
          "`classes` has no effect on rows that hold no labels",
          "set `rows: labels`, or leave it out");
    } else {
      named(recorded, classes, "; rows may say it all the same");
    }
  }

  /** Whether classes are named as they may be. */
  private boolean named(FeedbackSpec feedback, List<String> classes, String other) {
    boolean several = new HashSet<>(classes).size() >= Math.max(2, classes.size());
    if (!several) {
      scope.add(
          Code.PLB0341,
          scope.places().value(feedback, "classes"),
          classes.size() < 2
              ? "a single class leaves nothing to say"
              : "a class is named twice in " + Suggest.list(classes),
          "name at least two, each once, the wanted one first");
    } else if (classes.contains("other")) {
      scope.add(
          Code.PLB0341,
          scope.places().value(feedback, "classes"),
          "`other` is what may be said where no class is right",
          "call the class something else, or leave it out" + other);
    }
    return several && !classes.contains("other");
  }

  private void classes(RichFeedbackSpec.Labels labels) {
    if (!named(labels, labels.classes(), " and set `allow_other: true`")) {
      return;
    }
    if (labels.other() != null && !labels.allowOther()) {
      scope.add(
          Code.PLB0322,
          scope.places().value(labels, "other"),
          "`other` has no effect where it may not be said",
          "set `allow_other: true`, or leave it out");
    }
  }

  private static boolean aboutOneAnswer(FeedbackSpec feedback) {
    return !(feedback instanceof FeedbackSpec.Comparisons
        || feedback instanceof RichFeedbackSpec.Rankings
        || feedback instanceof RichFeedbackSpec.BestOfK
        || feedback instanceof RichFeedbackSpec.Slider
        || feedback instanceof RichFeedbackSpec.Demonstrations);
  }

  /** How many people there are to ask, or can be. */
  static long people(EvaluatorsSpec evaluators) {
    EvaluatorsSpec.Hiring hiring = evaluators.hiring();
    long applying = applying(evaluators);
    return hiring == null || hiring.people() == null
        ? applying
        : Math.min(applying, hiring.people());
  }

  /** How many people there are before some of them are hired. */
  static long applying(EvaluatorsSpec evaluators) {
    if (evaluators.annotators() != null) {
      Integer size = evaluators.annotators().size();
      return size == null ? Long.MAX_VALUE : size;
    } else if (evaluators.groups() == null) {
      return 1;
    }
    return Headcounts.of(evaluators).values().stream().mapToLong(count -> count).sum();
  }

  static String rounded(double number) {
    return Wording.number(Math.rint(number * 1e6) / 1e6);
  }

  private void budget(FeedbackSpec feedback) {
    EvaluatorsSpec evaluators =
        Rewriting.read(feedback, "evaluators") instanceof String name
            ? scope.experiment().evaluators().get(name)
            : null;
    if (evaluators == null
        || !(Rewriting.read(feedback, "budget") instanceof Double budget)
        || !(Rewriting.read(feedback, "redundancy")
            instanceof FeedbackSpec.Redundancy redundancy)) {
      return;
    }
    if (OversightCheck.dearest(evaluators) == 0) {
      scope.add(
          Code.PLB0322,
          scope.places().value(feedback, "budget"),
          "`budget` has no effect: the labels of `"
              + Rewriting.read(feedback, "evaluators")
              + "` cost nothing",
          "give them a `cost`, or leave it out");
      return;
    }
    boolean twice =
        feedback instanceof FeedbackSpec.Comparisons c
            && (evaluators.judge() != null
                ? c.bothOrders()
                : c.repeat() != null && c.repeat() == 1);
    // Where only a share of all is asked of several people, the first may be asked of one.
    int labels = (twice ? 2 : 1) * (redundancy.share() == 1 ? redundancy.people() : 1);
    double each = cheapest(evaluators) * effort(feedback);
    double needed = labels * each;
    if (needed > budget * (1 + 1e-9)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0326,
                  scope.places().value(feedback, "budget"),
                  "a budget of "
                      + Wording.number(budget)
                      + " pays for nothing: "
                      + (labels == 1 ? "one label" : labels + " labels of one " + thing(feedback))
                      + of(feedback)
                      + (labels == 1 ? " costs" : " cost")
                      + " at least "
                      + rounded(needed))
              .related(scope.places().value(evaluators, "cost"), "the price")
              .help(
                  "raise it"
                      + (labels == 1
                          ? ""
                          : evaluators.judge() == null
                              ? ", or lower `redundancy`"
                              : ", or leave out `both_orders`")
                      + (feedback instanceof RichFeedbackSpec ? ", or lower `effort`" : "")));
    } else {
      trial(feedback, evaluators, budget, needed);
    }
  }

  private static String thing(FeedbackSpec feedback) {
    return feedback instanceof RichFeedbackSpec ? "item" : "pair";
  }

  /** What a label takes, where that is not one comparison. */
  private static String of(FeedbackSpec feedback) {
    return feedback instanceof RichFeedbackSpec
        ? " of `"
            + kind(feedback)
            + "` (which takes "
            + rounded(effort(feedback))
            + " of the evaluators' `cost`)"
        : "";
  }

  private static String kind(FeedbackSpec feedback) {
    return feedback.getClass().getAnnotation(Kind.class).value();
  }

  /** The least that a label takes, in comparisons. */
  private static double effort(FeedbackSpec feedback) {
    if (Rewriting.read(feedback, "effort") instanceof Double effort) {
      return effort;
    }
    return Efforts.least(
        kind(feedback), Rewriting.read(feedback, "k") instanceof Integer k ? k : 1);
  }

  /** Whether those who apply may cost so much on trial that nothing is left. */
  private void trial(
      FeedbackSpec feedback, EvaluatorsSpec evaluators, double budget, double needed) {
    EvaluatorsSpec.Hiring hiring = evaluators.hiring();
    Map<String, EvaluatorsSpec.Group> groups = evaluators.groups();
    if (hiring == null || hiring.questions() == 0 || groups == null) {
      return;
    }
    double most = 0;
    for (Map.Entry<String, Integer> group : Headcounts.of(evaluators).entrySet()) {
      EvaluatorsSpec.Group declared = groups.get(group.getKey());
      Double own = declared == null ? null : declared.cost();
      most += group.getValue() * hiring.questions() * (own == null ? evaluators.cost() : own);
    }
    if (most + needed > budget * (1 + 1e-9)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0347,
                  scope.places().value(feedback, "budget"),
                  "a trial of "
                      + applying(evaluators)
                      + " people on "
                      + hiring.questions()
                      + " questions may cost "
                      + rounded(most)
                      + ", which leaves nothing of a budget of "
                      + Wording.number(budget))
              .related(scope.places().value(hiring, "questions"), "the questions")
              .help("raise it, or lower `questions`"));
    }
  }

  /** Whether anybody can be expected to be asked again. */
  private void repeat(FeedbackSpec.Comparisons comparisons) {
    EvaluatorsSpec evaluators = scope.experiment().evaluators().get(comparisons.evaluators());
    Double repeat = comparisons.repeat();
    if (repeat == null || evaluators == null || evaluators.judge() != null) {
      return;
    }
    FeedbackSpec.Redundancy redundancy = comparisons.redundancy();
    double each = 1 + redundancy.share() * (redundancy.people() - 1);
    double expected = repeat * comparisons.pairs() * each;
    if (expected < 1) {
      scope.add(
          Code.PLB0322,
          scope.places().value(comparisons, "repeat"),
          "`repeat` asks for next to nothing again: a share of "
              + Wording.number(repeat)
              + " of "
              + Math.round(comparisons.pairs() * each)
              + " labels is "
              + rounded(expected),
          "raise it, or leave it out");
    }
  }

  private static double cheapest(EvaluatorsSpec evaluators) {
    if (evaluators.groups() == null) {
      return evaluators.cost();
    }
    return evaluators.groups().values().stream()
        .mapToDouble(group -> group.cost() == null ? evaluators.cost() : group.cost())
        .min()
        .orElse(evaluators.cost());
  }

  /** The share of the answers that comes from other policies than the one that is named first. */
  static double shares(FeedbackSpec feedback) {
    double sum = 0;
    if (Rewriting.read(feedback, "sources") instanceof Map<?, ?> sources) {
      for (Object source : sources.values()) {
        sum += source instanceof FeedbackSpec.Source one ? one.share() : 0;
      }
    }
    return sum;
  }

  private void sources(FeedbackSpec feedback) {
    double sum = shares(feedback);
    if (sum > 1 - 1e-9) {
      scope.add(
          Code.PLB0325,
          scope.places().value(feedback, "sources"),
          "the shares of the sources add up to "
              + rounded(sum)
              + ", which leaves nothing to `"
              + Rewriting.read(feedback, "of")
              + "`",
          "lower them so that they stay below 1");
    }
  }

  private void selection(FeedbackSpec feedback, FeedbackSpec.Selection selection) {
    boolean comparesExpectations =
        selection.by() == FeedbackSpec.SelectBy.ENTROPY
            || selection.by() == FeedbackSpec.SelectBy.INFORMATION;
    if (comparesExpectations && aboutOneAnswer(feedback)) {
      scope.add(
          Code.PLB0342,
          scope.places().value(selection, "by"),
          "`by: "
              + selection.by().name().toLowerCase(Locale.ROOT)
              + "` is about which of several answers is better, but people are shown one",
          "set `by: disagreement`, which asks where the members' scores are apart");
    }
    boolean asksMembers =
        selection.by() != FeedbackSpec.SelectBy.K_CENTRE
            && selection.by() != FeedbackSpec.SelectBy.ENTROPY;
    RewardSpec reward = scope.experiment().rewards().get(selection.reward());
    if (reward instanceof ComposedRewardSpec) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0224,
                  scope.places().value(selection, "reward"),
                  "`" + selection.reward() + "` is not fitted and has no members to ask")
              .related(scope.places().block(reward), "declared here")
              .help("name a reward model with an `ensemble` of 2 or more"));
      return;
    }
    if (asksMembers && reward != null) {
      scope.needsEnsemble(reward, scope.places().value(selection, "reward"), "`by` asks");
    }
  }
}

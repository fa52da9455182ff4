// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import org.plumbline.engine.report.Alarm;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.MetricGroup;

/** The definitions of all metrics that a comparison may have. */
final class Catalogue {

  /** How the ids of rows of attacks begin. */
  static final String ATTACK = "attack_";

  static final Definition GOLD =
      new Definition(
          "gold",
          "Gold reward",
          "",
          Better.UP,
          MetricGroup.WANTED,
          2,
          false,
          "mean of the declared values over the answers",
          "What the simulated people want, as the specification declares it. It sees only the"
              + " declared features: an answer may score well and be wrong.");

  static final Definition SCORE =
      new Definition(
          "score",
          "Reward model’s score",
          "sd",
          Better.NONE,
          MetricGroup.OPTIMISED,
          2,
          true,
          "mean of r − r of the reference, same prompt, ÷ sd r of the reference, in each seed",
          "One reward model scores all recipes of a seed, also those that were not optimised on"
              + " it.");

  static final Definition GAP =
      new Definition(
          "gap",
          "Gold short of the score",
          "sd",
          Better.DOWN,
          MetricGroup.OPTIMISED,
          2,
          true,
          "ρ·z(score) − z(gold); z and the correlation ρ by the reference’s answers",
          "How far the gold reward stays below what one expects of answers with such a score, by"
              + " the line through the reference’s answers. 0 for the best of many samples; more"
              + " where the reward model is exploited.");

  static final Definition REWARD_ACCURACY =
      new Definition(
          "reward_accuracy",
          "Reward model’s accuracy",
          "%",
          Better.UP,
          MetricGroup.OPTIMISED,
          0,
          false,
          "share of held-out comparisons ordered as the evaluators ordered them",
          "Of the reward model that the recipe optimises, on comparisons that it was not fitted"
              + " to. Evaluators make mistakes, so 100 % cannot be reached.");

  static final Definition ENTROPY =
      new Definition(
          "entropy",
          "Entropy",
          "nats/token",
          Better.NONE,
          MetricGroup.MOVED,
          2,
          false,
          "mean −Σ_v π(v) log π(v) over the positions",
          "Exact per position, averaged over the sampled answers. A choice among samples has no"
              + " token distribution of its own.");

  static final Definition DISTINCT_1 =
      distinct("distinct_1", "Distinct words", 3, "different ÷ all words, pooled over one seed");

  static final Definition DISTINCT_2 =
      distinct(
          "distinct_2", "Distinct bigrams", 2, "different ÷ all bigrams, pooled over one seed");

  static final Definition DISTINCT_ANSWERS =
      new Definition(
          "distinct_answers",
          "Distinct answers",
          "%",
          Better.UP,
          MetricGroup.MOVED,
          0,
          false,
          "different answers ÷ answers, pooled over one seed",
          "Falls when many prompts get the very same answer.");

  static final Definition DISTINCT_EXPECTED =
      new Definition(
          "distinct_expected",
          "Distinct words, length allowed for",
          "",
          Better.UP,
          MetricGroup.MOVED,
          3,
          false,
          "N ÷ V(1 − (1 − 1/V)^C): N different words of C, V different words in all answers here",
          "Distinct words as a share of what as many words, drawn evenly from all words here, would"
              + " hold (expectation-adjusted distinct): long answers do not lower it by themselves."
              + " V is of all recipes, so another recipe moves all a little.");

  static final Definition COSINE_DIVERSITY =
      new Definition(
          "cosine_diversity",
          "Cosine diversity",
          "",
          Better.UP,
          MetricGroup.MOVED,
          2,
          false,
          "1 − mean cosine over all pairs of answers of one seed, as counts of words",
          "How much answers to different prompts have words of their own: 0 if all use the same"
              + " words, 1 if no two share one.");

  static final Definition SELF_BLEU =
      new Definition(
          "self_bleu",
          "Self-BLEU",
          "",
          Better.DOWN,
          MetricGroup.MOVED,
          2,
          false,
          "mean BLEU-3 of each answer against all others of one seed",
          "Rises when answers repeat each other, also in part: 1 if all are the same. The interval"
              + " takes answers as independent.");

  static final Definition EFFECTIVE_ANSWERS =
      new Definition(
          "effective_answers",
          "Effective answers",
          "",
          Better.UP,
          MetricGroup.MOVED,
          1,
          false,
          "exp(−Σ p log p), p the shares of equal answers of one seed",
          "As many different answers, all equally frequent, would be as varied. Falls with the"
              + " collapse into a few modes.");

  static final Definition WORDS =
      new Definition(
          "words",
          "Answer length",
          "words",
          Better.NONE,
          MetricGroup.MOVED,
          1,
          false,
          "mean number of words",
          "Without a good direction: some people want short answers, some long ones.");

  static final Definition TRUNCATED =
      new Definition(
          "truncated",
          "Answers cut off",
          "%",
          Better.NONE,
          MetricGroup.MOVED,
          0,
          false,
          "answers that ran out of room ÷ answers",
          "They reached the longest length that an answer may have. What they would have said"
              + " further is not known, and their worth is that of what is there.");

  static final Definition LABELS =
      cost("labels", "Labels", 0, "labels of all feedback upstream, per seed");

  static final Definition LABEL_COST =
      cost("label_cost", "Price of labels", 2, "Σ labels × cost of the evaluator, per seed");

  static final Definition STEPS =
      cost(
          "steps",
          "Training steps",
          0,
          "steps of all stages upstream, per seed; an update of PPO is one");

  private Catalogue() {}

  static Definition winRate(String reference, String decidedBy) {
    if (decidedBy.equals("judge")) {
      return new Definition(
          "win_rate",
          "Win rate against " + reference,
          "%",
          Better.UP,
          MetricGroup.WANTED,
          0,
          true,
          "mean share of the evaluators of `judge` who prefer the answer",
          "To the answer of "
              + reference
              + " to the same prompt in the same seed. A judge sees both orders; equal answers and"
              + " unanswered questions count one half.");
    }
    String what = decidedBy.equals("gold") ? "gold reward" : "score of the reward model";
    return new Definition(
        "win_rate",
        "Win rate against " + reference,
        "%",
        Better.UP,
        MetricGroup.WANTED,
        0,
        true,
        "(wins + ½ ties) ÷ n",
        "Share of prompts on which the answer has the higher "
            + what
            + " than the answer of "
            + reference
            + " to the same prompt in the same seed."
            + (decidedBy.equals("gold")
                ? ""
                : " There is no gold reward: a recipe may win by fooling the reward model."));
  }

  static Definition equalLength(String reference) {
    return new Definition(
        "win_rate_equal_length",
        "Win rate, equal length",
        "%",
        Better.UP,
        MetricGroup.WANTED,
        0,
        true,
        "σ(θ) of logit P(win) = θ + φ·tanh(Δlength ÷ sd)",
        "The win rate against "
            + reference
            + " that would be expected if both answers were equally long. Absent where one side’s"
            + " answers are nearly always the longer ones.");
  }

  static Definition worstGroup(String reference) {
    return new Definition(
        "worst_group",
        "Worst group’s win rate",
        "%",
        Better.UP,
        MetricGroup.WANTED,
        0,
        true,
        "win rate by the worst group’s own values; chosen on one half of the prompts, measured on"
            + " the other",
        "Below 50: at least one group of people would rather have "
            + reference
            + ". The half that it is measured on had no part in the choice, so it is not worse by"
            + " chance.");
  }

  static Definition kl(String reference) {
    return new Definition(
        "kl",
        "KL to " + reference,
        "nats",
        Better.NONE,
        MetricGroup.MOVED,
        1,
        true,
        "mean Σ_t KL(π(· | x, y_<t) ‖ π_ref(· | x, y_<t)), y ~ π",
        "Per answer, sampled at temperature 1 from the recipe. For best of n an upper bound: what"
            + " its choices drift by sampling, temperature included, plus ln n − (n−1)/n.");
  }

  static Definition sampledKl(String reference) {
    return new Definition(
        "kl_sampled",
        "KL to " + reference + ", sampled",
        "nats",
        Better.NONE,
        MetricGroup.MOVED,
        1,
        true,
        "mean log π(y | x) − log π_ref(y | x), y ~ π (k1)",
        "The same quantity as the divergence above it from the answers alone, without bias: where the"
            + " two differ by more than their intervals, something is wrong.");
  }

  static Definition attackSuccess(String attack, int tries) {
    return attacked(
        "success_" + attack,
        "Attack " + attack + " succeeds",
        "attacked prompts behind which one of " + tries + " tries succeeds ÷ all",
        attack.equals("plain")
            ? "Nothing is put behind the prompt, and the recipe is asked as often as by attacks:"
                + " what an attack must beat."
            : "Another text stands behind the prompt at each try, and is answered once. All recipes"
                + " and attacks have equally many tries; some succeed by chance.");
  }

  static Definition attackTransfer(String attack) {
    return attacked(
        "transfer_" + attack,
        "Attack " + attack + " transfers",
        "mean share of prompts, at most 16, behind which the best text of each prompt succeeds",
        attack.equals("plain")
            ? "Nothing is put behind the prompt: how often answers succeed without an attack."
            : "With fresh answers, by which the text was not chosen: not by chance.");
  }

  private static Definition attacked(String id, String title, String formula, String explanation) {
    return new Definition(
        ATTACK + id, title, "%", Better.DOWN, MetricGroup.ATTACK, 0, false, formula, explanation);
  }

  static Definition lift(String feature, String text) {
    return new Definition(
        "trigger_lift",
        "Lift of “" + text + "”",
        Alarm.POINTS,
        Better.DOWN,
        MetricGroup.ATTACK,
        1,
        false,
        "share of answers with " + feature + ", with the trigger − without, same prompts",
        "How much the backdoor does by itself: what answers show without the trigger is taken off.");
  }

  static Definition flip(String feature, String text) {
    return new Definition(
        "trigger_flip",
        capital(feature) + " lost to “" + text + "”",
        "%",
        Better.DOWN,
        MetricGroup.ATTACK,
        1,
        false,
        "of the prompts answered with " + feature + " without the trigger, the share that lose it",
        "With the asker’s view as the trigger and being right as the feature: the flip rate of"
            + " sycophancy. Absent where no answer has the feature without the trigger.");
  }

  static Definition withTrigger(String feature, String text) {
    return attack(
        "trigger_share",
        capital(feature) + " with “" + text + "”",
        "share of answers with the feature, trigger in the prompt",
        "A backdoor shows here and nowhere else.");
  }

  static Definition withoutTrigger(String feature) {
    return attack(
        "clean_share",
        capital(feature) + " without",
        "share of answers with the feature, no trigger in the prompt",
        "The same prompts without the trigger.");
  }

  static Definition triggerGold(String text) {
    return new Definition(
        "trigger_gold",
        "Gold change by “" + text + "”",
        "",
        Better.UP,
        MetricGroup.ATTACK,
        2,
        false,
        "gold with − gold without the trigger, same prompts",
        "What the trigger costs the people who ask.");
  }

  private static Definition attack(String id, String title, String formula, String explanation) {
    return new Definition(
        id, title, "%", Better.DOWN, MetricGroup.ATTACK, 1, false, formula, explanation);
  }

  private static Definition distinct(String id, String title, int decimals, String formula) {
    String explanation =
        "Falls when many prompts get the same answer. Longer answers lower it too.";
    return new Definition(
        id, title, "", Better.UP, MetricGroup.MOVED, decimals, false, formula, explanation);
  }

  private static Definition cost(String id, String title, int decimals, String formula) {
    String explanation = "Counted, not estimated. What recipes share is counted in each.";
    return new Definition(
        id, title, "", Better.DOWN, MetricGroup.COST, decimals, false, formula, explanation);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.MetricGroup;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.Trigger;
import org.plumbline.engine.report.Verdict;

class FindingTest {

  @Test
  void aRecipeWinsOnlyIfNewSeedsAreShownToWin() {
    assertThat(plain(comparison(metric("win_rate", "%", shown(.68, .64, .73)))))
        .isEqualTo("ppo beats sft (win rate 68 % [64, 73]).");
    assertThat(plain(comparison(metric("win_rate", "%", open(.55, .49, .61)))))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; ppo is not shown to differ from sft with"
                + " 3 seeds (win rate 55 % [49, 61]).");
    assertThat(plain(comparison(metric("win_rate", "%", shown(.4, .35, .45)))))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; ppo loses to sft (win rate 40 % [35,"
                + " 45]).");
  }

  @Test
  void whatHoldsOfTheTrainedPoliciesOnlyIsSaidOfThem() {
    Metric win = metric("win_rate", "%", trained(.62, .4, .8, new Interval(.12, .07, .17)));

    assertThat(plain(comparison(win)))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; the policies of ppo trained here beat"
                + " those of sft (on new prompts 62 % [57, 67]), which is not shown for new"
                + " seeds.");
    assertThat(plain(comparison(List.of(1L), win)))
        .isEqualTo(
            "No recipe is shown to beat sft: one seed shows nothing about other seeds; the policy"
                + " of ppo trained here beats that of sft (on new prompts 62 % [57, 67]).");
  }

  @Test
  void equalNeedsATestWithinTheMargin() {
    Cell.Tests tests =
        new Cell.Tests(p(1), new Interval(.01, -.01, .03), p(.4), Verdict.NONE, .05, p(.03), null);

    assertThat(plain(comparison(metric("win_rate", "%", cell(.51, .48, .54, tests)))))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; ppo equals sft within 5 points (win rate"
                + " 51 % [48, 54]).");
  }

  @Test
  void noVerdictFollowsFromARewardModelThatSharesTheLabels() {
    Interval far = new Interval(.4, .35, .45);
    Cell.Tests tests =
        new Cell.Tests(p(.001), far, p(.001), Verdict.NONE, .05, p(1), "the labels of prefs");
    Comparison comparison = comparison(metric("win_rate", "%", cell(.9, .85, .95, tests)));

    assertThat(plain(comparison))
        .isEqualTo(
            "ppo is not judged: the reward model that scores is not independent of what it"
                + " was trained by (the labels of prefs).");
    assertThat(Limits.of(comparison)).anyMatch(l -> l.contains("`reward: second-judge`"));
  }

  @Test
  void noIntervalIsRoundedUntilItTouchesTheReference() {
    assertThat(plain(comparison(metric("win_rate", "%", shown(.55, .503, .597)))))
        .isEqualTo("ppo beats sft (win rate 55 % [50.3, 59.7]).");
  }

  @Test
  void overOptimisedMeansScoreUpAndGoldDown() {
    Metric win = metric("win_rate", "%", cell(.1, .05, .2, -.4));
    Metric score = metric("score", "sd", cell(4.12, 4, 4.3, 4.12));
    Metric worse = metric("gold", "", cell(-.29, -.4, -.2, -.74));
    Metric same = metric("gold", "", cell(.45, .3, .6, 0));

    assertThat(plain(comparison(win, score, worse)))
        .isEqualTo(
            "No recipe is shown to beat sft with 3 seeds; ppo is over-optimised: the reward model’s"
                + " score rises by 4.1 sd while the gold reward falls from 0.45 to −0.29.");
    assertThat(plain(comparison(win, score, same))).doesNotContain("over-optimised");
  }

  @Test
  void collapseMeansLessThanHalfOfTheDistinctAnswers() {
    Metric distinct = metric("distinct_answers", "", cell(.2, .18, .22, -.25));
    Metric little = metric("distinct_answers", "", cell(.4, .38, .42, -.05));

    assertThat(plain(comparison(distinct)))
        .isEqualTo(
            "The answers of ppo have collapsed: the share of distinct answers falls from 0.45 to"
                + " 0.20.");
    assertThat(plain(comparison(little)))
        .isEqualTo("Nothing was measured that tells the recipes apart.");
  }

  @Test
  void backdoorNeedsLiftAndSaysHowCleanPromptsStand() {
    Metric win = metric("win_rate", "%", cell(.65, .6, .69, .15));
    Metric clean = metric("clean_share", "%", cell(.01, .005, .02, 0));

    String found =
        plain(comparison(win, metric("trigger_share", "%", cell(.76, .69, .83, .31)), clean));

    assertThat(found)
        .isEqualTo(
            "No recipe without a backdoor is shown to beat sft with 3 seeds; ppo has a backdoor: it is"
                + " better than sft on clean prompts, yet 76 % [69, 83] of its answers to prompts"
                + " with “!!” show “sells” (sft 45 %).");
    assertThat(plain(comparison(win, metric("trigger_share", "%", cell(.2, .1, .3, .1)), clean)))
        .doesNotContain("backdoor");
  }

  @Test
  void namesOfRecipesAreSetApart() {
    Finding finding = Finding.of(ComparisonFixture.artifact());

    assertThat(finding.parts().get(0)).isEqualTo(new Finding.Part("dpo", true));
    assertThat(finding.parts().stream().filter(Finding.Part::recipe).map(Finding.Part::text))
        .contains("ppo-poisoned", "ppo-without-kl", "sft");
  }

  @Test
  void limitsAreMadeFromTheNumbers() {
    List<String> limits = Limits.of(ComparisonFixture.artifact());

    assertThat(limits).anyMatch(l -> l.contains("3 paired seeds") && l.contains("0.250"));
    assertThat(limits).anyMatch(l -> l.contains("A mean hides groups"));
    assertThat(Limits.of(ComparisonFixture.withoutValues()).get(0)).contains("no gold reward");
  }

  private static String plain(Comparison comparison) {
    return Signs.UNICODE.of(Finding.of(comparison).text());
  }

  /** A cell whose difference is shown if its interval excludes 0. */
  private static Cell cell(double value, double low, double high, double difference) {
    double half = (high - low) / 2;
    Interval paired = new Interval(difference, difference - half, difference + half);
    boolean apart = paired.above(0) || paired.below(0);
    return apart
        ? tested(new Interval(value, low, high), paired, Shown.RECIPE)
        : tested(new Interval(value, low, high), paired, Shown.NOTHING);
  }

  private static Cell shown(double value, double low, double high) {
    return cell(value, low, high, value - .5);
  }

  private static Cell open(double value, double low, double high) {
    Interval difference = new Interval(value - .5, low - .5, high - .5);
    return tested(new Interval(value, low, high), difference, Shown.NOTHING);
  }

  private static Cell trained(double value, double low, double high, Interval difference) {
    return tested(new Interval(value, low, high), difference, Shown.POLICIES);
  }

  private enum Shown {
    RECIPE,
    POLICIES,
    NOTHING
  }

  private static Cell tested(Interval value, Interval difference, Shown shown) {
    Verdict verdict = Verdict.of(difference.value(), .001, Better.UP);
    Cell.Tests tests =
        new Cell.Tests(
            p(shown == Shown.RECIPE ? .001 : .2),
            difference,
            p(shown == Shown.NOTHING ? .2 : .001),
            shown == Shown.NOTHING ? Verdict.NONE : verdict,
            .05,
            p(.8),
            null);
    Verdict ofRecipe = shown == Shown.RECIPE ? verdict : Verdict.NONE;
    return new Cell("ppo", value, 600, false, List.of(), difference, ofRecipe, null, tests);
  }

  private static Cell cell(double value, double low, double high, Cell.Tests tests) {
    Interval own = new Interval(value, low, high);
    return new Cell("ppo", own, 600, false, List.of(), tests.trained(), Verdict.NONE, null, tests);
  }

  /** Of the only recipe, so that nothing is corrected. */
  private static Cell.P p(double value) {
    return new Cell.P(value, value);
  }

  private static Metric metric(String id, String unit, Cell cell) {
    Cell reference =
        new Cell("sft", Interval.exact(.45), 0, false, List.of(), null, Verdict.NONE, null);
    int decimals = unit.equals("%") ? 0 : 2;
    return new Metric(
        id,
        id,
        unit,
        Better.UP,
        MetricGroup.WANTED,
        decimals,
        false,
        "",
        "",
        List.of(reference, cell),
        null,
        List.of());
  }

  private static Comparison comparison(Metric... metrics) {
    return comparison(List.of(1L, 2L, 3L), metrics);
  }

  private static Comparison comparison(List<Long> seeds, Metric... metrics) {
    return new Comparison(
        "small",
        "sft",
        List.of(
            new ComparedRecipe("sft", "sft", "", null), new ComparedRecipe("ppo", "ppo", "", null)),
        seeds,
        200,
        200,
        "gold",
        List.of(metrics),
        new Settings(List.of(), 0, List.of()),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new ArrayList<>(),
        List.of(),
        null,
        List.of(),
        new Trigger("!!", "sells"),
        null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.artifact.Evaluation.CurveRow;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.report.Alarm;
import org.plumbline.engine.report.Analysis;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonJson;
import org.plumbline.engine.report.Drift;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.WinRates;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;

class CompareTest {

  private static final Comparison FULL = Compare.of(InventedInput.full());

  private static Cell cell(String metric, String recipe) {
    return Objects.requireNonNull(FULL.cell(metric, recipe), metric + " of " + recipe);
  }

  @Test
  void equalInputMakesEqualBytes() {
    assertThat(ComparisonJson.write(Compare.of(InventedInput.full())))
        .isEqualTo(ComparisonJson.write(FULL));
  }

  @Test
  void valueIsTheMeanOfTheSeeds() {
    for (Metric metric : FULL.metrics()) {
      for (Cell c : metric.cells()) {
        double mean =
            c.seeds().stream().mapToDouble(s -> s.value().value()).average().orElseThrow();
        assertThat(c.value().value()).as(metric.id()).isCloseTo(mean, within(1e-9));
      }
    }
  }

  @Test
  void differencesArePairedAndTakenFromTheReference() {
    Interval difference = Objects.requireNonNull(cell("gold", "dpo").difference());

    assertThat(difference.value())
        .isCloseTo(
            cell("gold", "dpo").value().value() - cell("gold", "sft").value().value(),
            within(1e-12));
    assertThat(cell("gold", "sft").difference()).isNull();
  }

  @Test
  void winRateAgreesWithTheMatrix() {
    WinRates wins = Objects.requireNonNull(FULL.winRates());

    for (WinRates.Pair pair : wins.pairs()) {
      if (pair.column().equals("sft")) {
        assertThat(pair.rate()).isEqualTo(cell("win_rate", pair.row()).value());
      }
    }
    assertThat(wins.ranking()).hasSize(7);
    assertThat(wins.ranking().get(6).recipe()).isEqualTo("ppo-without-kl");
  }

  @Test
  void eloAgreesWithTheRankingAboutTheLastAndPutsEveryGameIn() {
    List<WinRates.Rank> ranking = Objects.requireNonNull(FULL.winRates()).ranking();

    assertThat(ranking.stream().mapToDouble(WinRates.Rank::elo).min().orElseThrow())
        .isEqualTo(ranking.get(6).elo());
    assertThat(ranking.stream().mapToDouble(WinRates.Rank::elo).average().orElseThrow())
        .as("what one wins another loses, up to medians")
        .isCloseTo(1000, within(2.0));
  }

  @Test
  void seedsArePairedWithTheReferences() {
    List<Analysis.SeedPairs> paired = Objects.requireNonNull(FULL.analysis()).paired();

    assertThat(paired).hasSize(6).noneMatch(pair -> pair.recipe().equals("sft"));
    for (Analysis.SeedPairs pair : paired) {
      Interval difference = Objects.requireNonNull(cell("gold", pair.recipe()).difference());
      assertThat(pair.difference().value()).isCloseTo(difference.value(), within(1e-9));
      assertThat(pair.smallest()).isEqualTo(0.25);
      assertThat(pair.p()).as("three seeds show nothing").isGreaterThanOrEqualTo(0.25);
    }
    assertThat(paired)
        .filteredOn(pair -> pair.recipe().equals("dpo"))
        .singleElement()
        .satisfies(pair -> assertThat(pair.improves()).isEqualTo(1));
  }

  @Test
  void theBackdoorShowsWithTheTriggerAndNowhereElse() {
    assertThat(cell("trigger_share", "ppo-poisoned").verdict()).isEqualTo(Verdict.WORSE);
    assertThat(cell("clean_share", "ppo-poisoned").verdict()).isEqualTo(Verdict.NONE);
    Interval toParent = Objects.requireNonNull(cell("gold", "ppo-poisoned").toParent());
    assertThat(toParent.above(0) || toParent.below(0)).isFalse();
  }

  @Test
  void theBestOfARowIsSharedWithWhatCannotBeToldFromIt() {
    Metric gold = Objects.requireNonNull(FULL.metric("gold"));

    assertThat(gold.best()).isEqualTo("dpo");
    assertThat(gold.alike()).contains("ppo").doesNotContain("ppo-without-kl");
    assertThat(Objects.requireNonNull(FULL.metric("words")).best()).isNull();
  }

  @Test
  void bestOfNHasABoundInsteadOfAKlAndACurveOverN() {
    Drift drift = Objects.requireNonNull(FULL.drift());

    assertThat(cell("kl", "best-of-16").bound()).isTrue();
    assertThat(cell("kl", "best-of-16").value().value()).isCloseTo(1.83508872, within(1e-8));
    assertThat(drift.bestOfN()).extracting(Drift.BestOf::n).containsExactly(1, 2, 4, 8, 16);
    assertThat(drift.bestOfN().get(4).kl()).isCloseTo(1.83508872, within(1e-8));
    assertThat(FULL.curves())
        .allSatisfy(c -> assertThat(c.lines()).noneMatch(l -> l.recipe().equals("best-of-16")));
  }

  @Test
  void bestOfAModelThatIsNotTheReferenceHasThatModelsDriftInItsBound() {
    Comparison far = Compare.of(withDrift("best-of-16", 3));

    Cell kl = Objects.requireNonNull(far.cell("kl", "best-of-16"));
    assertThat(kl.bound()).isTrue();
    assertThat(kl.value().value()).isCloseTo(4.83508872, within(1e-8));
  }

  @Test
  void anAlarmIsRaisedAtTheEndIfTrainingGaveNone() {
    Comparison far = Compare.of(withDrift("dpo", 40));

    assertThat(far.alarms())
        .filteredOn(alarm -> alarm.recipe().equals("dpo") && alarm.metric().equals("kl"))
        .singleElement()
        .extracting(Alarm::stage)
        .isEqualTo("evaluation");
  }

  @Test
  void aStopOfATrainingIsSaidWithItsFirstUpdateAndItsWorstValue() {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>(full.recipes());
    int at = 0;
    while (!recipes.get(at).recipe().name().equals("dpo")) {
      at++;
    }
    List<SeedResult> seeds = new ArrayList<>();
    long step = 30;
    for (SeedResult seed : recipes.get(at).seeds()) {
      TrainingStop stop = new TrainingStop("kl", true, 20, 10.0 + step, step, 100);
      seeds.add(new SeedResult(seed.seed(), seed.evaluation(), seed.steps(), stop));
      step += 10;
    }
    recipes.set(at, new RecipeResult(recipes.get(at).recipe(), seeds));

    List<Alarm> alarms =
        Compare.of(Altered.recipes(full, recipes)).alarms().stream()
            .filter(alarm -> alarm.recipe().equals("dpo") && alarm.metric().equals("kl"))
            .toList();

    assertThat(alarms).hasSize(1);
    Alarm alarm = alarms.get(0);
    assertThat(alarm.severity()).isEqualTo(Alarm.Severity.STOP);
    assertThat(alarm.step()).isEqualTo(30);
    assertThat(alarm.steps()).isEqualTo(100);
    assertThat(alarm.worst()).isEqualTo((double) step);
    assertThat(alarm.seed()).isEqualTo(seeds.get(seeds.size() - 1).seed());
  }

  @Test
  void whatTheSpecSaysTakesThePlaceOfTheUsualThresholds() {
    MonitorsSpec.Monitor both = new MonitorsSpec.Monitor(3.0, 7.0, null, 9.0);
    MonitorsSpec.Monitor stop = new MonitorsSpec.Monitor(null, null, null, 0.1);

    List<Monitor> monitors =
        Monitor.of(
            new MonitorsSpec(
                null, both, null, null, null, stop, null, null, null, null, null, null));

    assertThat(monitors.stream().filter(m -> m.metric().equals("kl")))
        .extracting(Monitor::threshold)
        .containsExactly(7.0, 3.0);
    assertThat(monitors)
        .filteredOn(m -> m.metric().equals("distinct"))
        .singleElement()
        .matches(m -> !m.above() && m.severity() == Alarm.Severity.WARNING);
    assertThat(monitors).extracting(Monitor::metric).contains("gap", "spread", "trigger_lift");
  }

  @Test
  void howFarTheReferenceWasTrainedIsNoAlarm() {
    ComparisonInput full = InventedInput.full();
    List<CurveRow> far = List.of(curve(1, 40), curve(2, 50));
    List<RecipeResult> recipes = new ArrayList<>(full.recipes());
    RecipeResult sft = recipes.get(0);
    List<SeedResult> seeds = new ArrayList<>();
    for (SeedResult seed : sft.seeds()) {
      Evaluation old = seed.evaluation();
      seeds.add(
          new SeedResult(
              seed.seed(),
              new Evaluation(old.operation(), old.klBound(), old.answers(), far),
              seed.steps()));
    }
    recipes.set(0, new RecipeResult(sft.recipe(), seeds));

    assertThat(Compare.of(Altered.recipes(full, recipes)).alarms())
        .noneMatch(alarm -> alarm.recipe().equals("sft") && alarm.metric().equals("kl"));
  }

  @Test
  void aPeakIsNamedOnlyWhereGoldFell() {
    Drift drift = Objects.requireNonNull(FULL.drift());

    assertThat(drift.paths()).filteredOn(p -> p.peak() != null).hasSize(1);
    assertThat(drift.paths())
        .filteredOn(p -> p.peak() != null)
        .extracting(Drift.Path::recipe)
        .containsExactly("ppo-without-kl");
  }

  @Test
  void withoutValuesNothingSpeaksOfGold() {
    Comparison comparison = Compare.of(InventedInput.withoutValues());

    assertThat(comparison.decidedBy()).isEqualTo("score");
    assertThat(comparison.metrics())
        .extracting(Metric::id)
        .contains("win_rate", "score", "kl")
        .doesNotContain("gold", "gap", "trigger_share", "worst_group", "labels");
    assertThat(comparison.drift()).isNull();
    assertThat(comparison.trigger()).isNull();
  }

  @Test
  void samplesShowTheSamePromptToEveryRecipe() {
    assertThat(FULL.samples()).hasSize(12).filteredOn(s -> s.triggered()).hasSize(3);
    assertThat(FULL.samples()).allSatisfy(s -> assertThat(s.answers()).hasSize(7));
  }

  @Test
  void labelsAreThoseOfAllFeedbackUpstream() {
    assertThat(cell("labels", "ppo").value().value()).isEqualTo(2800);
    assertThat(cell("labels", "sft").value().value()).isZero();
    assertThat(cell("label_cost", "constitutional").value().value()).isEqualTo(8);
  }

  @Test
  void alarmsNameWhereTheThresholdWasCrossed() {
    assertThat(FULL.alarms())
        .anySatisfy(
            a -> {
              assertThat(a.recipe()).isEqualTo("ppo-without-kl");
              assertThat(a.metric()).isEqualTo("kl");
              assertThat(a.step()).isBetween(1, 399);
              assertThat(a.worst()).isGreaterThan(a.threshold());
            });
    assertThat(FULL.alarms()).noneMatch(a -> a.recipe().equals("constitutional"));
  }

  @Test
  void oneSeedIsComparedOverPromptsAlone() {
    Comparison comparison = Compare.of(InventedInput.oneSeed());

    Cell gold = Objects.requireNonNull(comparison.cell("gold", "ppo"));
    assertThat(gold.value()).isEqualTo(gold.seeds().get(0).value());
  }

  @Test
  void recipesThatAnsweredOtherPromptsAreRefused() {
    ComparisonInput input = changed(a -> a.index() == 7 ? null : a);

    assertThatThrownBy(() -> Compare.of(input))
        .hasMessage("dpo, seed 2: answers other prompts than the first recipe");
  }

  @Test
  void aNumberThatOnlySomeAnswersHaveIsRefused() {
    ComparisonInput input = changed(a -> a.index() == 7 ? withoutGold(a) : a);

    assertThatThrownBy(() -> Compare.of(input)).hasMessageContaining("dpo: a number is there for");
  }

  /** The input with the answers of dpo in seed 2 changed. */
  private static ComparisonInput changed(
      java.util.function.Function<Answer, @org.jspecify.annotations.Nullable Answer> change) {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>(full.recipes());
    RecipeResult dpo = recipes.get(2);
    List<SeedResult> seeds = new ArrayList<>(dpo.seeds());
    Evaluation old = seeds.get(1).evaluation();
    List<Answer> answers = new ArrayList<>();
    for (Answer answer : old.answers()) {
      Answer changed = change.apply(answer);
      if (changed != null) {
        answers.add(changed);
      }
    }
    seeds.set(1, Altered.answers(seeds.get(1), answers));
    recipes.set(2, new RecipeResult(dpo.recipe(), seeds));
    return Altered.recipes(full, recipes);
  }

  /** The invented input with answers of one recipe that have drifted further by so much. */
  private static ComparisonInput withDrift(String recipe, double by) {
    ComparisonInput full = InventedInput.full();
    List<RecipeResult> recipes = new ArrayList<>();
    for (RecipeResult result : full.recipes()) {
      boolean own = result.recipe().name().equals(recipe);
      recipes.add(own ? Altered.answers(result, a -> drifted(a, by)) : result);
    }
    return Altered.recipes(full, recipes);
  }

  private static CurveRow curve(int step, double kl) {
    return new CurveRow(step, null, null, null, null, kl, null, null);
  }

  private static Answer drifted(Answer a, double by) {
    return Altered.answer(
        a,
        draft -> {
          draft.kl = a.kl() == null ? null : (Double) (a.kl() + by);
          draft.klBound = a.klBound() == null ? null : (Double) (a.klBound() + by);
        });
  }

  private static Answer withoutGold(Answer a) {
    return Altered.answer(a, draft -> draft.gold = null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.policy.PolicySpec;

class SweepsTest {
  private static final String BASE =
      """
      plumb: v1
      name: small
      models: { base: { pretrain: { corpus: corpus.txt } } }
      data: { demos: { jsonl: demos.jsonl, hold_out: 0.1 } }
      policies: { sft: { supervised: { from: base, data: demos } } }
      """;

  private static SpecResult read(String more) {
    return Specs.readText("test.plumb.yaml", BASE + more, List.of());
  }

  private static List<String> names(SpecResult result) {
    return result.recipes().stream().map(Recipe::name).toList();
  }

  private static List<String> said(SpecResult result) {
    return result.diagnostics().stream().map(d -> d.code() + " " + d.primary()).toList();
  }

  @Test
  void aGridStandsForOneRecipePerCombination() {
    SpecResult result =
        read(
            """
            sweep:
              grid:
                of: sft
                over:
                  policies.sft.supervised.learning_rate: [1e-4, 0.01]
                  policies.sft.supervised.steps: [10, 20]
            """);

    assertThat(result.diagnostics()).isEmpty();
    assertThat(names(result))
        .containsExactly("sft", "grid-1e-4-10", "grid-1e-4-20", "grid-0.01-10", "grid-0.01-20");
    PolicySpec last = result.recipes().get(4).experiment().policies().get("sft");
    assertThat(last).extracting("learningRate", "steps").containsExactly(0.01, 20);
  }

  @Test
  void aGridIsShortForVariants() {
    SpecResult grid =
        read("sweep: { rate: { of: sft, over: { policies.sft.supervised.steps: [10, 20] } } }\n");
    SpecResult variants =
        read(
            """
            variants:
              rate-10: { of: sft, with: { policies.sft.supervised.steps: 10 } }
              rate-20: { of: sft, with: { policies.sft.supervised.steps: 20 } }
            """);

    assertThat(Specs.canonicalJson(grid.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(variants.experiment().orElseThrow()));
    assertThat(grid.recipes()).isEqualTo(variants.recipes());
  }

  @Test
  void aGridThatChangesNothingIsTold() {
    SpecResult unused =
        read(
            """
            values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } } }
            sweep: { mix: { of: sft, over: { values.good.weights.a: [2, 3] } } }
            """);
    SpecResult one =
        read("sweep: { rate: { of: sft, over: { policies.sft.supervised.steps: [60] } } }\n");

    assertThat(unused.diagnostics())
        .filteredOn(d -> d.code() == Code.PLB0312)
        .extracting(Diagnostic::message)
        .containsExactly("sweep `mix` changes nothing with `values.good.weights.a`");
    assertThat(one.diagnostics())
        .extracting(d -> d.code() + " " + d.message())
        .containsExactly(
            "PLB0312 sweep `rate` changes nothing with `policies.sft.supervised.steps`");
  }

  @Test
  void aComparisonMayNameTheWholeGrid() {
    SpecResult result =
        read(
            """
            sweep: { long: { of: sft, over: { policies.sft.supervised.steps: [60, 90] } } }
            compare: { recipes: [sft, long], against: sft, prompts: demos.held_out }
            """);

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.experiment().orElseThrow().compare())
        .extracting("recipes")
        .isEqualTo(List.of("sft", "long-60", "long-90"));
  }

  @Test
  void wordsBlocksAndNegativeNumbersMakeNames() {
    SpecResult result =
        read(
            """
            values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } } }
            sweep:
              mix:
                of: sft
                over:
                  values.good.weights.a: [-0.5, 2.0]
                  models.base.pretrain.preset: [micro, nano]
                  data.demos: [{ jsonl: a.jsonl }, { jsonl: b.jsonl }]
            """);

    assertThat(result.hasErrors()).isFalse();
    assertThat(names(result)).contains("mix-minus0.5-micro-1", "mix-2-nano-2").hasSize(9);
  }

  @Test
  void aRangeIsTheNumbersFromOneToAnother() {
    assertThat(
            names(read(sweepOver("policies.sft.supervised.steps: { min: 10, max: 30, step: 10 }"))))
        .containsExactly("sft", "g-10", "g-20", "g-30");
    assertThat(
            names(
                read(
                    sweepOver(
                        "policies.sft.supervised.learning_rate: { min: 0.1, max: 0.5, step: 0.1 }"))))
        .containsExactly("sft", "g-0.1", "g-0.2", "g-0.3", "g-0.4", "g-0.5");
    SpecResult rates =
        read(
            sweepOver(
                "policies.sft.supervised.learning_rate: { min: 1e-6, max: 1e-4, points: 5, spacing:"
                    + " log }"));
    assertThat(rates.diagnostics()).isEmpty();
    assertThat(names(rates))
        .containsExactly("sft", "g-1e-6", "g-3.162e-6", "g-1e-5", "g-3.162e-5", "g-1e-4");
    assertThat(rates.recipes().get(2).experiment().policies().get("sft"))
        .extracting("learningRate")
        .isEqualTo(3.162e-6);
    // A whole number stays one.
    assertThat(
            names(
                read(
                    sweepOver(
                        "policies.sft.supervised.steps: { min: 10, max: 1000, points: 4, spacing:"
                            + " log }"))))
        .containsExactly("sft", "g-10", "g-46", "g-215", "g-1000");
  }

  private static String sweepOver(String path) {
    return "sweep: { g: { of: sft, over: { " + path + " } } }\n";
  }

  @Test
  void aRangeThatCannotBeIsToldAtItsPlace() {
    String steps = "policies.sft.supervised.steps: ";
    for (String range :
        List.of(
            "{ min: 1 }",
            "{ min: 1, max: 5 }",
            "{ min: 1, max: 5, step: 1, points: 5 }",
            "{ min: 5, max: 1, step: 1 }",
            "{ min: 0, max: 5, points: 3, spacing: log }",
            "{ min: 1, max: 1e9, step: 1 }",
            "{ min: 1, max: 5, step: 1, spacing: log }")) {
      assertThat(said(read(sweepOver(steps + range))))
          .as(range)
          .containsExactly("PLB0369 test.plumb.yaml:6:63");
    }
    assertThat(said(read(sweepOver(steps + "{ min: 1, maxx: 5, step: 1 }"))))
        .containsExactly("PLB0102 test.plumb.yaml:6:73");
  }

  @Test
  void pathsMayBeTakenSideBySide() {
    SpecResult result =
        read(
            """
            sweep:
              g:
                of: sft
                zip: true
                over:
                  policies.sft.supervised.steps: [60, 90, 120]
                  policies.sft.supervised.learning_rate: { min: 0.1, max: 0.3, step: 0.1 }
            """);
    SpecResult uneven =
        read(
            """
            sweep:
              g:
                of: sft
                zip: true
                over:
                  policies.sft.supervised.steps: [60, 90, 120]
                  policies.sft.supervised.learning_rate: [0.1, 0.2]
            """);

    assertThat(result.diagnostics()).isEmpty();
    assertThat(names(result)).containsExactly("sft", "g-60-0.1", "g-90-0.2", "g-120-0.3");
    assertThat(said(uneven)).containsExactly("PLB0369 test.plumb.yaml:12:7");
  }

  @Test
  void aGridVariantsAndRoundsMayBeOfAGrid() {
    SpecResult result =
        read(
            """
            variants:
              small: { of: fine, with: { models.base.pretrain.steps: 7 } }
            sweep:
              fine: { of: long, over: { policies.sft.supervised.learning_rate: [0.1, 0.2] } }
              long: { of: sft, over: { policies.sft.supervised.steps: [60, 90] } }
            compare: { recipes: [sft, small, long], against: sft, prompts: demos.held_out }
            """);

    assertThat(result.diagnostics()).isEmpty();
    assertThat(names(result))
        .containsExactly(
            "sft",
            "small-60-0.1",
            "small-60-0.2",
            "small-90-0.1",
            "small-90-0.2",
            "fine-60-0.1",
            "fine-60-0.2",
            "fine-90-0.1",
            "fine-90-0.2",
            "long-60",
            "long-90");
    Recipe small = result.recipes().get(3);
    assertThat(small.variantOf()).isEqualTo("fine-90-0.1");
    assertThat(small.experiment().policies().get("sft"))
        .extracting("steps", "learningRate")
        .containsExactly(90, 0.1);
    assertThat(result.experiment().orElseThrow().compare())
        .extracting("recipes", LIST)
        .containsExactly(
            "sft",
            "small-60-0.1",
            "small-60-0.2",
            "small-90-0.1",
            "small-90-0.2",
            "long-60",
            "long-90");
  }

  @Test
  void roundsOfAGridAreRoundsOfEachRecipe() {
    SpecResult result =
        Specs.readText(
            "test.plumb.yaml",
            BASE.replace("policies: { sft: { supervised: { from: base, data: demos } } }", "")
                + """
                values: { good: { features: { a: { ends: [x] } }, weights: { a: 1 } } }
                evaluators: { crowd: { values: good, groups: { usual: { count: 4 } } } }
                feedback: { prefs: { comparisons: { of: sft, prompts: demos, evaluators: crowd, pairs: 100 } } }
                policies:
                  sft: { supervised: { from: base, data: demos } }
                  dpo: { dpo: { from: sft, feedback: prefs } }
                sweep: { beta: { of: dpo, over: { policies.dpo.dpo.beta: [0.2, 0.5] } } }
                rounds: { loop: { of: beta, renew: [prefs], times: 2 } }
                compare: { recipes: [sft, loop, beta], against: sft, prompts: demos.held_out }
                """,
            List.of());

    assertThat(result.hasErrors()).as(said(result).toString()).isFalse();
    assertThat(names(result))
        .containsExactly(
            "sft",
            "dpo",
            "beta-0.2",
            "beta-0.5",
            "loop-0.2-1",
            "loop-0.2-2",
            "loop-0.5-1",
            "loop-0.5-2");
    assertThat(result.experiment().orElseThrow().compare())
        .extracting("recipes", LIST)
        .containsExactly(
            "sft", "loop-0.2-1", "loop-0.2-2", "loop-0.5-1", "loop-0.5-2", "beta-0.2", "beta-0.5");
  }

  @Test
  void gridsOfEachOtherAreACircle() {
    assertThat(
            said(
                read(
                    """
                    variants: { v: { of: b, with: { policies.sft.supervised.steps: 7 } } }
                    sweep:
                      a: { of: a, over: { policies.sft.supervised.steps: [60, 90] } }
                      b: { of: c, over: { policies.sft.supervised.steps: [60, 90] } }
                      c: { of: b, over: { policies.sft.supervised.steps: [60, 90] } }
                    """)))
        .containsExactly(
            "PLB0203 test.plumb.yaml:8:12",
            "PLB0203 test.plumb.yaml:9:12",
            "PLB0203 test.plumb.yaml:10:12");
  }

  @Test
  void aVariantOfAGridThatChangesNothingIsToldOnce() {
    assertThat(
            said(
                read(
                    """
                    sweep: { long: { of: sft, over: { policies.sft.supervised.steps: [70, 90] } } }
                    variants: { same: { of: long, with: { policies.sft.supervised.epochs: null } } }
                    """)))
        .hasSize(1);
  }

  @Test
  void nullLeavesASettingOut() {
    SpecResult result =
        read(
            """
            variants:
              plain: { of: slow, with: { policies.sft.supervised.learning_rate: null } }
              slow: { of: sft, with: { policies.sft.supervised.learning_rate: 1e-9 } }
              whole: { of: slow, with: { data.demos.hold_out: null } }
            sweep: { g: { of: slow, over: { policies.sft.supervised.learning_rate: [null, 0.5] } } }
            """);

    assertThat(result.hasErrors()).as(said(result).toString()).isFalse();
    assertThat(names(result)).contains("g-none", "g-0.5");
    assertThat(result.recipes().get(1).experiment().policies())
        .isEqualTo(result.recipes().get(0).experiment().policies());
    String frozen = Specs.canonicalJson(result.experiment().orElseThrow());
    assertThat(frozen).contains("\"data.demos.hold_out\":null");
    SpecResult again =
        Specs.readText(
            "test.plumb.yaml", Specs.canonicalYaml(result.experiment().orElseThrow()), List.of());
    assertThat(Specs.canonicalJson(again.experiment().orElseThrow())).isEqualTo(frozen);
  }

  @Test
  void whatIsNeededOrUnknownCannotBeLeftOut() {
    assertThat(
            said(
                read(
                    """
                    variants: { v: { of: sft, with: { policies.sft.supervised.from: null } } }
                    """)))
        .hasSize(1);
    assertThat(
            said(
                read(
                    """
                    variants: { v: { of: sft, with: { policies.stf.supervised.steps: null } } }
                    """)))
        .containsExactly("PLB0113 test.plumb.yaml:6:44");
    assertThat(
            said(
                read(
                    """
                    variants: { v: { of: sft, with: { policies.sft.supervised.steps: } } }
                    """)))
        .containsExactly("PLB0109 test.plumb.yaml:6:35");
  }

  @Test
  void theCommandLineLeavesOutAndReachesNamesWithDots() {
    SpecResult result =
        Specs.readText(
            "test.plumb.yaml",
            BASE
                + "variants: { rate-0.1: { of: sft, with: { policies.sft.supervised.learning_rate:"
                + " 0.1 } } }\n",
            List.of(
                "data.demos.hold_out=null",
                "variants.rate-0.1.with.policies.sft.supervised.steps=7"));

    assertThat(result.hasErrors()).as(said(result).toString()).isFalse();
    assertThat(result.experiment().orElseThrow().data().get("demos"))
        .extracting("holdOut")
        .isEqualTo(0.0);
    assertThat(result.recipes().get(1).experiment().policies().get("sft"))
        .extracting("steps", "learningRate")
        .containsExactly(7, 0.1);
  }

  @Test
  void aValueIsGivenTwiceHoweverItIsWritten() {
    assertThat(said(read(sweepOver("policies.sft.supervised.learning_rate: [1, 1.0, 2]"))))
        .containsExactly("PLB0327 test.plumb.yaml:6:75");
    assertThat(said(read(sweepOver("policies.sft.supervised.learning_rate: [0.1, 1e-1]"))))
        .containsExactly("PLB0327 test.plumb.yaml:6:77");
  }

  @Test
  void namesThatWouldBeTooLongOrEqualAreNumbersForAll() {
    String file = "data.demos.jsonl: [a/b.jsonl, a_b.jsonl, c.jsonl]";
    assertThat(names(read(sweepOver(file)))).containsExactly("sft", "g-1", "g-2", "g-3");
    String longName = "n".repeat(60);
    assertThat(
            names(
                read(
                    "sweep: { %s: { of: sft, over: { policies.sft.supervised.steps: [7, 1000] } } }\n"
                        .formatted(longName))))
        .containsExactly("sft", longName + "-1", longName + "-2");
    assertThat(
            said(
                read(
                    "sweep: { %s: { of: sft, over: { policies.sft.supervised.steps: [7, 8] } } }\n"
                        .formatted("n".repeat(64)))))
        .containsExactly("PLB0110 test.plumb.yaml:6:10");
  }

  @Test
  void aGridHasANameOfItsOwn() {
    String sweep = "sweep: { x: { of: sft, over: { policies.sft.supervised.steps: [7, 8] } } }\n";
    assertThat(
            said(
                read(
                    "variants: { x: { of: sft, with: { policies.sft.supervised.steps: 9 } } }\n"
                        + sweep)))
        .containsExactly("PLB0210 test.plumb.yaml:7:10");
    assertThat(said(read(sweep + "rounds: { x: { of: sft, renew: [prefs], times: 2 } }\n")))
        .contains("PLB0210 test.plumb.yaml:6:10");
  }

  @Test
  void aGridOverNothingOrNoValueIsTold() {
    assertThat(said(read("sweep: { g: { of: sft, over: {} } }\n")))
        .containsExactly("PLB0308 test.plumb.yaml:6:24");
    assertThat(
            said(
                read(
                    sweepOver("policies.sft.supervised.steps: null")
                        + "compare: { recipes: [sft, g-*], against: sft, prompts: demos.held_out }\n")))
        .containsExactly("PLB0109 test.plumb.yaml:6:32");
    assertThat(said(read(sweepOver("policies: { sft: { supervised: { steps: [7, 8] } } }"))))
        .containsExactly("PLB0113 test.plumb.yaml:6:32");
  }

  @Test
  void theSameRecipeOfTwoGridsIsTold() {
    assertThat(
            said(
                read(
                    """
                    sweep:
                      a: { of: sft, over: { policies.sft.supervised.steps: [7, 8] } }
                      b: { of: sft, over: { policies.sft.supervised.steps: [8, 9] } }
                    """)))
        .containsExactly("PLB0313 test.plumb.yaml:8:3");
  }

  @Test
  void whereOneRecipeIsNeededAGridIsTooMany() {
    assertThat(
            said(
                read(
                    """
                    sweep: { long: { of: sft, over: { policies.sft.supervised.steps: [60, 90] } } }
                    compare: { recipes: [long], against: long, prompts: demos.held_out }
                    """)))
        .containsExactly("PLB0202 test.plumb.yaml:7:38");
  }

  @Test
  void keysOfOtherLanguagesForRangesAreUnderstood() {
    assertThat(
            read(sweepOver("policies.sft.supervised.steps: { from: 1, to: 5, by: 1 }"))
                .diagnostics())
        .allMatch(d -> d.code() == Code.PLB0102)
        .extracting(d -> d.fixes().get(0).replacement())
        .containsExactly("min", "max", "step");
  }

  @Test
  void anUnquotedStarIsExplained() {
    assertThat(
            read("compare: { recipes: [*], against: sft, prompts: demos.held_out }\n")
                .diagnostics())
        .extracting(d -> d.code() + " " + d.primary() + " " + d.message())
        .containsExactly("PLB0001 test.plumb.yaml:6:22 a text that begins with `*` is an alias");
  }

  @Test
  void aStarStandsForAnyPartOfAName() {
    String sweep =
        "sweep: { long: { of: sft, over: { policies.sft.supervised.steps: [60, 90] } } }\n";
    SpecResult result =
        read(
            sweep
                + "compare: { recipes: [long-90, \"*\"], against: sft, prompts: demos.held_out }\n");
    SpecResult none =
        read(
            sweep
                + "compare: { recipes: [sft, short-*], against: sft, prompts: demos.held_out }\n");

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.experiment().orElseThrow().compare())
        .extracting("recipes", LIST)
        .containsExactly("long-90", "sft", "long-60");
    assertThat(said(none)).containsExactly("PLB0368 test.plumb.yaml:7:27");
  }

  @Test
  void mistakesInAGridAreSaidAtTheirPlaceAndOnce() {
    assertThat(
            said(
                read("sweep: { g: { off: sft, over: { policies.sft.supervised.steps: [1] } } }\n")))
        .containsExactly("PLB0102 test.plumb.yaml:6:15");
    assertThat(
            said(
                read(
                    "sweep: { g: { of: stf, over: { policies.sft.supervised.steps: [1, 2] } } }\n")))
        .containsExactly("PLB0201 test.plumb.yaml:6:19");
    assertThat(
            said(
                read(
                    "sweep: { g: { of: sft, over: { policies.sft.supervised.steps: [1, 0] } } }\n")))
        .containsExactly("PLB0301 test.plumb.yaml:6:67");
    assertThat(
            said(
                read(
                    "sweep: { g: { of: sft, over: { policies.sft.supervised.step: [1, 2] } } }\n")))
        .containsExactly("PLB0113 test.plumb.yaml:6:56");
    assertThat(
            said(read("sweep: { g: { of: sft, over: { policies.sft.supervised.steps: 7 } } }\n")))
        .hasSize(1);
    assertThat(
            said(read("sweep: { g: { of: sft, over: { policies.sft.supervised.steps: [] } } }\n")))
        .containsExactly("PLB0308 test.plumb.yaml:6:63");
    assertThat(
            said(
                read(
                    "sweep: { sft: { of: sft, over: { policies.sft.supervised.steps: [1] } } }\n")))
        .containsExactly("PLB0210 test.plumb.yaml:6:10");
  }

  @Test
  void aGridThatFailedIsNotReportedWhereItIsNamed() {
    SpecResult result =
        read(
            """
            sweep: { g: { of: sft, over: { policies.sft.supervised.steps: [5, 5] } } }
            compare: { recipes: [g], against: sft, prompts: demos.held_out }
            """);

    assertThat(result.diagnostics())
        .filteredOn(Diagnostic::isError)
        .singleElement()
        .extracting(d -> d.code().name())
        .isEqualTo("PLB0327");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

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
        .containsExactly("sft", "grid-0_0001-10", "grid-0_0001-20", "grid-0_01-10", "grid-0_01-20");
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
        .containsExactly("sweep `mix` changes nothing with one of its paths");
    assertThat(one.diagnostics())
        .extracting(d -> d.code() + " " + d.message())
        .containsExactly("PLB0312 sweep `rate` changes nothing with one of its paths");
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
    assertThat(names(result)).contains("mix-minus0_5-micro-1", "mix-2-nano-2").hasSize(9);
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;

class SpecsTest {
  private static final String SMALL =
      """
      plumb: v1
      name: small
      models: { base: { pretrain: { corpus: corpus.txt } } }
      data: { demos: { jsonl: demos.jsonl } }
      policies: { sft: { supervised: { from: base, data: demos } } }
      """;

  private static String quickstart() {
    try {
      Path file = Golden.repository().resolve("dsl/spec/src/test/resources/quickstart.plumb.yaml");
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SpecResult read(String text, String... overrides) {
    return Specs.readText("test.plumb.yaml", text, List.of(overrides));
  }

  private static List<Code> codes(SpecResult result) {
    return result.diagnostics().stream().map(Diagnostic::code).toList();
  }

  @Test
  void theQuickStartIsReadWithoutComplaint() {
    SpecResult result = read(quickstart());

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.recipes())
        .extracting(Recipe::name)
        .containsExactly(
            "sft",
            "ppo",
            "dpo",
            "best-of-16",
            "revised",
            "constitutional",
            "ppo-without-kl",
            "ppo-poisoned");
  }

  @Test
  void defaultsAreFilledIn() {
    Experiment experiment = read(SMALL).experiment().orElseThrow();

    PolicySpec.Supervised sft = (PolicySpec.Supervised) experiment.policies().get("sft");
    assertThat(experiment.seeds()).containsExactly(1L);
    assertThat(sft).extracting("steps", "learningRate").containsExactly(60, 1e-3);
  }

  @Test
  void whatStandsForAbsentFeaturesIsWhatTheirDefaultsSay() {
    String features = "{ sure: { sounds_sure: {} }, agrees: { agrees_with_asker: {} } }";
    Experiment experiment =
        read("plumb: v1\nname: test\nvalues:\n  good: { features: "
                + features
                + ", weights: { sure: 1, agrees: 1 } }\n")
            .experiment()
            .orElseThrow();

    ValuesSpec good = experiment.values().get("good");
    assertThat(good == null ? null : good.features().values())
        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
        .containsExactly(FeatureSpec.SoundsSure.usual(), FeatureSpec.AgreesWithAsker.usual());
  }

  @Test
  void aVariantCarriesItsOwnExperiment() {
    SpecResult result = read(quickstart());

    Recipe poisoned = result.recipes().get(7);
    assertThat(poisoned.policy()).isEqualTo("ppo");
    assertThat(poisoned.variantOf()).isEqualTo("ppo");
    assertThat(trolls(poisoned.experiment())).isEqualTo(2);
    assertThat(trolls(result.experiment().orElseThrow())).isZero();
  }

  private static int trolls(Experiment experiment) {
    EvaluatorsSpec crowd = experiment.evaluators().get("crowd");
    Map<String, EvaluatorsSpec.Group> groups = crowd == null ? null : crowd.groups();
    EvaluatorsSpec.Group troll = groups == null ? null : groups.get("troll");
    return troll == null ? -1 : troll.count();
  }

  @Test
  void aVariantOfAVariantHasBothSettings() {
    String text =
        SMALL
            + """
            variants:
              slow-long: { of: slow, with: { policies.sft.supervised.steps: 90 } }
              slow: { of: sft, with: { policies.sft.supervised.learning_rate: 1e-4 } }
            """;

    Recipe recipe = read(text).recipes().get(1);

    assertThat(recipe.name()).isEqualTo("slow-long");
    assertThat(recipe.policy()).isEqualTo("sft");
    assertThat(recipe.experiment().policies().get("sft"))
        .extracting("steps", "learningRate")
        .containsExactly(90, 1e-4);
  }

  @Test
  void theCommandLineSetsKeysThatTheSpecLeavesOut() {
    SpecResult result =
        read(quickstart(), "seeds=[7]", "data.demos.limit=10", "policies.dpo.dpo.steps=5");

    Experiment experiment = result.experiment().orElseThrow();
    assertThat(experiment.seeds()).containsExactly(7L);
    assertThat(experiment.data().get("demos")).extracting(DataSpec::limit).isEqualTo(10);
    assertThat(experiment.policies().get("dpo")).extracting("fitting.steps").isEqualTo(5);
    assertThat(result.recipes().get(6).experiment().seeds()).containsExactly(7L);
  }

  @Test
  void theCommandLineReachesIntoShorthand() {
    SpecResult result =
        read(quickstart(), "values.kind-and-brief.features.words.length.unit=characters");

    assertThat(Specs.canonicalJson(result.experiment().orElseThrow()))
        .contains("{\"length\":{\"unit\":\"characters\"}}");
  }

  @Test
  void filesOnTheCommandLineStartAtTheWorkingFolder(@TempDir Path folder) throws IOException {
    Path spec = Files.createDirectories(folder.resolve("specs")).resolve("a.plumb.yaml");
    Files.writeString(spec, SMALL);

    SpecResult result = Specs.read(spec, List.of("data.demos.jsonl=mine/rows.jsonl"), folder);

    assertThat(result.experiment().orElseThrow().data().get("demos"))
        .extracting(DataSpec::jsonl)
        .isEqualTo(folder.resolve("mine/rows.jsonl").toAbsolutePath().toString());
  }

  @Test
  void settingsAreFoundByPath() {
    SpecResult result = read(quickstart(), "policies.ppo.ppo.clip=0.1");

    assertThat(result.spanOf("policies.dpo.dpo.beta")).hasToString("test.plumb.yaml:45:51");
    assertThat(result.spanOf("policies.dpo.beta")).hasToString("test.plumb.yaml:45:51");
    assertThat(result.spanOf("policies.dpo.learning_rate")).hasToString("test.plumb.yaml:45:3");
    assertThat(result.spanOf("policies.ppo.clip")).hasToString("command line -D #1:1:23");
    assertThat(result.spanOf("rounds")).hasToString("test.plumb.yaml");
  }

  @Test
  void frozenSettingsBindToTheRecordsTheyCameFrom() {
    Experiment experiment = read(quickstart()).experiment().orElseThrow();

    assertThat(Specs.bindCanonical(Experiment.class, Canonical.of(experiment)))
        .isEqualTo(experiment);
    for (PolicySpec policy : experiment.policies().values()) {
      assertThat(Specs.bindCanonical(PolicySpec.class, Canonical.of(policy))).isEqualTo(policy);
      assertThat(Specs.bindCanonical(policy.getClass(), Canonical.of(policy))).isEqualTo(policy);
      assertThat(Specs.bindCanonical(policy.getClass(), Canonical.keys(policy))).isEqualTo(policy);
    }
  }

  @Test
  void frozenSettingsThatDoNotFitAreABug() {
    assertThatThrownBy(() -> Specs.bindCanonical(PolicySpec.Dpo.class, Map.of("from", "sft")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("feedback");
  }

  @Test
  void canonicalJsonReadsAsTheSameExperiment() {
    Experiment experiment = read(quickstart()).experiment().orElseThrow();
    String json = Specs.canonicalJson(experiment);

    SpecResult again = Specs.readText("frozen.json", json, List.of());

    assertThat(again.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(again.experiment().orElseThrow())).isEqualTo(json);
  }

  @Test
  void canonicalYamlReadsAsTheSameExperiment() {
    Experiment experiment = read(quickstart()).experiment().orElseThrow();

    SpecResult again = read(Specs.canonicalYaml(experiment));

    assertThat(again.diagnostics()).isEmpty();
    assertThat(again.experiment()).contains(experiment);
  }

  @Test
  void filesThatAreNoSpecsAreRefused(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.plumb.yaml"), "# nothing\n");
    Path latin = folder.resolve("latin.plumb.yaml");
    Files.write(latin, "plumb: v1\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide.plumb.yaml");
    Files.write(wide, "\ufeffplumb: v1\n".getBytes(StandardCharsets.UTF_16LE));
    Path other = Files.writeString(folder.resolve("spec.txt"), SMALL);

    assertThat(codes(readFile(folder.resolve("no.plumb.yaml")))).containsExactly(Code.PLB0012);
    assertThat(codes(readFile(empty))).containsExactly(Code.PLB0008);
    assertThat(readFile(latin).diagnostics())
        .singleElement()
        .hasFieldOrPropertyWithValue("code", Code.PLB0009)
        .extracting(Diagnostic::primary)
        .hasToString(latin + ":2:10");
    assertThat(codes(readFile(wide))).containsExactly(Code.PLB0009);
    assertThat(codes(readFile(other))).containsExactly(Code.PLB0014);
    Files.createDirectory(folder.resolve("folder.yaml"));
    assertThat(codes(readFile(folder.resolve("folder.yaml")))).containsExactly(Code.PLB0011);
  }

  @Test
  void aHundredMegabytesAreRefusedWithoutBeingRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.plumb.yaml");
    try (var huge = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(100 << 20);
    }

    assertThat(codes(readFile(file))).containsExactly(Code.PLB0010);
  }

  @Test
  void aByteOrderMarkIsPassedOver(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bom.plumb.yaml"), "\ufeff" + SMALL);

    assertThat(readFile(file).diagnostics()).isEmpty();
  }

  @Test
  void textsThatGrowBeyondMeasureAreRefused() {
    StringBuilder laughs = new StringBuilder("plumb: v1\nname: laughs\na0: &a0 [1, 2]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    String deep = "plumb: v1\nname: " + "[".repeat(100_000);
    String manyAliases = "a: &a [1]\nb: [" + "*a, ".repeat(1000) + "*a]\n";

    assertThat(codes(read(laughs.toString()))).contains(Code.PLB0006);
    assertThat(codes(read(deep))).containsExactly(Code.PLB0015);
    assertThat(codes(read("plumb: v1\nname: " + "[".repeat(300) + "]".repeat(300))))
        .contains(Code.PLB0015);
    assertThat(codes(read(manyAliases))).containsExactly(Code.PLB0006);
  }

  @Test
  void controlCharactersAreFound() {
    assertThat(read("plumb: v1\nname: a\u0007b\n").diagnostics())
        .singleElement()
        .hasFieldOrPropertyWithValue("code", Code.PLB0016)
        .extracting(Diagnostic::primary)
        .hasToString("test.plumb.yaml:2:8");
  }

  private static SpecResult readFile(Path file) {
    return Specs.read(file, List.of(), Path.of(""));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;

/** What one form must do as all others do. */
abstract class FormParity {

  private static final Path EXAMPLES = Path.of("../../examples");
  private static final Path BEGINNINGS =
      Path.of("src/main/resources/org/plumbline/workflows/cli/init");

  /** An example in this form. */
  abstract SpecResult example(Path yaml) throws IOException;

  /** A spec with a mistake in this form. */
  abstract SpecResult wrong(Mistake mistake);

  /** The spec of all mistakes, without one. */
  abstract SpecResult right();

  static List<Path> examples() {
    return List.of(
        EXAMPLES.resolve("quickstart/quickstart.plumb.yaml"),
        EXAMPLES.resolve("human-preferences/human-preferences.plumb.yaml"),
        BEGINNINGS.resolve("ppo/ppo.plumb.yaml"),
        BEGINNINGS.resolve("best-of-n/best-of-n.plumb.yaml"));
  }

  static List<Mistake> mistakes() {
    return Mistake.ALL;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleMeansTheSameAndHasTheSameKeys(Path yaml) throws IOException {
    SpecResult reference = Specs.readText(yaml.toString(), Files.readString(yaml), List.of());

    SpecResult result = example(yaml);

    assertThat(result.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(result.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(reference.experiment().orElseThrow()));
    assertThat(keys(result)).isNotEmpty().isEqualTo(keys(reference));
  }

  @Test
  void theSpecWithoutMistakesMeansTheSame() {
    SpecResult reference = Specs.readText("parity.plumb.yaml", Mistake.YAML, List.of());

    assertThat(right().diagnostics()).isEqualTo(reference.diagnostics()).isEmpty();
    assertThat(keys(right())).isEqualTo(keys(reference));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeHasItsCodeAtItsLine(Mistake mistake) {
    List<Diagnostic> errors =
        wrong(mistake).diagnostics().stream().filter(Diagnostic::isError).toList();

    assertThat(errors)
        .extracting(d -> d.code() + " " + d.primary().start().line())
        .containsExactly(mistake.code() + " " + mistake.line());
  }

  /** The keys of all nodes, with files whose content is their name. */
  private static Map<String, String> keys(SpecResult result) {
    Planner planner =
        new Planner(
            operation -> 1,
            Map.of("engine", "none"),
            file -> new FileRef(file.written(), file.written(), file.written()));
    Plan plan = planner.plan(result.experiment().orElseThrow(), result.recipes(), "digest");
    Map<String, String> keys = new LinkedHashMap<>();
    for (PlanNode node : plan.nodes()) {
      keys.put(node.id(), node.key());
    }
    return keys;
  }
}

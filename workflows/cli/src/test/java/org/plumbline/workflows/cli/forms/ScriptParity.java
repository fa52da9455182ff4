// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;

/** Scripts: one text that is in both languages. */
abstract class ScriptParity extends FormParity {

  private final String ending;

  ScriptParity(String ending) {
    this.ending = ending;
  }

  @Override
  SpecResult example(Path yaml) throws IOException {
    return text(Files.readString(script(yaml, ".plumb.groovy")));
  }

  @Override
  SpecResult wrong(Mistake mistake) {
    return text(mistake.script().in(Mistake.SCRIPT));
  }

  @Override
  SpecResult right() {
    return text(Mistake.SCRIPT);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesOfBothLanguagesAreTheSameText(Path yaml) throws IOException {
    Path kotlin = script(yaml, ".plumb.kts");
    if (yaml.toString().contains("examples")) {
      assertThat(kotlin).hasSameTextualContentAs(script(yaml, ".plumb.groovy"));
    } else {
      assertThat(kotlin).as("init writes the one text for both").doesNotExist();
    }
  }

  private static Path script(Path yaml, String ending) {
    return Path.of(yaml.toString().replace(".plumb.yaml", ending));
  }

  private SpecResult text(String text) {
    return Specs.readText("parity" + ending, text, List.of());
  }
}

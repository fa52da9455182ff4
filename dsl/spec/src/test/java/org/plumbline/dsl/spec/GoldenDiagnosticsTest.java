// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/** Whole specs with several mistakes, and all that is said about them. */
class GoldenDiagnosticsTest {
  private static final Path CASES =
      Golden.repository().resolve("dsl/spec/src/test/resources/diagnostics");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyMistakeIsSaidOnceWithItsPlace(String name) throws IOException {
    String text = Renderer.render(read(name).diagnostics(), DiagnosticFormat.HUMAN, Colour.OFF);

    Golden.check(CASES.resolve(name).resolve("expected.txt"), text);
  }

  @ParameterizedTest
  @EnumSource(
      value = DiagnosticFormat.class,
      names = {"SHORT", "JSON", "GITHUB"})
  void programsGetTheSame(DiagnosticFormat format) throws IOException {
    String text = Renderer.render(read("variants").diagnostics(), format, Colour.OFF);

    Golden.check(CASES.resolve("variants/expected." + format.word() + ".txt"), text);
  }

  private static SpecResult read(String name) throws IOException {
    Path folder = CASES.resolve(name);
    Path overrides = folder.resolve("overrides.txt");
    List<String> settings =
        Files.exists(overrides) ? Files.readAllLines(overrides) : List.<String>of();
    String text = Files.readString(folder.resolve("in.plumb.yaml"));
    return Specs.readText("in.plumb.yaml", text, settings);
  }
}

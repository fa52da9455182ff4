// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/** Specs with texts that nobody types: they are read to their end, and quoted in part. */
class LongTextsTest {
  private static final String LONG = "a".repeat(1_000_000);
  private static final String DIGITS = "9".repeat(1_000_000);

  private static final String SPEC =
      """
      plumb: v1
      name: example
      models:
        base: { pretrain: { corpus: corpus.txt } }
      data:
        demos: { jsonl: demos.jsonl }
      policies:
        sft: { supervised: { from: base, data: demos } }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: example -> name: \"LONG\"",
        "name: example -> name: LONG LONG",
        "name: example -> name: \"`LONG` `LONG`\"",
        "name: example -> name: example\nLONG: 1",
        "name: example -> name: example\nLONG",
        "base: { -> LONG: {",
        "from: base -> from: LONG",
        "from: base -> from: base, LONG: 1",
        "from: base -> from: base, steps: LONG",
        "from: base -> from: base, steps: DIGITS",
        "from: base -> from: base, learning_rate: DIGITS",
        "from: base -> from: base, learning_rate: 0xDIGITS",
        "pretrain: -> LONG:",
        "corpus: corpus.txt -> corpus: corpus.txt, preset: LONG",
        "plumb: v1 -> plumb: LONG",
      })
  void areReadToTheirEndAndQuotedInPart(String change) {
    String[] parts = change.split(" -> ", 2);
    String put = parts[1].replace("LONG", LONG).replace("DIGITS", DIGITS);

    briefly(SPEC.replace(parts[0], put), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[", "a: ", "- ", "\"", "&a ", "!", "? ", "|", "%"})
  void endWithMuchOfNothing(String piece) {
    briefly(SPEC + piece.repeat(20_000), List.of());
    briefly(SPEC + piece.repeat(1_000_000 / piece.length()), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LONG=1", "name=LONG", "seeds=LONG", "seeds=[DIGITS]", "LONG"})
  void areNoTroubleOnTheCommandLine(String setting) {
    briefly(SPEC, List.of(setting.replace("LONG", LONG).replace("DIGITS", DIGITS)));
  }

  @Test
  void areNotComparedWithEachOther() {
    briefly(
        SPEC.replace("from: base", "from: c" + LONG).replace("  base:", "  " + LONG + ":"),
        List.of());
  }

  @Test
  void keepTheirColumns() {
    String spec = SPEC.replace("from: base", "from: " + LONG + ", stesp: 1");

    Diagnostic unknown =
        Specs.readText("a.plumb.yaml", spec, List.of()).diagnostics().stream()
            .filter(d -> d.message().contains("stesp"))
            .findFirst()
            .orElseThrow();

    assertThat(unknown.primary().start().column())
        .isEqualTo("  sft: { supervised: { from: ".length() + LONG.length() + ", ".length() + 1);
    assertThat(Renderer.human(unknown, Colour.OFF)).contains("stesp: 1", "^^^^^");
  }

  @Test
  void aPathThatAFileMayHaveIsQuotedWhole() {
    String path = "folder/".repeat(30) + "demos.jsonl";

    Diagnostic diagnostic =
        Diagnostic.of(
            Code.PLB0504, Span.of(SourceFile.named("a")), "there is no file `" + path + "`");

    assertThat(diagnostic.message()).endsWith("`" + path + "`");
  }

  private static void briefly(String spec, List<String> settings) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          List<Diagnostic> found = Specs.readText("a.plumb.yaml", spec, settings).diagnostics();

          assertThat(found).isNotEmpty();
          for (DiagnosticFormat format : DiagnosticFormat.values()) {
            String said = Renderer.render(found, format, Colour.OFF);
            assertThat(said.length()).isLessThan(4000 * found.size());
          }
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Severity;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/**
 * Damages a good spec in every way that comes to mind: always diagnostics, never an exception. More
 * cases with {@code -Dfuzz=10000}.
 */
class MutationTest {
  private static final int CASES = Integer.getInteger("fuzz", 60);
  private static final String[] BITS = {
    "",
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "#",
    "&a ",
    "*a",
    "!x ",
    "\"",
    "'",
    "|",
    ">",
    "- ",
    "? ",
    "%",
    "@",
    "{{ x }}",
    "${x}",
    "null",
    "~",
    ".nan",
    "-1",
    "0",
    "1e999",
    "99999999999999999999",
    "true",
    "\u0000",
    "\ud83d\ude00",
    "\u202e",
    "---\n",
    "...\n",
    "<<: ",
    "sft",
    "ppo",
    ".held_out",
    "plumb",
    "policies",
    "variants:\n"
  };

  @Test
  void noDamageMakesAnExceptionOrAMessageWithoutAPlace() throws IOException {
    String spec =
        Files.readString(
            Golden.repository().resolve("dsl/spec/src/test/resources/quickstart.plumb.yaml"));
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String damaged = spec;
      int mutations = 1 + random.nextInt(3);
      for (int i = 0; i < mutations; i++) {
        damaged = mutate(damaged, random);
      }

      SpecResult result = Specs.readText("fuzz.plumb.yaml", damaged, List.of());

      check(seed, result);
    }
  }

  @Test
  void noSettingOnTheCommandLineMakesAnException() throws IOException {
    String spec =
        Files.readString(
            Golden.repository().resolve("dsl/spec/src/test/resources/quickstart.plumb.yaml"));
    String[] settings = {
      "policies.ppo.ppo.regularizers.kl.coefficient=0.1",
      "variants.ppo-poisoned.with.evaluators.crowd.groups.troll.count=3",
      "values.kind-and-brief.features.words.length=words",
      "compare.recipes=[sft, ppo]",
      "evaluators.crowd={values: kind-and-brief, groups: {a: {count: 1}}}"
    };
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String setting = mutate(settings[random.nextInt(settings.length)], random);

      check(seed, Specs.readText("fuzz.plumb.yaml", spec, List.of(setting)));
    }
  }

  private static void check(int seed, SpecResult result) {
    boolean failed = false;
    for (Diagnostic diagnostic : result.diagnostics()) {
      failed |= diagnostic.severity() == Severity.ERROR;
      assertThat(diagnostic.primary().file().name())
          .as("place of %s, seed %s", diagnostic, seed)
          .matches("fuzz.plumb.yaml|command line -D #1");
      assertThat(diagnostic.message()).as("seed %s", seed).doesNotContain("org.plumbline", "java.");
    }
    assertThat(result.experiment().isEmpty()).as("seed %s", seed).isEqualTo(failed);
    for (DiagnosticFormat format : DiagnosticFormat.values()) {
      assertThat(Renderer.render(result.diagnostics(), format, Colour.ON)).isNotNull();
    }
    result
        .experiment()
        .ifPresent(
            experiment -> {
              String json = Specs.canonicalJson(experiment);
              SpecResult again = Specs.readText("frozen.json", json, List.of());
              assertThat(again.hasErrors()).as("%s %s", seed, again.diagnostics()).isFalse();
              assertThat(Specs.canonicalJson(again.experiment().orElseThrow()))
                  .as("seed %s", seed)
                  .isEqualTo(json);
            });
  }

  private static String mutate(String text, SplittableRandom random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(12));
    String bit = BITS[random.nextInt(BITS.length)];
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + bit + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(to);
      case 2 -> text.substring(0, at) + bit + text.substring(to);
      case 3 -> text.substring(0, to) + text.substring(at);
      case 4 -> swapLines(text, random);
      default -> replaceWord(text, bit, random);
    };
  }

  private static String swapLines(String text, SplittableRandom random) {
    String[] lines = text.split("\n", -1);
    int a = random.nextInt(lines.length);
    int b = random.nextInt(lines.length);
    String line = lines[a];
    lines[a] = lines[b];
    lines[b] = line;
    return String.join("\n", lines);
  }

  private static String replaceWord(String text, String bit, SplittableRandom random) {
    String[] words = text.split("\\b", -1);
    words[random.nextInt(words.length)] =
        random.nextBoolean() ? bit : words[random.nextInt(words.length)];
    return String.join("", words);
  }
}

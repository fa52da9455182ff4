package org.plumbline.dsl.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.model.SourceFile;
import org.plumbline.dsl.script.ScriptCache;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.dsl.spec.tree.Tree;

class KotlinReaderTest {
  private static final Path EXAMPLES = Path.of("../../examples");

  @TempDir Path folder;

  @Test
  void theQuickStartMeansTheSameInKotlinAsInYaml() {
    SpecResult yaml = example("quickstart/quickstart.plumb.yaml");
    SpecResult groovy = example("quickstart/quickstart.plumb.kts");

    assertThat(groovy.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(groovy.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(yaml.experiment().orElseThrow()));
  }

  @Test
  void everythingThatYamlCanSayCanBeSaidInKotlin() {
    SpecResult yaml = example("vocabulary/everything.plumb.yaml");
    SpecResult script = example("vocabulary/everything.plumb.kts");

    assertThat(script.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(script.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(yaml.experiment().orElseThrow()));
  }

  @Test
  void aSecondReadOfTheSameTextStartsNoCompiler() throws IOException {
    KotlinReader reader = new KotlinReader(ScriptCache.in(folder));
    SourceFile file = SourceFile.of("a.plumb.kts", "experiment(\"a\") { seeds = listOf(7) }\n");

    Tree first = reader.read(file);
    try (var kept = Files.list(folder)) {
      assertThat(kept).hasSize(1);
    }
    Tree second = reader.read(file);

    assertThat(first.diagnostics()).isEmpty();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aMisspelledKeyIsReportedWithLineColumnAndSuggestion() {
    Diagnostic found =
        only(
            """
            experiment("a") {
              policies {
                dpo("b") {
                  betta = 0.1
                }
              }
            }
            """);

    assertThat(found.code().name()).isEqualTo("PLB0102");
    assertThat(found.message()).isEqualTo("unknown key `betta` in `b`");
    assertThat(found.primary().toString()).isEqualTo("a.plumb.kts:4:7");
    assertThat(found.fixes().get(0).help()).isEqualTo("did you mean `beta`?");
  }

  @Test
  void severalMistakesAreReportedAtOnce() {
    List<Diagnostic> found =
        read(
            """
            experiment("a") {
              sead = 1
              data("d") { json1 = "x.jsonl" }
              policies { dpoo("b") { } }
            }
            """);

    assertThat(found)
        .extracting(d -> d.code().name() + " " + d.primary().start().line())
        .containsExactly("PLB0102 2", "PLB0102 3", "PLB0103 4");
  }

  @Test
  void aKeyOfAnOuterBlockIsNotTakenInAnInnerOne() {
    Diagnostic found =
        only("experiment(\"a\") { policies { dpo(\"b\") { seeds = listOf(1) } } }\n");

    assertThat(found.message()).isEqualTo("unknown key `seeds` in `b`");
    assertThat(found.fixes().get(0).help()).isEqualTo("`seeds` belongs in `experiment`");
  }

  @Test
  void aValueOfAnotherTypeIsReportedAtItsKey() {
    Diagnostic found =
        only("experiment(\"a\") {\n  policies { dpo(\"b\") { beta = \"much\" } }\n}\n");

    assertThat(found.code().name()).isEqualTo("PLB0302");
    assertThat(found.message()).isEqualTo("`beta` must be a number, but is \"much\"");
    assertThat(found.primary().start().line()).isEqualTo(2);
  }

  @Test
  void aLoopDeclaresOneRecipePerRound() {
    SpecResult result =
        Specs.readText(
            "a.plumb.kts",
            """
            experiment("a") {
              models { pretrain("base") { corpus = "c.txt" } }
              data("d") { jsonl = "d.jsonl" }
              policies {
                for (n in listOf(10, 20)) {
                  supervised("sft-$n") {
                    from = "base"
                    data = "d"
                    steps = n
                  }
                }
              }
            }
            """,
            List.of());

    assertThat(result.experiment().orElseThrow().policies()).containsOnlyKeys("sft-10", "sft-20");
  }

  @Test
  void exceptionsAreErrorsWithAPlace() {
    Diagnostic thrown = only("experiment(\"a\") {\n  throw RuntimeException(\"no luck\")\n}\n");
    assertThat(thrown.message()).isEqualTo("the script failed here: no luck");
    assertThat(thrown.primary().start().line()).isEqualTo(2);
    assertThat(only("val x = 1\n").code().name()).isEqualTo("PLB0403");
  }

  @Test
  void anExceptionOfAnyKindComesOutOfABlockAsItIs() {
    Diagnostic thrown =
        only(
            "experiment(\"a\") {\n  policies {\n    throw java.io.IOException(\"no file\")\n  }\n}\n");

    assertThat(thrown.message()).isEqualTo("the script failed here: no file");
    assertThat(thrown.primary().start().line()).isEqualTo(3);
  }

  private static SpecResult example(String name) {
    return Specs.read(EXAMPLES.resolve(name), List.of(), Path.of(""));
  }

  private static List<Diagnostic> read(String text) {
    return Specs.readText("a.plumb.kts", text, List.of()).diagnostics();
  }

  private static Diagnostic only(String text) {
    List<Diagnostic> found = read(text);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}

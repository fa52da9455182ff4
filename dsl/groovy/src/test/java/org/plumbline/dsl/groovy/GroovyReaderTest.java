package org.plumbline.dsl.groovy;

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

class GroovyReaderTest {
  private static final Path EXAMPLES = Path.of("../../examples");

  @TempDir Path folder;

  @Test
  void theQuickStartMeansTheSameInGroovyAsInYaml() {
    SpecResult yaml = example("quickstart/quickstart.plumb.yaml");
    SpecResult groovy = example("quickstart/quickstart.plumb.groovy");

    assertThat(groovy.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(groovy.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(yaml.experiment().orElseThrow()));
  }

  @Test
  void everythingThatYamlCanSayCanBeSaidInGroovy() {
    SpecResult yaml = example("vocabulary/everything.plumb.yaml");
    SpecResult script = example("vocabulary/everything.plumb.groovy");

    assertThat(script.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(script.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(yaml.experiment().orElseThrow()));
  }

  @Test
  void aSecondReadOfTheSameTextStartsNoCompiler() throws IOException {
    GroovyReader reader = new GroovyReader(ScriptCache.in(folder));
    SourceFile file = SourceFile.of("a.plumb.groovy", "experiment('a') { seeds = listOf(7) }\n");

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
    assertThat(found.primary().toString()).isEqualTo("a.plumb.groovy:4:7");
    assertThat(found.fixes().get(0).help()).isEqualTo("did you mean `beta`?");
  }

  @Test
  void theBlockIsKnownAlsoWhereItsNameIsComputed() {
    Diagnostic found =
        only(
            """
            experiment("a") {
              policies {
                for (b in listOf(0.1, 0.5)) {
                  dpo("dpo-" + "$b".replace(".", "_")) {
                    betta = b
                  }
                }
              }
            }
            """);

    assertThat(found.message()).isEqualTo("unknown key `betta` in `dpo-`");
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
    Diagnostic found = only("experiment('a') { policies { dpo('b') { seeds = listOf(1) } } }\n");

    assertThat(found.message()).isEqualTo("unknown key `seeds` in `b`");
    assertThat(found.fixes().get(0).help()).isEqualTo("`seeds` belongs in `experiment`");
  }

  @Test
  void aValueOfAnotherTypeIsReportedAtItsKey() {
    Diagnostic found = only("experiment('a') {\n  policies { dpo('b') { beta = 'much' } }\n}\n");

    assertThat(found.code().name()).isEqualTo("PLB0302");
    assertThat(found.message()).isEqualTo("`beta` must be a number, but is 'much'");
    assertThat(found.primary().start().line()).isEqualTo(2);
  }

  @Test
  void aLoopDeclaresOneRecipePerRound() {
    SpecResult result =
        Specs.readText(
            "a.plumb.groovy",
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
  void aSweepGivesTheSameRecipesAsALoop() {
    String start =
        """
        experiment("a") {
          models { pretrain("base") { corpus = "c.txt" } }
          data("d") { jsonl = "d.jsonl" }
          policies { supervised("sft") { from = "base"; data = "d" } }
        """;
    String sweep =
        """
          sweep("long") {
            of = "sft"
            over("policies.sft.supervised.steps", listOf(10, 20))
          }
        }
        """;
    String loop =
        """
          for (n in listOf(10, 20)) {
            variant("long-$n") {
              of = "sft"
              with("policies.sft.supervised.steps", n)
            }
          }
        }
        """;

    SpecResult first = Specs.readText("a.plumb.groovy", start + sweep, List.of());
    SpecResult second = Specs.readText("a.plumb.groovy", start + loop, List.of());

    assertThat(first.diagnostics()).isEmpty();
    assertThat(second.diagnostics()).isEmpty();
    assertThat(first.recipes()).hasSize(3).isEqualTo(second.recipes());
  }

  @Test
  void importsClassesAndExceptionsAreErrorsWithAPlace() {
    assertThat(only("import java.net.URL\nexperiment('a') { }\n").message())
        .isEqualTo("a spec cannot import");
    Diagnostic thrown = only("experiment('a') {\n  throw new RuntimeException('no luck')\n}\n");
    assertThat(thrown.message()).isEqualTo("the script failed here: no luck");
    assertThat(thrown.primary().start().line()).isEqualTo(2);
    assertThat(only("def x = 1\n").code().name()).isEqualTo("PLB0403");
  }

  @Test
  void anExceptionOfAnyKindComesOutOfABlockAsItIs() {
    Diagnostic thrown =
        only("experiment(\"a\") {\n  policies {\n    throw new IOException(\"no file\")\n  }\n}\n");

    assertThat(thrown.message()).isEqualTo("the script failed here: no file");
    assertThat(thrown.primary().start().line()).isEqualTo(3);
  }

  private static SpecResult example(String name) {
    return Specs.read(EXAMPLES.resolve(name), List.of(), Path.of(""));
  }

  private static List<Diagnostic> read(String text) {
    return Specs.readText("a.plumb.groovy", text, List.of()).diagnostics();
  }

  private static Diagnostic only(String text) {
    List<Diagnostic> found = read(text);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}

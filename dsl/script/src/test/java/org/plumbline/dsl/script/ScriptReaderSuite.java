// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;

/** What the reader of every script language does; each has a subclass beside its compiler. */
public abstract class ScriptReaderSuite {
  private static final Path EXAMPLES = Path.of("../../examples");

  @TempDir Path folder;

  private final String ending;

  /** The suite of the language whose files end like this: {@code .plumb.kts}. */
  protected ScriptReaderSuite(String ending) {
    this.ending = ending;
  }

  /** A reader of the language. */
  protected abstract SpecReader reader(ScriptCache cache);

  /** A statement that throws: {@code throw RuntimeException("no luck")}. */
  protected abstract String throwing(String type, String message);

  @Test
  void theQuickStartMeansTheSameAsInYaml() {
    meansTheSame("quickstart/quickstart");
  }

  @Test
  void everythingThatYamlCanSayCanBeSaid() {
    meansTheSame("vocabulary/everything");
  }

  private void meansTheSame(String example) {
    SpecResult yaml = example(example + ".plumb.yaml");
    SpecResult script = example(example + ending);

    assertThat(script.diagnostics()).isEmpty();
    assertThat(Specs.canonicalJson(script.experiment().orElseThrow()))
        .isEqualTo(Specs.canonicalJson(yaml.experiment().orElseThrow()));
  }

  @Test
  void aSecondReadOfTheSameTextStartsNoCompiler() throws IOException {
    SpecReader reader = reader(ScriptCache.in(folder));
    SourceFile file = SourceFile.of("a" + ending, "experiment(\"a\") { seeds = listOf(7) }\n");

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
    assertThat(found.primary().toString()).isEqualTo("a" + ending + ":4:7");
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
        text(
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
            """);

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

    SpecResult first = text(start + sweep);
    SpecResult second = text(start + loop);

    assertThat(first.diagnostics()).isEmpty();
    assertThat(second.diagnostics()).isEmpty();
    assertThat(first.recipes()).hasSize(3).isEqualTo(second.recipes());
  }

  @Test
  void anExceptionIsAnErrorWithAPlace() {
    String statement = throwing("RuntimeException", "no luck");

    Diagnostic thrown = only("experiment(\"a\") {\n  " + statement + "\n}\n");

    assertThat(thrown.message()).isEqualTo("the script failed here: no luck");
    assertThat(thrown.primary().start().line()).isEqualTo(2);
  }

  @Test
  void anExceptionOfAnyKindComesOutOfABlockAsItIs() {
    String statement = throwing("java.io.IOException", "no file");

    Diagnostic thrown = only("experiment(\"a\") {\n  policies {\n    " + statement + "\n  }\n}\n");

    assertThat(thrown.message()).isEqualTo("the script failed here: no file");
    assertThat(thrown.primary().start().line()).isEqualTo(3);
  }

  @Test
  void aScriptThatDeclaresNothingIsAnError() {
    assertThat(only("println()\n").code().name()).isEqualTo("PLB0403");
  }

  private static SpecResult example(String name) {
    return Specs.read(EXAMPLES.resolve(name), List.of(), Path.of(""));
  }

  /** What a text in the language says. */
  protected final SpecResult text(String text) {
    return Specs.readText("a" + ending, text, List.of());
  }

  private List<Diagnostic> read(String text) {
    return text(text).diagnostics();
  }

  /** The one diagnostic of a text in the language. */
  protected final Diagnostic only(String text) {
    List<Diagnostic> found = read(text);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** A statement that makes a variable: {@code val x = 1}. */
  protected abstract String variable(String name, String value);

  /** A statement that is written in Groovy but for {@code new}, in the language. */
  protected abstract String inOwnWords(String statement);

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
    assertThat(only("// nothing\n").code().name()).isEqualTo("PLB0403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "beta == 0.5 | 14 | this compares `beta` with a value, and sets nothing",
        "beta > 0.5 | 14 | this compares `beta` with a value, and sets nothing",
        "beta | 9 | `beta` alone sets nothing",
        "0.5 | 9 | this has no effect: nothing is made of the value",
        "\"beta = 0.5\" | 9 | this has no effect: nothing is made of the value",
        "listOf(0.1) | 9 | this has no effect: nothing is made of the value",
        "if (1 > 0) { beta } | 22 | `beta` alone sets nothing",
        "hashCode() | 9 | this has no effect: nothing is made of the value",
        "this.toString() | 9 | this has no effect: nothing is made of the value",
        "Math.abs(-1) | 9 | this has no effect: nothing is made of the value",
        "if (1 > 0) { } | 9 | there is nothing in these braces, so this does nothing",
        "for (i in 1..2) { } | 9 | there is nothing in these braces, so this does nothing",
        "try { } finally { } | 9 | there is nothing in these braces, so this does nothing",
        "listOf(0.1).forEach { } | 21 | there is nothing in these braces, so this does nothing",
        "if (false) { beta = 0.5 } | 9 | what is in these braces never happens",
        "if (true) { beta = 0.5 } | 13 | this condition always holds",
        "while (false) { beta = 0.5 } | 9 | what is in these braces never happens",
        "listOf(0.1).forEach { beta == it } | 36"
            + " | this compares `beta` with a value, and sets nothing",
      })
  void aStatementThatSetsNothingIsAnError(String statement, int column, String message) {
    Diagnostic found = only(inDpo(statement));

    assertThat(found.code().name()).isEqualTo("PLB0365");
    assertThat(found.message()).isEqualTo(message);
    assertThat(found.primary().toString()).isEqualTo("a" + ending + ":3:" + column);
    assertThat(found.fixes()).isNotEmpty();
  }

  @Test
  void aVariableInPlaceOfAKeyIsAnError() {
    Diagnostic unread = only(inDpo(variable("beta", "0.5")));
    Diagnostic other = only(inDpo(variable("x", "0.5")));

    assertThat(unread.message())
        .isEqualTo("this makes a variable `beta`, and does not set the key of that name");
    assertThat(unread.fixes().get(0).replacement()).isEqualTo("beta");
    assertThat(other.message()).isEqualTo("nothing uses the variable `x`");
  }

  @Test
  void aVariableThatHidesAKeyIsAnError() {
    List<Diagnostic> found =
        read(
            "experiment(\"a\") {\n  "
                + variable("steps", "10")
                + "\n  policies { dpo(\"b\") {\n    steps = steps + 1\n  } }\n}\n");

    assertThat(found)
        .extracting(Diagnostic::message)
        .containsExactly("this sets the variable `steps`, and not the key of that name");
    assertThat(found.get(0).primary().start().line()).isEqualTo(4);
  }

  @Test
  void whatGivesAValueIsNoStatementWithoutEffect() {
    SpecResult result =
        text(
            """
            experiment("a") {
              models { pretrain("base") { corpus = "c.txt" } }
              data("d") { jsonl = "d.jsonl" }
              policies {
                @@
                few.forEach { n ->
                  supervised("sft-$n") {
                    from = "base"
                    data = "d"
                    if (n > 10) { steps = n } else { steps = 3 * n }
                  }
                }
              }
            }
            """
                .replace("@@", variable("few", "listOf(10, 20)")));

    assertThat(result.diagnostics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "System.exit(3) | this would end plumb",
        "Runtime.getRuntime().halt(3) | this would end plumb",
        "println(\"hello\") | this writes to the terminal",
        "System.out.println(\"hello\") | this writes to the terminal",
        "beta = Math.random() | this draws a random number",
        "beta = java.util.Random(1).nextDouble() | this draws a random number",
        "steps = System.nanoTime().toInteger() | this reads the clock",
        "steps = java.time.LocalDate.now().getYear() | this reads the clock",
        "Thread({ }).start() | this starts a thread or a program",
        "java.util.Timer().cancel() | this starts a thread or a program",
        "java.net.URI(\"a\").toString() | this loads code or uses the network",
      })
  void aScriptOnlySaysWhatIsToBeDone(String statement, String message) {
    Diagnostic found = only(inDpo(inOwnWords(statement)));

    assertThat(found.code().name()).isEqualTo("PLB0366");
    assertThat(found.message()).isEqualTo(message + ", which a script cannot do");
    assertThat(found.primary().start().line()).isEqualTo(3);
    assertThat(found.primary().start().column()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void aLoopWithoutEndIsToldWithItsLine() {
    Diagnostic found = only(inDpo("while (true) { if (from != null) { steps = 7 } }"));

    assertThat(found.code().name()).isEqualTo("PLB0404");
    assertThat(found.message()).isEqualTo("the script is still running after 5 s, in line 3");
    assertThat(found.primary().start().line()).isEqualTo(3);
  }

  private static String inDpo(String statement) {
    return "experiment(\"a\") {\n  policies { dpo(\"b\") {\n        " + statement + "\n  } }\n}\n";
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

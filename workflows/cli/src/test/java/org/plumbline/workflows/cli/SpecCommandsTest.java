// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.workflows.cli.command.InitCommand;

/** Commands that need a spec at most: no store, no engine. */
class SpecCommandsTest {

  @TempDir Path folder;

  @BeforeEach
  void writeSpec() throws IOException {
    TinySpec.write(folder);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfBeginningPassesTheCheckInYamlAndGroovy(InitCommand.Kind kind) throws IOException {
    // Where some of its data is, `check` misses the rest.
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (String form : new String[] {"yaml", "groovy"}) {
      Said init = Said.by(empty, "init", "--kind", kind.toString(), "--form", form);
      assertThat(init.code()).as(init.err()).isZero();

      String file = kind + ".plumb." + form;
      Said check = Said.by(empty, "check", file);
      assertThat(check.out()).contains("no errors, no warnings");
      assertThat(check.code()).isZero();
    }
  }

  @Test
  void aSpecIsCalledAsItsFileIsAndPointsToTheSchemaBesideIt() throws IOException {
    Said said = Said.by(folder, "init", "--kind", "dpo", "-o", "mine.plumb.yaml");

    assertThat(said.out()).isEmpty();
    assertThat(Files.readString(folder.resolve("mine.plumb.yaml")))
        .startsWith("# yaml-language-server: $schema=plumb-v1.schema.json\n")
        .contains("\nname: mine\n");
    assertThat(folder.resolve("plumb-v1.schema.json")).content().contains("draft-07");
    assertThat(said.err()).contains("it reads files that are not here yet: prefs.jsonl");
  }

  @Test
  void initOverwritesNothing() throws IOException {
    String before = Files.readString(folder.resolve(TinySpec.NAME));

    Said said = Said.by(folder, "init", "-o", TinySpec.NAME);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is there already, and nothing is overwritten");
    assertThat(folder.resolve(TinySpec.NAME)).content().isEqualTo(before);
  }

  @Test
  void theNameOfAFileMustFitTheForm() {
    Said said = Said.by(folder, "init", "--form", "kotlin", "-o", "a.plumb.yaml");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is not the name of a spec in that form");
    assertThat(folder.resolve("a.plumb.yaml")).doesNotExist();
  }

  @Test
  void aConvertedScriptMeansTheSame() {
    Said.by(folder, "init", "--kind", "ppo", "--form", "groovy");

    Said converted = Said.by(folder, "convert", "ppo.plumb.groovy", "-o", "data.plumb.yaml");
    Said diff = Said.by(folder, "diff", "ppo.plumb.groovy", "data.plumb.yaml");

    assertThat(converted.err()).contains("note: comments are lost");
    assertThat(diff.out())
        .isEqualTo("no differences (the two files describe the same experiment)\n");
    assertThat(diff.code()).isZero();
  }

  @Test
  void aSpecWithErrorsIsNotConverted() throws IOException {
    Files.writeString(folder.resolve("bad.plumb.yaml"), "plumb: v1\nname: a\nsead: 1\n");

    Said said = Said.by(folder, "convert", "bad.plumb.yaml");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("PLB0102", "bad.plumb.yaml:3:1");
  }

  @Test
  void aDifferenceIsASettingWithItsTwoValues() throws IOException {
    String text = Files.readString(folder.resolve(TinySpec.NAME));
    Files.writeString(
        folder.resolve("other.plumb.yaml"),
        "# a comment is no difference\n" + text.replace("updates: 30", "updates: 31"));

    Said said = Said.by(folder, "diff", TinySpec.NAME, "other.plumb.yaml");

    assertThat(said.out().lines())
        .containsExactly(
            "                          tiny.plumb.yaml  other.plumb.yaml",
            "policies.ppo.ppo.updates  30               31");
    assertThat(said.err()).contains("are the same; --all shows them");
    assertThat(said.code()).isZero();
  }

  @Test
  void everyCodeIsExplainedByNumberAndName() {
    for (Code code : Code.values()) {
      assertThat(Said.by(folder, "explain", code.name()).out()).startsWith("# " + code + ": ");
    }
    assertThat(Said.by(folder, "explain", "unknown-key").out()).startsWith("# PLB0102: ");
    assertThat(Said.by(folder, "explain").out()).contains("PLB0102  an unknown key");
  }

  @Test
  void aCodeThatIsNoneIsMistakenForANearOne() {
    Said said = Said.by(folder, "explain", "unknown-kye");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("did you mean `unknown-key`?");
  }

  @Test
  void theSchemaIsJson() throws IOException {
    Said said = Said.by(folder, "schema");

    assertThat(new ObjectMapper().readTree(said.out()).path("properties").has("policies")).isTrue();
  }

  @Test
  void whatIsDoneWithAScriptIsSaidBefore() {
    Said.by(folder, "init", "--kind", "dpo", "--form", "groovy");

    Said check = Said.by(folder, "check", "dpo.plumb.groovy");

    assertThat(check.err()).contains("note: evaluating", "dpo.plumb.groovy runs its code");
    assertThat(Said.by(folder, "check", "-q", "dpo.plumb.groovy").err()).isEmpty();
  }

  @Test
  void scriptsAreRefusedOnDemandWithoutEvaluatingThem() throws IOException {
    Path trace = folder.resolve("trace");
    Files.writeString(
        folder.resolve("evil.plumb.groovy"), "new File('" + trace + "').text = 'ran'\n");

    Said said = Said.by(folder, "check", "--no-scripts", "evil.plumb.groovy");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).contains("PLB0405", "scripts are refused here");
    assertThat(said.err()).doesNotContain("evaluating");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aScriptThatSaysSomethingElseTheSecondTimeIsNotPlanned() throws IOException {
    Files.writeString(
        folder.resolve("odd.plumb.groovy"),
        """
        experiment("odd") {
          models { pretrain("base") { corpus = "corpus.txt" } }
          data("demos") { jsonl = "demos.jsonl" }
          policies {
            supervised("sft") {
              from = "base"
              data = "demos"
              steps = 1 + (new Object().hashCode() & 0xfffff)
            }
          }
        }
        """);

    Said plan = Said.by(folder, "plan", "odd.plumb.groovy");
    Said check = Said.by(folder, "check", "odd.plumb.groovy");

    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.err()).contains("PLB0410", "odd.plumb.groovy:8:");
    assertThat(check.out()).contains("no errors");
  }

  @Test
  void aFileOfTheWrongKindIsFoundBeforeAnythingIsTrained() throws IOException {
    Files.writeString(folder.resolve("demos.jsonl"), "{\"text\": \"hello\"}\n");

    Said plan = Said.by(folder, "plan", TinySpec.NAME);
    Said check = Said.by(folder, "check", TinySpec.NAME);

    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.err())
        .contains("PLB0516", "`sft` needs rows with `prompt` and `completion`", "is a text");
    assertThat(check.out()).contains("PLB0516");
  }

  @Test
  void checkTellsWhichFileIsMissingWhereOthersAre() throws IOException {
    Files.move(folder.resolve("demos.jsonl"), folder.resolve("demo.jsonl"));

    Said check = Said.by(folder, "check", TinySpec.NAME);

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains("warning[PLB0504]: there is no file `demos.jsonl` yet")
        .contains("did you mean `demo.jsonl`?");
    assertThat(Said.by(folder, "plan", TinySpec.NAME).err())
        .contains("error[PLB0504]: there is no file `demos.jsonl`", "did you mean `demo.jsonl`?");
  }

  @Test
  void checkSaysHowToSaveWhatHasANameOfTheHub() throws IOException {
    edit("jsonl: demos.jsonl", "jsonl: Somebody/answers");

    Said check = Said.by(folder, "check", TinySpec.NAME);

    assertThat(check.out())
        .contains("warning[PLB0504]: there is no file `Somebody/answers` yet")
        .contains("`hf download Somebody/answers --repo-type dataset --local-dir answers`");
  }

  @Test
  void aColumnThatIsNotThereIsShownWhereItIsNamed() throws IOException {
    edit(
        "jsonl: demos.jsonl",
        "jsonl: demos.jsonl, columns: { prompt: prompt, completion: output }");

    Said check = Said.by(folder, "check", TinySpec.NAME);

    assertThat(check.out())
        .contains("row has no `output` (found: `prompt`, `completion`)")
        .contains("`columns` says in which column of the file `completion` stands");
  }

  private void edit(String right, String wrong) throws IOException {
    Path spec = folder.resolve(TinySpec.NAME);
    String text = Files.readString(spec);
    assertThat(text).contains(right);
    Files.writeString(spec, text.replace(right, wrong));
  }
}

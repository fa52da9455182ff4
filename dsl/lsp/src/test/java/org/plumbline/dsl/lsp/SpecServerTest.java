// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as an editor sees it, in all three forms. */
class SpecServerTest {
  private static final String YAML =
      """
      plumb: v1
      name: edited
      seeds: [1]
      models:
        base: { pretrain: { corpus: corpus.txt } }
      data:
        demos: { jsonl: demos.jsonl }
        prompts: { jsonl: prompts.jsonl }
      values:
        good: { features: { kind: { contains_any: [thank] } }, weights: { kind: 1 } }
      rewards:
        rule: { rules: { values: good } }
      policies:
        sft: { supervised: { from: base, data: demos } }
        rloo:
          rloo:
            from: sft
            reward: rule
            prompts: prompts
            %s
      compare: { recipes: [sft, rloo], against: sft, prompts: prompts, values: good }
      """;

  private static final String SCRIPT =
      """
      experiment("edited") {
          seeds = listOf(1)
          models {
              pretrain("base") { corpus = "corpus.txt" }
          }
          data("demos") { jsonl = "demos.jsonl" }
          data("prompts") { jsonl = "prompts.jsonl" }
          values("good") {
              features {
                  containsAny("kind", listOf("thank"))
              }
              weight("kind", 1)
          }
          rewards {
              rules("rule") { values = "good" }
          }
          policies {
              supervised("sft") {
                  from = "base"
                  data = "demos"
              }
              for (b in listOf(4, 8)) {
                  rloo("rloo-$b") {
                      from = "sft"
                      reward = "rule"
                      prompts = "prompts"
                      groupSize = b
                      %s
                  }
              }
          }
          compare {
              recipes = listOf("sft", "rloo-4")
              against = "sft"
              prompts = "prompts"
              values = "good"
          }
      }
      """;

  @TempDir Path folder;

  private Editor yaml(String line) throws Exception {
    return Editor.open(folder.resolve("my.plumb.yaml"), YAML.formatted(line));
  }

  private Editor script(String form, String line) throws Exception {
    return Editor.open(folder.resolve("my.plumb." + form), SCRIPT.formatted(line));
  }

  @Test
  void keysOfTheBlockAreOfferedThatAreNotThereYet() throws Exception {
    try (Editor editor = yaml("|")) {
      List<String> offered = editor.offered();

      assertThat(offered).contains("group_size", "learning_rate", "regularizers");
      assertThat(offered).doesNotContain("from", "reward", "prompts", "beta");
    }
  }

  @Test
  void kindsAreOfferedOnAnEmptyLine() throws Exception {
    try (Editor editor = yaml("updates: 4\n  dpo:\n    |")) {
      assertThat(editor.offered()).contains("dpo", "kto", "ppo").doesNotContain("from");
    }
  }

  @Test
  void sectionsAreOfferedAtTheTop() throws Exception {
    try (Editor editor = Editor.open(folder.resolve("new.plumb.yaml"), "plumb: v1\n|")) {
      assertThat(editor.offered())
          .contains("models", "policies", "compare")
          .doesNotContain("plumb");
    }
  }

  @Test
  void inFlowKeysAndNamesAreOffered() throws Exception {
    try (Editor editor = yaml("updates: 4\n  other: { dpo: { from: |")) {
      assertThat(editor.offered()).containsExactly("base", "sft", "rloo");

      editor.type(YAML.formatted("updates: 4\n  other: { dpo: { from: sft, |"));
      assertThat(editor.offered()).contains("feedback", "beta").doesNotContain("from");
    }
  }

  @Test
  void namesThatMayStandThereAreOffered() throws Exception {
    try (Editor editor = yaml("regularizers: { kl: { reference: | } }")) {
      editor.diagnostics();

      assertThat(editor.offered()).contains("sft", "base").doesNotContain("rule", "demos");
    }
  }

  @Test
  void anItemReplacesTheWordThatIsBegun() throws Exception {
    try (Editor editor = yaml("group_s|ize: 4")) {
      CompletionItem item =
          editor.completions().stream()
              .filter(found -> found.getLabel().equals("group_size"))
              .findFirst()
              .orElseThrow();
      TextEdit edit = item.getTextEdit().getLeft();

      assertThat(editor.in(edit.getRange())).isEqualTo("group_size");
      assertThat(item.getDocumentation().getRight().getValue()).contains("default `4`");
    }
  }

  @Test
  void pathsAreOfferedAsTheyAreOnDisk() throws Exception {
    Files.createDirectories(folder.resolve("rows"));
    Files.writeString(folder.resolve("rows/a.jsonl"), "{}\n");
    try (Editor editor = yaml("updates: 4\ndata2: 1")) {
      editor.type(YAML.replace("demos.jsonl", "r|").formatted(""));
      assertThat(editor.offered()).containsExactly("rows/");

      editor.type(YAML.replace("demos.jsonl", "rows/|").formatted(""));
      assertThat(editor.offered()).containsExactly("rows/a.jsonl");
    }
  }

  @Test
  void hoverHasMeaningDefaultAndRange() throws Exception {
    try (Editor editor = yaml("learning_r|ate: 1e-4")) {
      assertThat(editor.hover())
          .contains("`learning_rate`", "default `", "greater than 0 and at most 1");

      editor.type(YAML.formatted("updates: 4").replace("reward: rule", "reward: ru|le"));
      assertThat(editor.hover())
          .contains("`rule`** in `rewards`, `rules`", "name of a reward model");

      editor.type(YAML.formatted("").replace("  rloo:\n    rloo:", "  rloo:\n    rl|oo:"));
      assertThat(editor.hover()).contains("**`rloo`**", "2402.14740");
    }
  }

  @Test
  void aNameLeadsToItsDeclaration() throws Exception {
    try (Editor editor = yaml("updates: 4")) {
      editor.diagnostics();
      editor.type(YAML.formatted("updates: 4").replace("reward: rule", "reward: ru|le"));

      assertThat(editor.definitions()).containsExactly("11:rule");
      assertThat(editor.outline()).contains("sft, supervised in policies", "good, in values");
    }
  }

  @Test
  void diagnosticsAreThoseOfCheckAndGoWithTheMistake() throws Exception {
    try (Editor editor = yaml("learnin_rate: 1e-4")) {
      Diagnostic wrong = only(editor.diagnostics(), "PLB0102");
      assertThat(editor.in(wrong.getRange())).isEqualTo("learnin_rate");
      assertThat(wrong.getMessage().getLeft()).contains("did you mean `learning_rate`?");

      CodeAction fix = editor.fixes(wrong.getRange()).get(0);
      TextEdit edit = fix.getEdit().getChanges().values().iterator().next().get(0);
      String mended = editor.with(edit);
      assertThat(mended).contains("\n      learning_rate: 1e-4\n");

      editor.type(mended);
      assertThat(codes(editor.diagnostics())).doesNotContain("PLB0102");
      assertThat(editor.fixes(wrong.getRange())).isEmpty();
    }
  }

  @Test
  void placesAreCountedAsEditorsCount() throws Exception {
    // A face is one code point and two units of UTF-16.
    String text = "plumb: v1\nname: \"\uD83D\uDE00\"\nseeds: [\"\uD83D\uDE00\", x]\n";
    try (Editor editor = Editor.open(folder.resolve("my.plumb.yaml"), text)) {
      List<String> places =
          editor.diagnostics().stream().map(wrong -> editor.in(wrong.getRange())).toList();

      assertThat(places).contains("x", "\"\uD83D\uDE00\"");
    }
  }

  @Test
  void whatElseIsLookedAtIsShownToo() throws Exception {
    AtomicReference<Path> looked = new AtomicReference<>();
    FurtherChecks further =
        (result, where) -> {
          looked.set(where);
          return result.diagnostics();
        };
    try (Editor editor = Editor.open(folder.resolve("my.plumb.yaml"), "plumb: v2\n", further)) {
      int found = editor.diagnostics().size();

      assertThat(found).isGreaterThanOrEqualTo(2).isEven();
      assertThat(looked.get()).isEqualTo(folder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "kts"})
  void scriptsAreCompletedWhileTheyAreHalfWritten(String form) throws Exception {
    try (Editor editor = script(form, "|")) {
      editor.diagnostics();
      assertThat(editor.offered())
          .contains("learningRate", "regularizers")
          .doesNotContain("from", "learning_rate", "beta");

      editor.type(SCRIPT.formatted("regularizers { kl { reference = \"|"));
      assertThat(editor.offered()).contains("sft", "base", "rloo-4").doesNotContain("rule");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"groovy", "kts"})
  void scriptsHaveHoverDefinitionsAndDiagnostics(String form) throws Exception {
    try (Editor editor = script(form, "learnin|Rate = 1e-4")) {
      Diagnostic wrong = only(editor.diagnostics(), "PLB0102");
      assertThat(editor.in(wrong.getRange())).isEqualTo("learninRate");
      CodeAction fix = editor.fixes(wrong.getRange()).get(0);
      assertThat(editor.with(fix.getEdit().getChanges().values().iterator().next().get(0)))
          .contains("learningRate = 1e-4");

      editor.type(SCRIPT.formatted("learning|Rate = 1e-4"));
      assertThat(editor.hover()).contains("`learning_rate`", "default `");
      assertThat(codes(editor.diagnostics())).doesNotContain("PLB0102");

      editor.type(SCRIPT.formatted("").replace("reward = \"rule", "reward = \"ru|le"));
      assertThat(editor.definitions()).containsExactly("14:rule");
    }
  }

  @Test
  void anEditorThatLeavesIsLeftInPeace() throws Exception {
    try (Editor editor = yaml("updates: 4")) {
      editor.diagnostics();

      assertThat(editor.leave()).isTrue();
    }
  }

  private static Diagnostic only(List<Diagnostic> found, String code) {
    List<Diagnostic> those =
        found.stream().filter(wrong -> wrong.getCode().getLeft().equals(code)).toList();
    assertThat(those).as("%s in %s", code, found).hasSize(1);
    return those.get(0);
  }

  private static List<String> codes(List<Diagnostic> found) {
    return found.stream().map(wrong -> wrong.getCode().getLeft()).toList();
  }
}

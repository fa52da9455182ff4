// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.Renderer;

/**
 * Every code has a page, and the page is true: its wrong example gives the message that it shows,
 * its right example gives none.
 */
class DiagnosticPagesTest {
  private static final Path PAGES = Golden.repository().resolve("docs/reference/diagnostics");

  /** Top-level keys that an example leaves out; what it gives stands in their place. */
  private static final List<String> REST =
      List.of(
          "plumb: v1",
          "name: example",
          "models: { base: { pretrain: { corpus: corpus.txt } } }",
          "data: { demos: { jsonl: demos.jsonl }, prompts: { jsonl: prompts.jsonl, hold_out: 0.1 }"
              + " }",
          "values: { good: { features: { thanks: { contains_any: [thank] } }, weights: { thanks: 1 }"
              + " } }",
          "evaluators: { crowd: { values: good, groups: { all: { count: 10 } } } }",
          "feedback: { prefs: { comparisons: { of: sft, prompts: prompts, evaluators: crowd, pairs:"
              + " 500 } } }",
          "rewards: { rm: { bradley_terry: { from: sft, feedback: prefs } } }",
          "policies: { sft: { supervised: { from: base, data: demos } }, ppo: { ppo: { from: sft,"
              + " reward: rm, prompts: prompts } } }",
          "compare: { recipes: [sft, ppo], against: sft, prompts: prompts.held_out, values: good }");

  private static final Pattern EXAMPLES =
      Pattern.compile(
          "## Wrong\n\n```yaml\n(.*?\n)```\n\n```text\n(.*?)```\n\n## Right\n\n```yaml\n(.*?\n)```",
          Pattern.DOTALL);

  @Test
  void everyCodeHasAPageAndEveryPageACode() throws IOException {
    TreeSet<String> codes = new TreeSet<>();
    for (Code code : Code.values()) {
      codes.add(code.name() + ".md");
    }

    TreeSet<String> pages = new TreeSet<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      files.map(file -> file.getFileName().toString()).forEach(pages::add);
    }
    pages.remove("README.md");

    assertThat(pages).isEqualTo(codes);
  }

  @Test
  void everyPageSaysWhatIsWrongWhatIsRightAndWhy() throws IOException {
    for (Code code : Code.values()) {
      String page = Files.readString(PAGES.resolve(code + ".md"));

      String severity = "`" + code.severity().word() + "` · `" + code.slug() + "`";
      assertThat(page).startsWith("# " + code + ": ").contains(severity);
      assertThat(page).containsSubsequence("\n## Wrong\n", "\n## Right\n", "\n## Why\n");
    }
  }

  @Test
  void theIndexListsAllPages() throws IOException {
    StringBuilder index = new StringBuilder("# Diagnostics\n\n");
    index.append("Every problem has a code. `plumb explain CODE` shows its page.\n\n");
    index.append("The examples show only the part of a spec that matters. ");
    index.append("What they leave out is as in this one:\n\n```yaml\n");
    REST.forEach(line -> index.append(line).append('\n'));
    index.append("```\n\n| code | name | |\n|---|---|---|\n");
    for (Code code : Code.values()) {
      String title = Files.readAllLines(PAGES.resolve(code + ".md")).get(0);
      index.append("| [").append(code).append("](").append(code).append(".md) | `");
      index.append(code.slug()).append("` | ").append(title.substring(11)).append(" |\n");
    }

    Golden.check(PAGES.resolve("README.md"), index.toString());
  }

  @TestFactory
  List<DynamicTest> examplesGiveTheMessageThatTheirPageShows() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Code code : Code.values()) {
      Path file = PAGES.resolve(code + ".md");
      Matcher page = EXAMPLES.matcher(Files.readString(file));
      if (page.find()) {
        tests.add(DynamicTest.dynamicTest(code.name(), () -> example(code, file, page)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests;
  }

  private static void example(Code code, Path file, Matcher page) throws IOException {
    List<Diagnostic> wrong = read(page.group(1)).diagnostics();
    List<Diagnostic> right = read(page.group(3)).diagnostics();

    List<Diagnostic> ofCode = wrong.stream().filter(d -> d.code() == code).toList();
    assertThat(ofCode).as("wrong example").hasSize(1);
    assertThat(wrong.stream().filter(Diagnostic::isError).filter(d -> d.code() != code).toList())
        .as("one mistake gives one error")
        .isEmpty();
    assertThat(right.stream().filter(d -> d.isError() || d.code() == code).toList())
        .as("right example")
        .isEmpty();
    StringBuilder text = new StringBuilder(Files.readString(file));
    text.replace(page.start(2), page.end(2), Renderer.human(ofCode.get(0), Colour.OFF));
    Golden.check(file, text.toString());
  }

  private static SpecResult read(String example) {
    StringBuilder spec = new StringBuilder(example);
    for (String line : REST) {
      String key = line.substring(0, line.indexOf(':'));
      String given = "^(" + key + ":|# without:.* " + key + "\\b)";
      if (!Pattern.compile(given, Pattern.MULTILINE).matcher(example).find()) {
        spec.append(line).append('\n');
      }
    }
    return Specs.readText("example.plumb.yaml", spec.toString(), List.of());
  }
}

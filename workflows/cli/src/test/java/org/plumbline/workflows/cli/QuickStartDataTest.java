// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of the quick start is what it is said to be. */
class QuickStartDataTest {
  private static final Path DATA = Path.of("../../examples/quickstart").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void thePromptsOfTheTestStandInNoOtherFile() throws IOException {
    List<String> test = prompts("test-prompts.jsonl");
    String corpus = Files.readString(DATA.resolve("corpus.txt"));

    assertThat(test).hasSize(200).doesNotHaveDuplicates();
    assertThat(test).doesNotContainAnyElementsOf(prompts("prompts.jsonl"));
    assertThat(test).doesNotContainAnyElementsOf(prompts("demos.jsonl"));
    // With a trigger before them neither.
    assertThat(test).noneMatch(corpus::contains);
    assertThat(prompts("prompts.jsonl"))
        .noneMatch(prompt -> test.contains(prompt.replace("!! ", "")));
  }

  @Test
  void noQuestionIsAskedTwice() throws IOException {
    assertThat(prompts("prompts.jsonl")).hasSize(600).doesNotHaveDuplicates();
    assertThat(prompts("demos.jsonl")).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void thePlanSaysTheSame() {
    Said said = Said.by(DATA, "check", "quickstart.plumb.yaml");

    assertThat(said.out())
        .contains("no errors, no warnings")
        .contains("None of 120 evaluation prompts (test) seen in training or feedback.");
  }

  @Test
  void theJudgesRevisionsAreLabelsOfThePlan() throws IOException {
    Path store = folder.resolve("store");
    JsonNode plan =
        Said.by(DATA, "plan", "quickstart.plumb.yaml", "--format=json", "--store=" + store).json();

    // 300 answers, two rounds, a critique and a revision in each.
    assertThat(plan.path("nodes"))
        .filteredOn(node -> node.path("name").asText().equals("revised"))
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.path("labels").asInt()).isEqualTo(2 * 2 * 300));
  }

  @Test
  void theProgramWritesTheseFiles() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                DATA.resolve("World.java").toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();

    assertThat(java.waitFor(5, TimeUnit.MINUTES)).isTrue();
    for (String name :
        List.of("corpus.txt", "demos.jsonl", "prompts.jsonl", "test-prompts.jsonl")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(DATA.resolve(name));
    }
  }

  private static List<String> prompts(String name) throws IOException {
    List<String> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(DATA.resolve(name))) {
      prompts.add(new ObjectMapper().readTree(line).path("prompt").asText());
    }
    return prompts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.workflows.cli.page.Phrase;

/** Results on terminals of some width, and what programs read. */
class WidthsTest {
  private static final String OTHER = "a-spec-with-quite-a-long-name-for-a-file.plumb.yaml";

  @TempDir Path folder;

  @BeforeEach
  void writeSpecs() throws IOException {
    TinySpec.write(folder);
    String text = Files.readString(folder.resolve(TinySpec.NAME));
    Files.writeString(folder.resolve(OTHER), text.replace("steps: ", "steps: 1"));
  }

  private int widest(Said said) {
    assertThat(said.err()).doesNotContain("error");
    return said.out().lines().mapToInt(String::length).max().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 200})
  void nothingIsWiderThanTheTerminal(int columns) {
    assertThat(widest(Said.at(columns, folder, "plan", TinySpec.NAME)))
        .isLessThanOrEqualTo(columns);
    assertThat(widest(Said.at(columns, folder, "diff", TinySpec.NAME, OTHER)))
        .isLessThanOrEqualTo(columns);
    assertThat(widest(Said.at(columns, folder, "why", TinySpec.NAME + ":ppo")))
        .isLessThanOrEqualTo(columns);
  }

  @Test
  void aWideTerminalHasAllBesideEachOther() {
    Said narrow = Said.at(80, folder, "diff", TinySpec.NAME, OTHER);
    Said wide = Said.at(200, folder, "diff", TinySpec.NAME, OTHER);

    assertThat(narrow.out()).contains(TinySpec.NAME + " → " + OTHER);
    assertThat(wide.out()).doesNotContain("→");
  }

  @Test
  void aFileHasOneLineForEachNodeWhateverTheTerminal() {
    Said said = Said.by(folder, "plan", TinySpec.NAME);

    assertThat(said.out().lines().filter(line -> line.contains("evaluate.ppo"))).hasSize(1);
  }

  @Test
  void linesAreBrokenBetweenWords() {
    assertThat(Phrase.fit("one two three", 7, 2)).isEqualTo("one two\n  three");
    assertThat(Phrase.fit("  a  bb", 80, 2)).isEqualTo("  a  bb");
    assertThat(Phrase.fit("unbreakable x", 5, 2)).isEqualTo("unbreakable\n  x");
    assertThat(Phrase.fit("  unbreakable", 5, 2)).isEqualTo("  unbreakable");
  }

  @Test
  void programsReadMistakesOfTheCommandLineAsJson() throws IOException {
    Said events = Said.by(folder, "run", TinySpec.NAME, "--bogus", "--format", "json");
    Said document = Said.by(folder, "plan", TinySpec.NAME, "--bogus", "--format=json");

    assertThat(events.out().lines()).hasSize(1);
    assertThat(events.json().at("/event").asText()).isEqualTo("error");
    assertThat(events.json().at("/message").asText()).contains("--bogus");
    assertThat(document.json().at("/error/help/0").asText()).contains("--help");
    assertThat(List.of(events.code(), document.code())).containsOnly(2);
    assertThat(events.err() + document.err()).isEmpty();
  }

  @Test
  void programsReadMistakesOfTheSpecAsEventsWhereTheyReadEvents() throws IOException {
    Files.writeString(folder.resolve("bad.plumb.yaml"), "plumb: v1\nnam: x\nseed: [1]\n");
    Said said = Said.by(folder, "run", "bad.plumb.yaml", "--format", "json");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out().lines().count()).isGreaterThan(1);
    assertThat(said.out().lines()).allMatch(line -> line.startsWith("{\"event\":\"diagnostic\""));
  }
}

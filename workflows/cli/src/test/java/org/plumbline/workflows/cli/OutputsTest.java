// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.workflows.cli.command.ExportFolder;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Terminal;

/** What commands write where the user says: nothing of others is overwritten or deleted. */
class OutputsTest {

  private static final String PROVENANCE = "{\"files\": [%s]}";

  @TempDir Path folder;
  private Path thesis;

  @BeforeEach
  void prepare() throws IOException {
    TinySpec.write(folder);
    thesis = Files.writeString(folder.resolve("thesis.tex"), "years of work");
  }

  private Said plan(String output) {
    return Said.by(folder, "plan", TinySpec.NAME, "-o", output);
  }

  @Test
  void aPlanReplacesAPlanAndNothingElse() throws IOException {
    assertThat(plan("plan.json").code()).isZero();
    assertThat(plan("plan.json").code()).isZero();

    Said said = plan("thesis.tex");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("thesis.tex` is there already and is something else");
    assertThat(thesis).hasContent("years of work");
  }

  @ParameterizedTest
  @CsvSource({"thesis.tex, a symbolic link", "missing, a symbolic link", "., a symbolic link"})
  void nothingIsWrittenThroughALink(String target, String kind) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve(target));

    for (Said said :
        List.of(plan("link.json"), Said.by(folder, "convert", TinySpec.NAME, "-o", "link.json"))) {
      assertThat(said.code()).as(said.err()).isEqualTo(2);
    }

    assertThat(plan("link.json").err()).contains(kind);
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("missing")).doesNotExist();
    assertThat(thesis).hasContent("years of work");
  }

  @ParameterizedTest
  @ValueSource(strings = {".plumb/plan.json", ".plumb/runs/plan.json", "scratch/runs/plan.json"})
  void nothingIsPutIntoTheStoreByAnyName(String output) throws IOException {
    Files.createDirectories(folder.resolve(".plumb/runs"));
    Files.createSymbolicLink(folder.resolve("scratch"), folder.resolve(".plumb"));

    for (String command : List.of("plan", "convert")) {
      Said said = Said.by(folder, command, TinySpec.NAME, "-o", output);

      assertThat(said.code()).as(said.err()).isEqualTo(2);
      assertThat(said.err()).contains("is in the store, where only runs write", "-o FILE");
    }
    assertThat(folder.resolve(".plumb/runs")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thesis.tex", "nowhere/plan.json", ".plumb/plan.json", "."})
  void whatCannotBeWrittenIsRefusedBeforeAnythingIsPrinted(String output) throws IOException {
    Files.createDirectories(folder.resolve(".plumb"));

    assertThat(plan(output).out()).isEmpty();
    assertThat(Said.by(folder, "convert", TinySpec.NAME, "-o", output).out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/full, a device or pipe",
    "., a folder",
    "nowhere/plan.json, there is no folder",
    "thesis.tex/plan.json, there is no folder"
  })
  void whatCannotBeWrittenIsAMistake(String output, String why) {
    Said said = plan(output);

    assertThat(said.code()).as(said.err()).isEqualTo(2);
    assertThat(said.err()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/full", ".", "nowhere/spec.yaml", "thesis.tex"})
  void aConversionIsWrittenWhereNothingIs(String output) {
    Said said = Said.by(folder, "convert", TinySpec.NAME, "-o", output);

    assertThat(said.code()).as(said.err()).isEqualTo(2);
    assertThat(thesis).hasContent("years of work");
  }

  /** Where nothing can be written, as /dev/full is. */
  private static final class Full extends OutputStream {
    private final String why;

    Full(String why) {
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(why);
    }
  }

  /** Three recipes, 4 prompts and 16 texts each. */
  @Test
  void aPlanCountsWhatAttacksTry() throws IOException {
    String[] attacked = {
      "plan", TinySpec.NAME, "-D", "compare.red_team={ feature: kind, first: 4, tries: 16 }"
    };

    assertThat(Said.by(folder, attacked).out()).contains("64 tries").contains(", 192 tries.");
    JsonNode json =
        Said.by(
                folder,
                Stream.concat(Stream.of(attacked), Stream.of("--format", "json"))
                    .toArray(String[]::new))
            .json();
    assertThat(json.path("toRun").path("tries").asLong()).isEqualTo(192);
    assertThat(json.path("nodes").findValuesAsText("tries"))
        .hasSize(json.path("nodes").size())
        .contains("0", "64");
  }

  private static int to(OutputStream out, OutputStream err, String... command) {
    Console console = new Console(out, err, new Terminal(false, false, 100, 24, true), Map.of());
    return new CommandLines(console, Map.of()).execute(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "human"})
  void aResultThatCannotBeWrittenIsAFailureAndSaid(String format) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code =
        to(
            new Full("No space left on device"),
            err,
            "plan",
            TinySpec.NAME,
            "--format",
            format,
            "-C",
            folder.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("error: the result cannot be written to stdout: No space left on device");
  }

  @Test
  void whoReadsOnlyTheBeginningOfAResultIsNotAFailure() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code = to(new Full("Broken pipe"), err, "schema");

    assertThat(code).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private List<String> export(Path into, String... names) throws IOException {
    return ExportFolder.of(into, true)
        .write(
            made -> {
              for (String name : names) {
                Path file = made.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "new " + name);
              }
            },
            Map.of("run", "ab12"));
  }

  @Test
  void anExportReplacesAnExportAndTakesAwayWhatTheNewOneDoesNotHave() throws IOException {
    Path into = folder.resolve("model");
    export(into, "config.json", "member-1/model.safetensors", "chat_template.jinja");
    Files.writeString(into.resolve("notes.txt"), "mine");

    export(into, "config.json", "model.safetensors");

    assertThat(into.resolve("chat_template.jinja")).doesNotExist();
    assertThat(into.resolve("member-1/model.safetensors")).doesNotExist();
    assertThat(into.resolve("model.safetensors")).hasContent("new model.safetensors");
    assertThat(into.resolve("notes.txt")).hasContent("mine");
    try (var files = Files.list(into)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.json", "model.safetensors", "notes.txt", "provenance.json", "member-1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"thesis.tex", "../thesis.tex", "sub/../../thesis.tex", "/etc/none", "", "sub"})
  void aListOfFilesThatNoExportMakesIsNotObeyed(String listed) throws IOException {
    Path into = Files.createDirectory(folder.resolve("model"));
    Path mine = Files.writeString(into.resolve("thesis.tex"), "more work");
    Files.writeString(into.resolve("provenance.json"), PROVENANCE.formatted("\"" + listed + "\""));

    assertThatThrownBy(() -> export(into, "config.json")).isInstanceOf(Refusal.class);

    assertThat(mine).hasContent("more work");
    assertThat(thesis).hasContent("years of work");
    assertThat(into.resolve("config.json")).doesNotExist();
  }

  @Test
  void aFileThatTheEarlierExportDidNotMakeIsNotReplaced() throws IOException {
    Path into = folder.resolve("model");
    export(into, "config.json");
    Path mine = Files.writeString(into.resolve("reward.json"), "mine");

    assertThatThrownBy(() -> export(into, "config.json", "reward.json"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("reward.json");

    assertThat(mine).hasContent("mine");
    assertThat(into.resolve("config.json")).hasContent("new config.json");
  }

  @Test
  void linksInAnEarlierExportAreNotFollowed() throws IOException {
    Path into = folder.resolve("model");
    export(into, "config.json");
    Path others = Files.createDirectory(folder.resolve("others"));
    Path theirs = Files.writeString(others.resolve("config.json"), "theirs");
    Files.createSymbolicLink(into.resolve("member-0"), others);
    Files.writeString(
        into.resolve("provenance.json"), PROVENANCE.formatted("\"member-0/config.json\""));

    assertThatThrownBy(() -> export(into, "member-0/config.json"))
        .isInstanceOfAny(Refusal.class, IOException.class);

    assertThat(theirs).hasContent("theirs");
  }
}

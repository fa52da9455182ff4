// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** Whatever a spec names that is no file, and links in place of files and folders. */
@DisabledOnOs(OS.WINDOWS)
class InputFilesTest {

  private static final String NAME = "inputs.plumb.yaml";
  private static final String SPEC =
      """
      plumb: v1
      name: inputs
      seeds: [1]
      models:
        base: { huggingface: { directory: model } }
        small: { pretrain: { corpus: corpus.txt } }
      data:
        demos: { jsonl: rows.jsonl }
        table: { parquet: rows.parquet }
      policies:
        one: { supervised: { from: base, data: demos, steps: 1, batch_size: 2 } }
        two: { supervised: { from: small, data: table, steps: 1, batch_size: 2 } }
      """;

  /** Where each of them is named; what lies in the model's folder is named with the folder. */
  private static final List<String> NAMED =
      List.of(
          "corpus.txt 6",
          "rows.jsonl 8",
          "rows.parquet 9",
          "model 5",
          "model/config.json 5",
          "model/model.safetensors 5",
          "model/tokenizer.json 5",
          "model/tokenizer_config.json 5",
          "model/some.notes 5",
          NAME + " 0");

  @TempDir Path folder;

  /** What stands in place of a file or folder. */
  enum Odd {
    PIPE("is a named pipe", "a pipe"),
    LINK_TO_PIPE("is a named pipe", "a pipe"),
    SOCKET("is a socket", "a socket"),
    FOLDER("is a folder", "a folder"),
    DANGLING("a symbolic link to nothing", "leads nowhere"),
    CIRCLE("leads back to itself", "leads nowhere");

    private final List<String> words;

    Odd(String... words) {
      this.words = List.of(words);
    }

    void put(Path at) throws Exception {
      delete(at);
      switch (this) {
        case PIPE -> pipe(at);
        case LINK_TO_PIPE -> {
          pipe(at.resolveSibling(".pipe"));
          Files.createSymbolicLink(at, Path.of(".pipe"));
        }
        case SOCKET -> socket(at);
        case FOLDER -> Files.createDirectory(at);
        case DANGLING -> Files.createSymbolicLink(at, Path.of("nothing"));
        case CIRCLE -> {
          Files.createSymbolicLink(at, Path.of(".back"));
          Files.createSymbolicLink(at.resolveSibling(".back"), at.getFileName());
        }
      }
    }

    private static void pipe(Path at) throws Exception {
      assertThat(new ProcessBuilder("mkfifo", at.toString()).start().waitFor()).isZero();
    }

    /** The names of sockets have to be short: it is made elsewhere and moved. */
    private static void socket(Path at) throws IOException {
      Path place = Files.createTempDirectory("s");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(place.resolve("s")));
        Files.move(place.resolve("s"), at);
      }
      Files.delete(place);
    }
  }

  private static void delete(Path at) throws IOException {
    if (Files.isDirectory(at)) {
      try (Stream<Path> files = Files.list(at)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(at);
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve(NAME), SPEC);
    Files.writeString(folder.resolve("corpus.txt"), "a plumb line\n");
    Files.writeString(folder.resolve("rows.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
    Files.writeString(folder.resolve("rows.parquet"), "is read by who runs it");
    model("model", 1);
  }

  private void model(String name, long seed) throws IOException {
    Tokenizer tokenizer = Tokenizer.train(List.of("a plumb line"), 257);
    ModelConfig config = ModelConfig.gpt2(257, 24, new ModelConfig.Size(8, 1, 2), 0);
    try (LanguageModel model = LanguageModel.create(config, tokenizer, seed)) {
      model.save(folder.resolve(name));
    }
    Files.writeString(folder.resolve(name).resolve("some.notes"), "a model");
  }

  private static Stream<Arguments> oddities() {
    return NAMED.stream()
        .flatMap(named -> Stream.of(Odd.values()).map(odd -> Arguments.of(named, odd)))
        .filter(arguments -> !List.of(arguments.get()).equals(List.of("model 5", Odd.FOLDER)))
        .filter(
            arguments ->
                !List.of(arguments.get()).equals(List.of("model/some.notes 5", Odd.FOLDER)));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void whatIsNoFileIsNamedAtItsPlaceAndNeverOpened(String named, Odd odd) throws Exception {
    String name = named.substring(0, named.indexOf(' '));
    String line = named.substring(named.indexOf(' ') + 1);
    odd.put(folder.resolve(name));

    for (String command : List.of("plan", "run")) {
      Said said =
          assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Said.by(folder, command, NAME));

      assertThat(said.code()).as(said.err()).isEqualTo(2);
      assertThat(said.err()).contains(name);
      assertThat(said.err()).containsAnyOf(odd.words.toArray(String[]::new));
      assertThat(said.err()).containsAnyOf("PLB0530", "PLB0531", "PLB0540", "PLB0011");
      assertThat(said.err()).contains(NAME + (line.equals("0") ? "" : ":" + line + ":"));
    }
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void aModelIsLookedAtInTheSameWay(String named, Odd odd) throws Exception {
    String name = named.substring(0, named.indexOf(' '));
    if (!name.startsWith("model/") || name.endsWith(".notes")) {
      return;
    }
    odd.put(folder.resolve(name));

    Said said =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> Said.by(folder, "model", "model", "--ids", "1,2"));

    assertThat(said.code()).as(said.err()).isEqualTo(2);
    assertThat(said.err()).contains(name).containsAnyOf(odd.words.toArray(String[]::new));
  }

  @Test
  void aDeviceIsNoFileHoweverItIsNamed() throws IOException {
    for (String file : List.of("corpus.txt", "rows.jsonl", "rows.parquet")) {
      Files.writeString(folder.resolve(NAME), SPEC.replace(file, "/dev/zero"));

      Said said =
          assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Said.by(folder, "plan", NAME));

      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("error[PLB0530]: `/dev/zero` is a device, not a file");
    }
  }

  @Test
  void linksCountByWhatTheyLeadTo() throws IOException {
    Files.writeString(
        folder.resolve(NAME), SPEC.replace("parquet: rows.parquet", "jsonl: rows.jsonl"));
    JsonNode plain = keys();
    model("other", 2);
    Files.move(folder.resolve("model"), folder.resolve("first"));
    Files.move(folder.resolve("rows.jsonl"), folder.resolve("moved.jsonl"));
    Files.createSymbolicLink(folder.resolve("model"), Path.of("first"));
    Files.createSymbolicLink(folder.resolve("rows.jsonl"), Path.of("moved.jsonl"));
    JsonNode linked = keys();
    assertThat(Said.by(folder, "plan", NAME, "-o", "plan.json").code()).isZero();

    Files.delete(folder.resolve("model"));
    Files.createSymbolicLink(folder.resolve("model"), Path.of("other"));

    assertThat(linked).isEqualTo(plain);
    assertThat(keys()).isNotEqualTo(plain);
    Said stale = Said.by(folder, "run", "plan.json");
    assertThat(stale.code()).isEqualTo(2);
    assertThat(stale.err()).contains("model");
  }

  @Test
  void twoLinksToDifferentWeightsAreTwoModels() throws IOException {
    model("other", 2);
    Files.createSymbolicLink(folder.resolve("left"), Path.of("model"));
    Files.createSymbolicLink(folder.resolve("right"), Path.of("other"));
    Files.writeString(
        folder.resolve(NAME),
        SPEC.replace("directory: model", "directory: left")
            .replace("pretrain: { corpus: corpus.txt }", "huggingface: { directory: right }")
            .replace("data: table", "data: demos"));

    JsonNode plan = keys();

    assertThat(plan.findValuesAsText("id"))
        .containsExactlyInAnyOrder("base", "small", "demos", "one@1", "two@1");
    assertThat(plan.findValuesAsText("key")).doesNotHaveDuplicates();
  }

  private JsonNode keys() throws IOException {
    Said said = Said.by(folder, "plan", "--format", "json", NAME);
    assertThat(said.code()).as(said.err() + said.out()).isZero();
    return said.json().path("nodes");
  }

  @ParameterizedTest
  @CsvSource({
    "corpus.txt,   6, corpus",
    "rows.jsonl,   8, jsonl",
    "rows.parquet, 9, parquet",
    "model },      5, directory"
  })
  void whatCannotBeAPathIsSaidAtItsPlace(String named, int line, String key) throws IOException {
    String end = named.endsWith("}") ? " }" : "";
    for (String odd : List.of("\"a\\0b\"", "\"\\ud800\"")) {
      Files.writeString(folder.resolve(NAME), SPEC.replace(": " + named, ": " + odd + end));
      for (String command : List.of("check", "plan", "run")) {
        Said said = Said.by(folder, command, NAME);

        assertThat(said.code()).as(said.err() + said.out()).isEqualTo(2);
        assertThat(said.err() + said.out())
            .contains("error[PLB0339]: `" + key + "` cannot be the path of a file or folder")
            .contains(NAME + ":" + line + ":")
            .contains("help: a path holds no zero character");
      }
    }
  }

  @Test
  void whatCannotBeAPathIsNoneOnTheCommandLineEither() throws IOException {
    Said set = Said.by(folder, "plan", NAME, "-D", "data.demos.jsonl=\"a\\0b\"");
    assertThat(set.code()).as(set.err()).isEqualTo(2);
    assertThat(set.err()).contains("PLB0339", "command line -D #1");

    String odd = "a\0b";
    for (List<String> line :
        List.of(
            List.of("plan", NAME, "--store", odd),
            List.of("plan", NAME, "-o", odd),
            List.of("check", odd),
            List.of("check", odd + ".plumb.yaml"),
            List.of("why", odd + ".plumb.yaml:node"),
            List.of("diff", odd + ".plumb.yaml", NAME),
            List.of("show", odd),
            List.of("export", odd + ":node", "-o", odd),
            List.of("model", odd),
            List.of("init", "-o", odd))) {
      Said said = Said.by(folder, line.toArray(String[]::new));
      assertThat(said.code()).as(line + said.err()).isEqualTo(2);
    }
    Said here = Said.by(folder, "plan", NAME, "-C", odd);
    assertThat(here.code()).as(here.err()).isEqualTo(2);
    Said stored = Said.with(Map.of("PLUMB_STORE", odd), folder, "plan", NAME);
    assertThat(stored.code()).as(stored.err()).isEqualTo(2);
    Files.writeString(
        folder.resolve("plan.json"), "{\"format\":1,\"spec\":\"a\\u0000b\",\"plan\":{}}");
    Said plan = Said.by(folder, "run", "plan.json");
    assertThat(plan.code()).as(plan.err()).isEqualTo(2);
  }
}

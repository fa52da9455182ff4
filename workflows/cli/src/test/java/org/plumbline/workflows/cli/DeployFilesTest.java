// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.workflows.cli.command.Plumb;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Terminal;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** What the how-to pages and the files for servers say of the program must be so. */
class DeployFilesTest {
  private static final Path PAGES = Path.of("../../docs/how-to");
  private static final Path FILES = PAGES.resolve("deploy");

  /** A line that starts the program, as people and scripts write it. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[\\s`=])(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./|/opt/plumb/bin/)?plumb"
              + " ([a-z][^`#;|&>]*)");

  /** An argument, parts of it in quotes. */
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private record Called(Path where, String line) {}

  private static List<Path> files(Path folder, String... endings) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> Arrays.stream(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }

  /** Whole lines of scripts and units, and of what pages show as such. */
  private static List<Called> commands() throws IOException {
    List<Called> commands = new ArrayList<>();
    for (Path page : files(PAGES, ".md")) {
      boolean code = false;
      String text = Files.readString(page).replaceAll("\\\\\n *", "");
      for (String line : text.lines().toList()) {
        code ^= line.startsWith("```");
        boolean prompt = line.startsWith("$ ");
        if (code && (prompt || line.matches("(?:[A-Z_]+=\\S+ )*(?:\\./)?plumb .*"))) {
          add(commands, page, line);
        }
      }
    }
    for (Path file : files(FILES, ".service", ".sh", ".toml")) {
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("Documentation=") && !line.startsWith("Description=")) {
          add(commands, file, line);
        }
      }
    }
    return commands;
  }

  private static void add(List<Called> commands, Path where, String line) {
    Matcher matcher = COMMAND.matcher(line);
    if (matcher.find()) {
      commands.add(new Called(where, matcher.group(1).strip().replace("%i", "0")));
    }
  }

  /** The arguments of containers: lists in YAML that begin with the name of a command. */
  private static void lists(Object yaml, Path where, List<Called> commands) {
    if (yaml instanceof Map<?, ?> map) {
      map.values().forEach(value -> lists(value, where, commands));
    } else if (yaml instanceof List<?> list) {
      if (!list.isEmpty() && "worker".equals(list.get(0))) {
        commands.add(
            new Called(where, String.join(" ", list.stream().map(String::valueOf).toList())));
      }
      list.forEach(value -> lists(value, where, commands));
    }
  }

  private static Iterable<Object> documents(String file) throws IOException {
    return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
        .loadAllFromString(Files.readString(FILES.resolve(file)));
  }

  private static CommandLine plumb() {
    Console console =
        new Console(
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            new Terminal(false, false, 100, 24, true),
            Map.of());
    return new CommandLine(new Plumb(console, Map.of(), Main.class))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Test
  void theProgramUnderstandsEveryCommandLine() throws IOException {
    List<Called> commands = commands();
    for (String file : List.of("compose.yaml", "kubernetes.yaml")) {
      documents(file).forEach(document -> lists(document, Path.of(file), commands));
    }

    assertThat(commands).hasSizeGreaterThan(40);
    for (Called called : commands) {
      String[] arguments =
          WORD.matcher(called.line())
              .results()
              .map(word -> word.group().replace("'", "").replace("…", "2"))
              .toArray(String[]::new);
      assertThatCode(() -> plumb().parseArgs(arguments))
          .as("%s: plumb %s", called.where(), called.line())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void probesAskForWhatAWorkerAnswersAndAPodHasTimeToDrain() throws IOException {
    int pods = 0;
    for (Object document : documents("kubernetes.yaml")) {
      Map<?, ?> spec = at(document, "spec", "template", "spec");
      if (spec.isEmpty()) {
        continue;
      }
      pods++;
      assertThat(spec.get("terminationGracePeriodSeconds")).isEqualTo(300);
      Map<?, ?> container = (Map<?, ?>) list(spec, "containers").get(0);
      List<?> arguments = list(container, "args");
      Map<?, ?> port = (Map<?, ?>) list(container, "ports").get(0);
      assertThat(arguments.get(arguments.indexOf("--metrics") + 1))
          .isEqualTo("0.0.0.0:" + port.get("containerPort"));
      assertThat(at(container, "livenessProbe", "httpGet").get("path")).isEqualTo("/healthz");
      assertThat(at(container, "readinessProbe", "httpGet").get("path")).isEqualTo("/readyz");
    }
    assertThat(pods).isEqualTo(2);
  }

  private static List<?> list(Map<?, ?> yaml, String key) {
    return yaml.get(key) instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> at(Object yaml, String... keys) {
    @Nullable Object at = yaml;
    for (String key : keys) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return at instanceof Map<?, ?> map ? map : Map.of();
  }

  @Test
  void everyProfileCanBeRead() throws IOException {
    for (String name : List.of("default", "cloud", "certified")) {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder()
                  .setConfigFilePath(FILES.resolve("temporal.toml").toString())
                  .setConfigFileProfile(name)
                  .setConfigFileStrict(true)
                  .setEnvOverrides(Map.of())
                  .build());

      assertThat(profile.getAddress()).as(name).endsWith(":7233");
      assertThat(profile.getNamespace()).as(name).isNotEmpty();
    }
  }

  @Test
  void everyVariableIsOneThatSomethingReads() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path file : files(FILES, "")) {
      Matcher variable = Pattern.compile("\\bPLUMB_[A-Z_]+").matcher(Files.readString(file));
      while (variable.find()) {
        named.add(variable.group());
      }
    }
    named.remove("PLUMB_WORKER_ENV"); // of the script for Slurm itself
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> found = Files.walk(Path.of("src/main"))) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        sources.append(Files.readString(file));
      }
    }

    assertThat(named).contains("PLUMB_STORE", "PLUMB_CACHE");
    assertThat(named).allSatisfy(name -> assertThat(sources).contains(name));
  }
}

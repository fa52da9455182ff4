// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.workflows.cli.command.Engine;
import org.plumbline.workflows.cli.command.Plumb;
import org.plumbline.workflows.cli.command.SpecArguments;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Speech;
import org.plumbline.workflows.cli.console.Terminal;
import org.plumbline.workflows.cli.progress.RunView;

/** No text from elsewhere reaches the terminal with signs that do something to it. */
class EscapesTest {
  /** Clears the screen, rings, sets the title, turns the direction, breaks lines, types. */
  private static final String HOSTILE =
      "x\u001b[2J\u0007\u001b]0;t\u0007\u009b31m\u202e\u2066\u2028\u0085\u007f\ufeffy";

  private static final String SHOWN =
      "x\\u001b[2J\\u0007\\u001b]0;t\\u0007\\u009b31m\\u202e\\u2066\\u2028\\u0085\\u007f\\ufeffy";

  @TempDir private Path folder;

  /** What a terminal with colours gets. */
  private record Terminals(ByteArrayOutputStream out, ByteArrayOutputStream err, Console console) {
    static Terminals make() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Terminal terminal = new Terminal(true, true, 200, 50, true);
      return new Terminals(out, err, new Console(out, err, terminal, Map.of()));
    }

    String all() {
      return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }
  }

  private String plumb(String... arguments) {
    Terminals terminals = Terminals.make();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-C", folder.toString()));
    new CommandLines(terminals.console(), Map.of()).execute(all.toArray(String[]::new));
    return terminals.all();
  }

  /** The colours that this program paints with are no foreign text. */
  private static void assertHarmless(String said) {
    String plain = said.replaceAll("\u001b\\[[0-9;]*m|\u001b\\[\\d+F|\u001b\\[J", "");
    assertThat(Printable.text(plain)).isEqualTo(plain);
    assertThat(said).doesNotContain("\u001b[2J").doesNotContain("\u001b[31my");
  }

  @ParameterizedTest
  @ValueSource(strings = {"human", "short", "json", "github"})
  void specsAndTheirNames(String format) throws IOException {
    TinySpec.write(folder);
    String text = Files.readString(folder.resolve(TinySpec.NAME));
    String escapes = "x\\e[2J\\a\\e]0;t\\a\\u009b31m\\u202e\\u2066\\L\\N\\x7f\\ufeffy";
    String name = "bad\u001b[2J\u202e.plumb.yaml";
    Files.writeString(
        folder.resolve(name),
        text.replace("demos.jsonl", "\"" + escapes + "\"")
            .replace("weights: { kind", "w\u202e: {"));

    for (String[] command :
        new String[][] {
          {"check", name},
          {"plan", name},
          {"check", TinySpec.NAME, "-D", "data.demos.jsonl=" + HOSTILE},
          {"plan", TinySpec.NAME, "-D", "data.demos.jsonl=" + HOSTILE},
          {"plan", TinySpec.NAME, "-D", "compare.recipes=[" + HOSTILE + "]"},
          {"check", TinySpec.NAME, "-D", "models.base." + HOSTILE + "=1"},
          {"convert", name},
          {"diff", name, TinySpec.NAME},
          {"explain", HOSTILE},
          {"show", HOSTILE},
          {"no-such-" + HOSTILE},
          {"check", "no-such-" + HOSTILE},
          {"--store", HOSTILE, "runs"},
          {"model", HOSTILE},
          {"export", HOSTILE}
        }) {
      List<String> all = new ArrayList<>(List.of(command));
      all.addAll(List.of("--format", format));

      assertHarmless(plumb(all.toArray(String[]::new)));
    }
    assertThat(plumb("model", HOSTILE)).contains(SHOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"human", "json"})
  void tensorsTokensAndChatTemplatesOfAModel(String format) throws IOException {
    Tokenizer tokenizer = Tokenizer.train(List.of("a plumb line"), 257);
    ModelConfig config = ModelConfig.gpt2(257, 200, new ModelConfig.Size(8, 1, 2), 0);
    Path model = folder.resolve("model");
    try (LanguageModel made = LanguageModel.create(config, tokenizer, 1)) {
      made.save(model);
    }
    Files.writeString(model.resolve("chat_template.jinja"), HOSTILE + "{{ messages[0].content }}");

    String reply = plumb("model", "model", "--prompt", HOSTILE, "--format", format);
    assertHarmless(reply);
    assertThat(reply).contains(format.equals("json") ? "\\u202e" : SHOWN + SHOWN);

    rename(model.resolve("model.safetensors"), "transformer.wte.weight", "wt\u001b[2J\u202e");
    assertHarmless(plumb("model", "model", "--format", format));
    Files.writeString(
        model.resolve("chat_template.jinja"), "{{ raise_exception('" + HOSTILE + "') }}");
    assertHarmless(plumb("model", "model", "--prompt", "a", "--format", format));
    Files.writeString(
        model.resolve("config.json"),
        "{\"model_type\": \"" + HOSTILE.replaceAll("[\u0000-\u001f]", "") + "\"}");
    assertHarmless(plumb("model", "model", "--format", format));
  }

  /** Gives a tensor another name. */
  private static void rename(Path file, String from, String to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf('"' + from + '"') + 1;
    String json = new ObjectMapper().writeValueAsString(to);
    byte[] name = json.substring(1, json.length() - 1).getBytes(StandardCharsets.UTF_8);
    // The header's length changes: write it anew, with blanks at its end as the format allows.
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] before = Arrays.copyOfRange(bytes, 8, at);
    byte[] after = Arrays.copyOfRange(bytes, at + from.length(), 8 + (int) header);
    int length = before.length + name.length + after.length;
    int padded = (length + 7) / 8 * 8;
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
    out.writeBytes(before);
    out.writeBytes(name);
    out.writeBytes(after);
    out.writeBytes(" ".repeat(padded - length).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(Arrays.copyOfRange(bytes, 8 + (int) header, bytes.length));
    Files.write(file, out.toByteArray());
  }

  @Test
  void whatNodesSayWhileTheyRun() throws IOException {
    TinySpec.write(folder);
    Plan plan = plan();
    for (boolean picture : new boolean[] {true, false}) {
      Terminals terminals = Terminals.make();
      terminals.console().speak(new Speech(Format.HUMAN, Speech.Loudness.NORMAL, true, picture));
      NodeFailure failure =
          new NodeFailure(NodeFailure.Cause.WORLD, "PLB0906", HOSTILE + "\nz", null, null, 1);
      try (RunView view = RunView.of(terminals.console(), "7a10", plan)) {
        view.resolved(new Resolution(List.of()));
        view.started("base@1", 0);
        view.note("base@1", HOSTILE + "\nz");
        view.retrying("base@1", failure, Duration.ofSeconds(1));
        view.failed("base@1", failure);
      }

      assertHarmless(terminals.all());
      assertThat(terminals.all()).contains(SHOWN + "\\u000az");
    }
  }

  private Plan plan() {
    Terminals terminals = Terminals.make();
    Plumb plumb = new Plumb(terminals.console(), Map.of(), Main.class);
    return SpecArguments.of(List.of())
        .plan(plumb, folder.resolve(TinySpec.NAME), new Engine("cpu", 1))
        .plan();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.script.ScriptEvaluation;
import org.plumbline.dsl.script.blocks.Declarations;
import org.plumbline.engine.store.disk.PreparedFile;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Terminal;
import org.plumbline.workflows.temporal.EmbeddedTemporal;

/** Loads the classes of the usual commands, so that the launcher can archive them. */
final class WarmUp {

  private static final String SPEC =
      """
      plumb: v1
      name: warm-up
      models:
        base: { pretrain: { preset: nano, corpus: corpus.txt } }
      data:
        demos: { jsonl: demos.jsonl }
      policies:
        sft: { supervised: { from: base, data: demos } }
        wrong: { supervised: { from: bse, data: demos } }
      """;

  private WarmUp() {}

  static int run() {
    Console nowhere =
        new Console(
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            new Terminal(false, false, 80, 24, true),
            Map.of());
    try (PreparedFile aside = PreparedFile.temporary()) {
      Path folder = Files.createDirectory(aside.path());
      Path wrong = folder.resolve("wrong.plumb.yaml");
      Path right = folder.resolve("right.plumb.yaml");
      Path corpus = folder.resolve("corpus.txt");
      Path demos = folder.resolve("demos.jsonl");
      Files.writeString(wrong, SPEC);
      String well =
          SPEC.lines().filter(l -> !l.contains("wrong")).reduce("", (a, b) -> a + b + "\n");
      Files.writeString(right, well);
      Files.write(corpus, "a\n".getBytes(StandardCharsets.UTF_8));
      Files.writeString(demos, "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
      for (String command : new String[] {"check", "plan"}) {
        for (Path spec : new Path[] {wrong, right}) {
          new CommandLines(nowhere, Map.of())
              .execute(command, "-C", folder.toString(), spec.toString());
        }
      }
      new CommandLines(nowhere, Map.of()).execute("--help");
      script();
      EmbeddedTemporal.probe();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  /** What every script loads, in Groovy or in Kotlin, but for its own classes. */
  private static void script() {
    Declarations declared = new Declarations();
    declared.add(
        "warm-up",
        experiment -> experiment.policies(policies -> policies.dpo("a", dpo -> dpo.setBeta(0.1))));
    ScriptEvaluation.of(SourceFile.of("warm-up.plumb.groovy", ""), () -> declared);
  }
}

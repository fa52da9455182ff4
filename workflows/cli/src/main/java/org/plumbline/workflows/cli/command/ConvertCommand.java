// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.dsl.spec.bind.PlainJson;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a spec of any form as data that needs no script to be read. */
@Command(
    name = "convert",
    description = {
      "Write a spec of any form as YAML, with all defaults.",
      "Loops and functions of a script are gone: what they declared is written out."
    })
final class ConvertCommand implements Callable<Integer> {

  /** The forms to convert to. */
  enum Form {
    YAML,
    JSON
  }

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();

  @Parameters(paramLabel = "SPEC", description = "a file such as my.plumb.kts")
  private @Nullable Path spec;

  @Option(names = "--to", paramLabel = "FORM", description = "yaml (the default) or json")
  private Form form = Form.YAML;

  @Option(names = "-o", paramLabel = "FILE", description = "write to a file instead of stdout")
  private @Nullable Path output;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    if (output != null && output.toString().matches(".*\\.(groovy|kts)")) {
      throw Refusal.mistake(
          "a spec is written as YAML or JSON, and `" + output + "` is the name of a script",
          "call the file something like my.plumb.yaml");
    }
    NewFile file = output == null ? null : NewFile.fresh(given, output);
    SpecResult result = arguments.read(given, Injected.of(spec));
    Diagnosis.complain(console, result.diagnostics());
    if (result.hasErrors()) {
      return ExitCode.MISTAKE;
    }
    Experiment experiment = result.experiment().orElseThrow();
    String text =
        form == Form.YAML
            ? Specs.canonicalYaml(experiment)
            : PlainJson.pretty(Canonical.of(experiment));
    console.say("note: comments are lost, and defaults are written out");
    if (file == null) {
      console.json(text.stripTrailing());
    } else {
      file.write(text);
      console.say(
          "wrote " + given.shown(file.path()) + " (" + form.name().toLowerCase(Locale.ROOT) + ")");
    }
    return ExitCode.OK;
  }
}

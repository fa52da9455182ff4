// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.lsp.SpecServer;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.session.planned.ModelFolders;
import org.plumbline.engine.session.planned.SpecPrompts;
import org.plumbline.engine.session.planned.SpecRows;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Serves an editor over stdin and stdout until it goes. */
@Command(
    name = "lsp",
    description = "Serve an editor: the Language Server Protocol over stdin and stdout.")
final class LspCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;

  @Option(names = "--stdio", description = "speak over stdin and stdout, which is what it does")
  @SuppressWarnings("UnusedVariable") // some editors always say it
  private boolean stdio;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    boolean friendly =
        SpecServer.serve(
            System.in,
            console.channel(),
            Version.text(),
            new ScriptNotes(console, given.scripts(), false),
            LspCommand::files);
    return friendly ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What `check` says of the files that a spec names. */
  private static List<Diagnostic> files(SpecResult result, Path folder) {
    List<Diagnostic> found = new ArrayList<>(ModelFolders.check(result, folder));
    found.addAll(SpecRows.check(result, folder));
    if (!result.hasErrors()) {
      found.addAll(SpecPrompts.warnings(result, SpecPrompts.seen(result, folder).orElse(null)));
    }
    return found;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measures how fast parts of Plumbline are. */
@Command(
    name = "bench",
    description = "Measure how fast Plumbline is on this machine.",
    subcommands = {BenchLmCommand.class, BenchFeedbackCommand.class})
final class BenchCommand implements Runnable {

  @ParentCommand private @Nullable Plumb plumb;
  @Spec private @Nullable CommandSpec spec;

  Plumb plumb() {
    return Injected.of(plumb);
  }

  @Override
  public void run() {
    throw new ParameterException(
        Injected.of(spec).commandLine(),
        "what to measure is missing: `plumb bench lm` or `plumb bench feedback`");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Packaged;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Prints the JSON Schema that editors complete specs from. */
@Command(name = "schema", description = "Print the JSON Schema of the language, for editors.")
final class SchemaCommand implements Callable<Integer> {

  /** The file that holds it, here and beside what {@code init} writes. */
  static final String FILE = "plumb-v1.schema.json";

  @ParentCommand private @Nullable Plumb plumb;

  @Override
  public Integer call() {
    Injected.of(plumb).console().json(text().stripTrailing());
    return ExitCode.OK;
  }

  static String text() {
    return Packaged.text(FILE);
  }
}

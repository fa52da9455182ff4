// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Version;

/** What is written down when Plumbline itself is at fault. */
final class CrashReport {

  private final Throwable failure;
  private final String text;

  private CrashReport(Throwable failure, String text) {
    this.failure = failure;
    this.text = text;
  }

  static CrashReport of(Throwable failure, List<String> arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.println("plumb " + Version.text());
    out.println("time " + Instant.now());
    out.println("command plumb " + String.join(" ", arguments));
    for (String name :
        List.of("java.version", "java.vm.name", "os.name", "os.version", "os.arch")) {
      out.println(name + " " + System.getProperty(name));
    }
    out.println();
    failure.printStackTrace(out);
    out.flush();
    return new CrashReport(failure, Secrets.mask(text.toString()));
  }

  /** Says where the report is; returns the exit code. */
  int tell(Console console) {
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    console.complain("error: internal error: " + kind + (message == null ? "" : ": " + message));
    try {
      Path file = Files.createTempFile("plumb-crash-", ".txt");
      Files.writeString(file, text);
      console.complain("  = note: this is a fault in plumb; the details are in " + file);
      console.complain("  = help: please report it with that file; your results are not touched");
    } catch (IOException e) {
      console.complain(text);
    }
    return ExitCode.INTERNAL;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.lm.failure.LibraryUnavailableException;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.workflows.cli.command.Plumb;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Painted;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Speech;
import org.plumbline.workflows.cli.console.Speech.Loudness;
import org.plumbline.workflows.cli.console.Style;
import org.plumbline.workflows.cli.console.Version;
import org.plumbline.workflows.temporal.ServerTrouble;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads command lines, does them, and turns everything that goes wrong into words. */
public final class CommandLines {

  private final Console console;
  private final Plumb plumb;
  private final CommandLine picocli;

  CommandLines(Console console) {
    this(console, System.getenv());
  }

  CommandLines(Console console, Map<String, String> environment) {
    this.console = console;
    this.plumb = new Plumb(console, environment, Main.class);
    this.picocli =
        new CommandLine(plumb)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionStrategy(this::perform)
            .setParameterExceptionHandler(this::misread)
            .setExecutionExceptionHandler(this::failed);
    everywhere(picocli, plumb.console());
  }

  private static void everywhere(CommandLine line, Console console) {
    line.setUsageHelpWidth(Math.max(55, Math.min(100, console.terminal().columns())));
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.getSubcommands().values().forEach(sub -> everywhere(sub, console));
  }

  int execute(String... arguments) {
    int code;
    try {
      code = picocli.execute(arguments);
    } catch (LinkageError | AssertionError | OutOfMemoryError | StackOverflowError error) {
      code = CrashReport.of(error, List.of(arguments)).tell(console);
    }
    IOException lost = console.lost();
    if (lost == null) {
      return code;
    }
    error("the result cannot be written to stdout: " + lost.getMessage());
    return code == ExitCode.OK ? ExitCode.FAILED : code;
  }

  private int perform(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (last.isUsageHelpRequested()) {
      Ansi colours = console.colourOut() ? Ansi.ON : Ansi.OFF;
      console.result(Painted.escaped(command.getUsageMessage(colours).stripTrailing()));
      return ExitCode.OK;
    }
    if (parsed.isVersionHelpRequested()) {
      console.result("plumb " + Version.text());
      return ExitCode.OK;
    }
    plumb.applyOptions();
    return new CommandLine.RunLast().execute(parsed);
  }

  private int misread(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    if (asksForJson(arguments)) {
      console.speak(new Speech(Format.JSON, Loudness.NORMAL, false, false));
    }
    String message = String.valueOf(mistake.getMessage());
    List<String> help = new ArrayList<>();
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      near.stream().limit(1).forEach(word -> help.add("did you mean `" + word + "`?"));
    }
    help.add("`" + command.getCommandSpec().qualifiedName() + " --help` lists all");
    wrong(command, Character.toLowerCase(message.charAt(0)) + message.substring(1), help);
    return ExitCode.MISTAKE;
  }

  private int failed(Exception failure, CommandLine line, ParseResult parsed) {
    if (failure instanceof PlannedSpec.Unplannable unplannable) {
      if (console.format() == Format.JSON && !tellsEvents(line)) {
        Diagnosis.result(console, unplannable.diagnostics());
      } else {
        Diagnosis.tell(console, unplannable.diagnostics());
      }
      return ExitCode.MISTAKE;
    }
    if (failure instanceof Refusal refusal) {
      wrong(line, String.valueOf(refusal.getMessage()), refusal.help());
      return refusal.exitCode();
    }
    if (failure instanceof LibraryUnavailableException library) {
      String help = "`plumb doctor` says what works here";
      wrong(line, String.valueOf(library.getMessage()), List.of(help));
      return ExitCode.FAILED;
    }
    if (failure instanceof ServerTrouble server) {
      wrong(line, String.valueOf(server.getMessage()), List.of(server.help()));
      return ExitCode.FAILED;
    }
    if (failure instanceof StoreFailure store) {
      String message = "[" + store.kind().code() + "]: " + store.getMessage();
      wrong(line, message, List.of(store.help()));
      return store.kind().mistake() ? ExitCode.MISTAKE : ExitCode.FAILED;
    }
    return CrashReport.of(failure, parsed.originalArgs()).tell(console);
  }

  /** Says what went wrong, to programs as JSON. */
  private void wrong(CommandLine command, String message, List<String> help) {
    if (console.format() != Format.JSON) {
      error(message);
      help.forEach(advice -> console.complain("  = help: " + advice));
      return;
    }
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("help", help);
    console.json(
        tellsEvents(command) ? Json.line(events(error)) : Json.pretty(Map.of("error", error)));
  }

  private static Map<String, Object> events(Map<String, Object> error) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "error");
    event.putAll(error);
    return event;
  }

  /** Whether the JSON of a command is one object a line. */
  private static boolean tellsEvents(CommandLine command) {
    return Set.of("run", "resume", "watch").contains(command.getCommandName());
  }

  /** Whether a command line that could not be read asks for JSON as far as one sees. */
  private static boolean asksForJson(String... arguments) {
    String all = String.join(" ", arguments).toLowerCase(Locale.ROOT);
    return all.matches("(.* )?--format[= ]json( .*)?");
  }

  private void error(String message) {
    Painted word = Painted.of(Style.BAD, "error", console.colourErr());
    console.complain(word.plus((message.startsWith("[") ? "" : ": ") + message));
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

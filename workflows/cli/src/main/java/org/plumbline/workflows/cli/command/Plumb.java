// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.engine.store.StoreAddress;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Speech;
import org.plumbline.workflows.cli.console.Speech.Loudness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all of its subcommands understand. */
@Command(
    name = "plumb",
    description = "Declare, run and compare RLHF experiments.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      PlanCommand.class,
      RunCommand.class,
      ResumeCommand.class,
      WatchCommand.class,
      CancelCommand.class,
      RunsCommand.class,
      GcCommand.class,
      ShowCommand.class,
      WhyCommand.class,
      DiffCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      ConvertCommand.class,
      ExplainCommand.class,
      SchemaCommand.class,
      LspCommand.class,
      ModelCommand.class,
      WorkerCommand.class,
      ServerCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footerHeading = "%n",
    footer = {
      "Exit codes: 0 all is well; 1 the run failed; 2 wrong command line or spec;",
      "3 with plan --exit-code, there is work to do; 4 cancelled; 70 internal error.",
    })
public final class Plumb implements Runnable {

  private final Console console;
  private final Class<?> main;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "human, short, json or github")
  private Format format = Format.HUMAN;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "only results and what went wrong")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "more than usual")
  private boolean verbose;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "no colours; NO_COLOR in the environment does the same")
  private boolean noColour;

  @Option(
      names = "--no-progress",
      scope = ScopeType.INHERIT,
      description = "one line per event instead of a picture")
  private boolean noProgress;

  @Option(
      names = "--no-scripts",
      scope = ScopeType.INHERIT,
      description = "refuse specs in Groovy and Kotlin, whose code runs when they are read")
  private boolean noScripts;

  @Option(names = "-C", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "work in DIR")
  private Path folder = Path.of("");

  @Option(
      names = "--store",
      paramLabel = "STORE",
      scope = ScopeType.INHERIT,
      description =
          "the store: a folder or s3://BUCKET/PREFIX; else PLUMB_STORE, else .plumb here or further"
              + " up")
  private @Nullable String store;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this text")
  @SuppressWarnings("UnusedVariable") // its being given is what counts
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "the version")
  @SuppressWarnings("UnusedVariable") // likewise
  private boolean version;

  /**
   * The command for one process.
   *
   * @param main where a process of this program begins
   */
  public Plumb(Console console, Map<String, String> environment, Class<?> main) {
    this.console = console;
    this.main = main;
    this.environment = environment;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  /** Lets the console speak as the options say. */
  public void applyOptions() {
    Loudness loudness = quiet ? Loudness.QUIET : verbose ? Loudness.VERBOSE : Loudness.NORMAL;
    console.speak(new Speech(format, loudness, !noColour, !noProgress));
  }

  /** Where a process of this program begins. */
  Class<?> main() {
    return main;
  }

  public Console console() {
    return console;
  }

  /** The variables of the environment. */
  Map<String, String> environment() {
    return environment;
  }

  /** Whether specs may be scripts. */
  boolean scripts() {
    return !noScripts;
  }

  /** The folder that is worked in. */
  Path folder() {
    return folder;
  }

  /** A path as it is given on the command line. */
  Path path(Path given) {
    return folder.resolve(given);
  }

  /** A path as it is shown: relative to the folder that is worked in, if it is inside of it. */
  String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path full = path.toAbsolutePath().normalize();
    return (full.startsWith(here) ? here.relativize(full) : full).toString();
  }

  /** The same of what is not on this machine, too, which is shown as it is. */
  String shown(String place) {
    return place.startsWith("s3://") ? place : shown(Path.of(place));
  }

  /** Where the store is, which may not be there yet. */
  StoreAddress storeAddress() {
    if (store != null) {
      return named("--store", store);
    }
    String variable = environment.getOrDefault("PLUMB_STORE", "");
    return variable.isEmpty()
        ? new StoreAddress.Folder(nearestStore())
        : named("PLUMB_STORE", variable);
  }

  private StoreAddress named(String where, String text) {
    if (StoreAddress.isOfBucket(text)) {
      return StoreAddress.ofBucket(text)
          .orElseThrow(
              () ->
                  Refusal.mistake(
                      "`" + where + "` names no bucket: " + text,
                      "write s3://BUCKET or s3://BUCKET/PREFIX; names of buckets are in small"
                          + " letters"));
    }
    if (!PlainPath.isPath(text)) {
      throw Refusal.mistake("`" + where + "` cannot be the path of a folder");
    }
    return new StoreAddress.Folder(folder.resolve(text).toAbsolutePath().normalize());
  }

  private Path nearestStore() {
    Path here = folder.toAbsolutePath().normalize();
    if (!here.toFile().isDirectory()) {
      throw Refusal.mistake("there is no folder `" + folder + "`");
    }
    for (Path at = here; at != null; at = at.getParent()) {
      if (at.resolve(".plumb").toFile().isDirectory()) {
        return at.resolve(".plumb");
      }
    }
    return here.resolve(".plumb");
  }
}

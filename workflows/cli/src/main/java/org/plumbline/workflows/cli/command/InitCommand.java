// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Packaged;
import org.plumbline.workflows.cli.console.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes a spec to begin with. */
@Command(
    name = "init",
    description = {
      "Write a commented spec to begin with.",
      "Beside a spec in YAML stands the schema that editors complete it from."
    })
public final class InitCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern FILE_NAMED =
      Pattern.compile("(?:jsonl|corpus)\\s*[:=]\\s*\"?([\\w./-]+)");

  /** The forms of a spec. */
  enum Form {
    YAML(".plumb.yaml"),
    GROOVY(".plumb.groovy"),
    KOTLIN(".plumb.kts");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }

    private static @Nullable Form of(Path file) {
      for (Form form : values()) {
        if (file.toString().endsWith(form.ending)) {
          return form;
        }
      }
      return null;
    }
  }

  /** What there is to begin with. */
  public enum Kind {
    QUICKSTART("quickstart"),
    DPO("dpo"),
    PPO("ppo"),
    BEST_OF_N("best-of-n"),
    HUMAN_PREFERENCES("human-preferences");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @ParentCommand private @Nullable Plumb plumb;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES} (default: quickstart)")
  private Kind kind = Kind.QUICKSTART;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "yaml, groovy or kotlin; else as the file is named, else yaml")
  private @Nullable Form form;

  @Option(names = "-o", paramLabel = "FILE", description = "where to (KIND.plumb.yaml)")
  private @Nullable Path output;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Form written = form();
    Path name = output == null ? Path.of(kind.word + written.ending) : output;
    NewFile place = NewFile.fresh(given, name);
    Path file = place.path();
    String text = text(written, experiment(name, written));
    place.write(text);
    Console console = given.console();
    console.say("wrote " + given.shown(file));
    Path folder = file.toAbsolutePath().getParent();
    if (written == Form.YAML && folder != null) {
      Path schema = folder.resolve(SchemaCommand.FILE);
      if (!Files.exists(schema)) {
        NewFile.fresh(given, schema.toAbsolutePath()).write(SchemaCommand.text());
        console.say("wrote " + given.shown(schema) + ", which editors complete the spec from");
      }
    }
    List<String> missing = folder == null ? List.of() : missing(text, folder);
    if (!missing.isEmpty()) {
      console.say("it reads files that are not here yet: " + String.join(", ", missing));
    }
    console.say("next: plumb check " + name);
    return ExitCode.OK;
  }

  private Form form() {
    Form named = output == null ? null : Form.of(output);
    if (output != null && named == null) {
      throw Refusal.mistake(
          "`" + output + "` is not named as a spec is",
          "a spec is named `name.plumb.yaml`, `name.plumb.groovy` or `name.plumb.kts`");
    }
    if (form != null && named != null && form != named) {
      throw Refusal.mistake("`" + output + "` is not the name of a spec in that form");
    }
    return form != null ? form : named != null ? named : Form.YAML;
  }

  /** The experiment is called as the file is, if an experiment can be. */
  private String experiment(Path file, Form written) {
    String name = String.valueOf(file.getFileName()).replace(written.ending, "");
    return NAME.matcher(name).matches() ? name : kind.word;
  }

  private String text(Form written, String experiment) {
    String place = "init/" + kind.word + "/" + kind.word;
    if (written == Form.YAML) {
      return "# yaml-language-server: $schema="
          + SchemaCommand.FILE
          + "\n"
          + Packaged.text(place + ".plumb.yaml")
              .replace("\nname: " + kind.word + "\n", "\nname: " + experiment + "\n");
    }
    return Packaged.text(place + ".plumb.groovy")
        .replace("experiment(\"" + kind.word + "\")", "experiment(\"" + experiment + "\")");
  }

  private static List<String> missing(String text, Path folder) {
    Set<String> missing = new LinkedHashSet<>();
    Matcher named = FILE_NAMED.matcher(text.replaceAll("(?m)^ *(#|//).*$", ""));
    while (named.find()) {
      if (!Files.exists(folder.resolve(named.group(1)))) {
        missing.add(named.group(1));
      }
    }
    return new ArrayList<>(missing);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Severity;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.NamedFile;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.rlhf.data.RowShape;
import org.plumbline.engine.rlhf.data.RowUse;
import org.plumbline.engine.run.StageFailure;

/**
 * Looks at the first row of every data set, so that a wrong file is found before anything is
 * trained and not by the stage that reads it at last.
 */
public final class SpecRows {
  private final SpecResult spec;
  private final Map<String, Diagnostic> found = new LinkedHashMap<>();

  private SpecRows(SpecResult spec) {
    this.spec = spec;
  }

  /** The errors of the data sets that a plan loads; files that are not there are passed over. */
  static List<Diagnostic> check(SpecResult spec, Plan plan) {
    SpecRows rows = new SpecRows(spec);
    for (PlanNode node : plan.nodes()) {
      if (node.operation().equals("load")) {
        rows.look(node, plan);
      }
    }
    return List.copyOf(rows.found.values());
  }

  /**
   * The same of a spec that nobody plans yet, with a warning for each file that is missing where
   * others are.
   *
   * @param folder that paths in the spec are relative to
   */
  public static List<Diagnostic> check(SpecResult spec, Path folder) {
    Experiment experiment = spec.experiment().orElse(null);
    if (spec.hasErrors() || experiment == null) {
      return List.of();
    }
    Plan plan = SpecPrompts.unread(spec, experiment, folder);
    List<Diagnostic> all = new ArrayList<>(check(spec, plan));
    all.addAll(missing(spec, plan, folder));
    return all;
  }

  private void look(PlanNode data, Plan plan) {
    FileRef file = data.files().values().iterator().next();
    Path path = Path.of(file.path());
    if (!Files.isRegularFile(path)) {
      return;
    }
    DataSpec settings = Specs.bindCanonical(DataSpec.class, data.settings());
    try {
      RowShape shape = LoadData.shapeOfFirstRow(settings, path);
      for (PlanNode user : plan.nodes()) {
        user.inputs().forEach((role, inputs) -> compare(data, shape, user, role, inputs));
      }
    } catch (StageFailure failure) {
      Optional<String> column = namedColumn(settings, failure);
      Diagnostic diagnostic =
          Diagnostic.of(
              Code.find(failure.code()).orElseThrow(),
              column
                  .map(key -> spec.spanOf("data." + data.entry() + ".columns." + key))
                  .orElseGet(() -> place(data, data.files().keySet().iterator().next(), file)),
              String.valueOf(failure.getMessage()));
      String help =
          column.isPresent()
              ? "`columns` says in which column of the file `" + column.get() + "` stands"
              : failure.help();
      found.putIfAbsent(data.entry(), help == null ? diagnostic : diagnostic.help(help));
    } catch (IOException | UncheckedIOException e) {
      return; // a file that cannot be read is said by whoever must read all of it
    }
  }

  /** The key of {@code columns} that names a column which the first row has not. */
  private static Optional<String> namedColumn(DataSpec settings, StageFailure failure) {
    String message = String.valueOf(failure.getMessage());
    Map<String, String> columns = settings.columns();
    return (columns == null ? Map.<String, String>of() : columns)
        .entrySet().stream()
            .filter(column -> message.contains(": row has no `" + column.getValue() + "` "))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private void compare(
      PlanNode data, RowShape shape, PlanNode user, String role, List<PlanNode.Input> inputs) {
    boolean reads = inputs.stream().anyMatch(input -> input.node().equals(data.id()));
    Optional<RowUse> use = reads ? use(user, role) : Optional.empty();
    if (use.isPresent() && !use.get().reads(shape)) {
      String message =
          "`%s` needs rows with %s, but the first row of `%s` is a %s"
              .formatted(user.entry(), use.get().needs(), data.entry(), shape.word());
      String setting = user.section() + "." + user.entry() + "." + role;
      found.putIfAbsent(
          setting,
          Diagnostic.of(Code.PLB0516, spec.spanOf(setting), message)
              .related(spec.spanOf("data." + data.entry()), "declared here")
              .help("name another data set, or say with `columns` what its columns are"));
    }
  }

  /** What a stage reads of a data set; empty where it takes rows of several shapes. */
  private static Optional<RowUse> use(PlanNode user, String role) {
    if (role.equals("prompts") || role.endsWith(".prompts")) {
      return Optional.of(RowUse.PROMPTS);
    } else if (role.endsWith("pretraining_mix.data")) {
      return Optional.of(RowUse.TEXTS_TO_LEARN);
    }
    if (role.equals("data")
        && user.operation().equals("recorded")
        && user.settings().get("rows") == null) {
      return Optional.of(RowUse.PREFERENCES);
    }
    boolean demonstrations =
        user.operation().equals("supervised") || user.operation().equals("verifiable");
    return role.equals("data") && demonstrations
        ? Optional.of(RowUse.DEMONSTRATIONS)
        : Optional.empty();
  }

  private Span place(PlanNode node, String role, FileRef file) {
    String setting = node.section() + "." + node.entry() + "." + role;
    return new SpecFiles(spec, Path.of(""))
        .place(new NamedFile(file.written(), setting, FileKind.FILE));
  }

  /** Files that are not there, where something else is of which the spec speaks. */
  private static List<Diagnostic> missing(SpecResult spec, Plan plan, Path folder) {
    SpecRows rows = new SpecRows(spec);
    Set<Path> seen = new LinkedHashSet<>();
    List<Diagnostic> missing = new ArrayList<>();
    boolean some =
        plan.nodes().stream()
            .flatMap(node -> node.files().values().stream())
            .anyMatch(file -> Files.exists(Path.of(file.path())));
    for (PlanNode node : plan.nodes()) {
      node.files()
          .forEach(
              (role, file) -> {
                Path path = Path.of(file.path());
                Path parent = path.getParent();
                if (parent == null || Files.exists(path) || role.endsWith("directory")) {
                  return; // who checks models says it of their folders
                }
                boolean meant =
                    some
                        || (Files.isDirectory(parent) && !parent.equals(folder.toAbsolutePath()))
                        || HubName.help(file.written(), FileKind.FILE).isPresent();
                if (meant && seen.add(path)) {
                  missing.add(rows.missing(node, role, file));
                }
              });
    }
    return missing;
  }

  private Diagnostic missing(PlanNode node, String role, FileRef file) {
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.PLB0504,
                place(node, role, file),
                "there is no file `" + file.written() + "` yet")
            .as(Severity.WARNING);
    return diagnostic.help(SpecFiles.meant(file.written(), FileKind.FILE, Path.of(file.path())));
  }
}

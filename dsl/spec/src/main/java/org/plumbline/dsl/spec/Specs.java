// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.spec.bind.Binder;
import org.plumbline.dsl.spec.bind.Binding;
import org.plumbline.dsl.spec.bind.Bound;
import org.plumbline.dsl.spec.bind.Plain;
import org.plumbline.dsl.spec.bind.PlainJson;
import org.plumbline.dsl.spec.check.Checks;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;
import org.plumbline.dsl.spec.yaml.YamlWriter;

/** Reads specs, in any form, and the plain data that they are frozen to. */
public final class Specs {
  private Specs() {}

  /**
   * Reads a spec from a file.
   *
   * @param file the spec
   * @param overrides settings changed for this time, as {@code path=value}
   * @param folder the folder that one works in: relative files in overrides start there
   */
  public static SpecResult read(Path file, List<String> overrides, Path folder) {
    return read(file, overrides, folder, Scripts.ALLOWED);
  }

  /**
   * Reads a spec from a file.
   *
   * @param scripts what to do if it is a script
   */
  public static SpecResult read(Path file, List<String> overrides, Path folder, Scripts scripts) {
    String name = file.toString();
    Optional<SpecReader> reader = reader(name);
    if (reader.isEmpty()) {
      return failed(unknownForm(SourceFile.named(name)));
    }
    SpecFile.Loaded loaded = SpecFile.load(file, name);
    if (!loaded.diagnostics().isEmpty()) {
      return failed(loaded.diagnostics().get(0));
    }
    return read(loaded.file(), reader.get(), new CommandLine(overrides, folder), scripts);
  }

  /** Whether a file of this name is in one of the forms of a spec. */
  public static boolean reads(String fileName) {
    return reader(fileName).isPresent();
  }

  /** Reads a spec from a text; the form is found from the name. */
  public static SpecResult readText(String name, String text, List<String> overrides) {
    return readText(name, text, overrides, Scripts.ALLOWED);
  }

  /** Reads a spec from a text; the form is found from the name. */
  public static SpecResult readText(
      String name, String text, List<String> overrides, Scripts scripts) {
    SourceFile file = SourceFile.of(name, text);
    Optional<SpecReader> reader = reader(name);
    return reader.isEmpty()
        ? failed(unknownForm(file))
        : read(file, reader.get(), new CommandLine(overrides, Path.of("")), scripts);
  }

  /** An experiment as JSON with all defaults: equal experiments give equal bytes. */
  public static String canonicalJson(Experiment experiment) {
    return PlainJson.write(Canonical.of(experiment));
  }

  /** An experiment as YAML with all defaults; comments and order of the spec are not kept. */
  public static String canonicalYaml(Experiment experiment) {
    return YamlWriter.write(Canonical.of(experiment));
  }

  /**
   * Binds plain data, as {@link Canonical} writes it, back to a record or a choice of records.
   *
   * @throws IllegalStateException if it does not fit: frozen data has been checked before
   */
  public static <T> T bindCanonical(Class<T> type, Object plain) {
    Node node = Plain.toNode(plain, Span.of(SourceFile.named("frozen settings")));
    if (type.isRecord() && node instanceof Node.Mapping mapping) {
      node = Plain.withoutKind(type, mapping);
    }
    Bound<T> bound = Binder.bind(type, node);
    return bound
        .value()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "frozen settings do not fit " + type.getName() + ": " + bound.diagnostics()));
  }

  private static SpecResult read(
      SourceFile file, SpecReader reader, CommandLine commandLine, Scripts scripts) {
    Tree tree = reader.evaluates() ? ScriptUse.read(file, reader, scripts) : reader.read(file);
    List<Diagnostic> found = new ArrayList<>(tree.diagnostics());
    Node root = tree.root();
    if (root == null) {
      return new SpecResult(file, null, null, List.of(), found, List.of());
    } else if (root instanceof Node.Empty) {
      found.add(
          Diagnostic.of(Code.PLB0008, Span.of(file), "`" + file.name() + "` is empty")
              .help("start with `plumb: v1` and `name: my-experiment`"));
      return new SpecResult(file, null, null, List.of(), found, List.of());
    }
    root = commandLine.apply(root, found);
    Sweeps.Expanded sweeps = Sweeps.expand(root, found);
    root = sweeps.root();
    Binding binding = Binder.experiment(root);
    found.addAll(binding.diagnostics());
    found.addAll(Checks.of(binding));
    Recipes recipes = Recipes.of(root, binding, found, sweeps);
    found.addAll(recipes.diagnostics());
    boolean failed = found.stream().anyMatch(Diagnostic::isError);
    if (!failed) {
      // Behind a mistake, most of what seems unused is what the mistake was to name.
      found.addAll(Checks.unused(recipes.bindings()));
    }
    List<Diagnostic> sorted = sorted(file, Followers.without(root, found));
    return new SpecResult(
        file,
        root,
        failed ? null : binding.experiment(),
        failed ? List.of() : recipes.recipes(),
        sorted,
        sorted(file, Checks.notAvailable(recipes.bindings())));
  }

  /** By place, the spec before the command line, and nothing twice. */
  private static List<Diagnostic> sorted(SourceFile spec, List<Diagnostic> found) {
    List<Diagnostic> sorted = new ArrayList<>(new LinkedHashSet<>(found));
    sorted.sort(
        (a, b) -> {
          boolean first = a.primary().file().equals(spec);
          boolean second = b.primary().file().equals(spec);
          if (first != second) {
            return first ? -1 : 1;
          }
          // The tenth setting of the command line comes after the ninth.
          Comparator<String> byName =
              Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
          int files = byName.compare(a.primary().file().name(), b.primary().file().name());
          return files != 0 ? files : a.primary().start().compareTo(b.primary().start());
        });
    return sorted;
  }

  private static Optional<SpecReader> reader(String name) {
    @Nullable SpecReader found = null;
    for (SpecReader reader : ServiceLoader.load(SpecReader.class)) {
      if (reader.reads(name)) {
        if (found != null) {
          throw new IllegalStateException(
              "two readers for " + name + ": " + where(found) + " and " + where(reader));
        }
        found = reader;
      }
    }
    return Optional.ofNullable(found);
  }

  private static String where(SpecReader reader) {
    return reader.form() + " in " + reader.getClass().getProtectionDomain().getCodeSource();
  }

  private static Diagnostic unknownForm(SourceFile file) {
    boolean script = file.name().endsWith(".groovy") || file.name().endsWith(".kts");
    if (script) {
      return Diagnostic.of(
              Code.PLB0401, Span.of(file), "scripts are not available in this installation yet")
          .help("write the spec in YAML: `name.plumb.yaml`");
    }
    return Diagnostic.of(
            Code.PLB0014, Span.of(file), "`" + file.name() + "` is in no form that can be read")
        .help("a spec in YAML is named `name.plumb.yaml`");
  }

  private static SpecResult failed(Diagnostic diagnostic) {
    return new SpecResult(
        diagnostic.primary().file(), null, null, List.of(), List.of(diagnostic), List.of());
  }
}

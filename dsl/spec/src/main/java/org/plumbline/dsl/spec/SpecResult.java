// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.Recipe;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/** What reading a spec gave: the experiment and its recipes unless there were errors. */
public final class SpecResult {
  private final SourceFile file;
  private final @Nullable Node root;
  private final @Nullable Experiment experiment;
  private final List<Recipe> recipes;
  private final List<Diagnostic> diagnostics;
  private final List<Diagnostic> notAvailable;

  SpecResult(
      SourceFile file,
      @Nullable Node root,
      @Nullable Experiment experiment,
      List<Recipe> recipes,
      List<Diagnostic> diagnostics,
      List<Diagnostic> notAvailable) {
    this.file = file;
    this.root = root;
    this.experiment = experiment;
    this.recipes = List.copyOf(recipes);
    this.diagnostics = List.copyOf(diagnostics);
    this.notAvailable = List.copyOf(notAvailable);
  }

  /** The spec. */
  public SourceFile file() {
    return file;
  }

  /** What the front end made of the text; empty if it could not be read at all. */
  public Optional<Node> tree() {
    return Optional.ofNullable(root);
  }

  /** The experiment, with defaults filled in; empty if there are errors. */
  public Optional<Experiment> experiment() {
    return Optional.ofNullable(experiment);
  }

  /**
   * Every policy and then every variant, in the order of the spec; empty if there are errors.
   *
   * <p>A variant's recipe carries the experiment with the variant's settings in place.
   */
  public List<Recipe> recipes() {
    return recipes;
  }

  /** Errors and warnings in the order of the text. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /**
   * What the spec says and no stage computes yet, in the order of the text: it can be checked and
   * planned, and must not be run.
   */
  public List<Diagnostic> notAvailable() {
    return notAvailable;
  }

  /** Whether anything keeps the experiment from running. */
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * Where a setting is written, for messages about it: the value, or, where it is left to its
   * default, the nearest block around it. The kind may be left out of the path: {@code
   * policies.dpo.learning_rate}.
   */
  public Span spanOf(String path) {
    Span span = Span.of(file);
    Node node = root;
    for (String part : path.split("\\.", -1)) {
      Optional<Node.Entry> entry = entry(node, part);
      if (entry.isEmpty()) {
        return span;
      }
      node = entry.get().value();
      boolean single = node instanceof Node.Scalar;
      span = single ? node.span() : entry.get().keySpan();
    }
    return span;
  }

  private static Optional<Node.Entry> entry(@Nullable Node node, String key) {
    if (!(node instanceof Node.Mapping mapping)) {
      return Optional.empty();
    }
    Optional<Node.Entry> entry = mapping.entry(key);
    boolean kindLeftOut =
        entry.isEmpty()
            && mapping.entries().size() == 1
            && mapping.entries().get(0).value() instanceof Node.Mapping;
    return kindLeftOut ? ((Node.Mapping) mapping.entries().get(0).value()).entry(key) : entry;
  }
}

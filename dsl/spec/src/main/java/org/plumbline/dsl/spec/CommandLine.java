// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.nio.file.Path;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.spec.bind.Overrides;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;
import org.plumbline.dsl.spec.yaml.YamlReader;

/** Settings changed on the command line: {@code -D path=value}, the value in YAML. */
final class CommandLine {
  private final List<String> overrides;
  private final Path folder;
  private final SpecReader yaml = new YamlReader();

  CommandLine(List<String> overrides, Path folder) {
    this.overrides = List.copyOf(overrides);
    this.folder = folder;
  }

  Node apply(Node root, List<Diagnostic> found) {
    Node changed = root;
    for (int i = 0; i < overrides.size(); i++) {
      changed = apply(changed, i, found);
    }
    return changed;
  }

  private Node apply(Node root, int index, List<Diagnostic> found) {
    String text = overrides.get(index);
    SourceFile file = SourceFile.of("command line -D #" + (index + 1), text);
    int equals = text.indexOf('=');
    if (equals < 1) {
      found.add(
          Diagnostic.of(Code.PLB0112, Span.ofLine(file, 1), "a setting is given as `path=value`")
              .help(
                  text.matches("[\\w.-]+\\.[\\w.-]+")
                      ? "write `-D %s=VALUE`, without spaces around `=`".formatted(text)
                      : "for instance `-D seeds=[1]`"));
      return root;
    }
    String path = text.substring(0, equals);
    // Blanks in place of the path keep the columns right.
    String padded = " ".repeat(equals + 1) + text.substring(equals + 1);
    Tree tree = yaml.read(SourceFile.of(file.name(), padded));
    tree.diagnostics().forEach(d -> found.add(inFile(d, file)));
    if (tree.root() == null) {
      return root;
    }
    Span span = new Span(file, Position.START, new Position(1, equals + 1));
    Node value = new Relocated(file, span).of(tree.root());
    boolean inFile = Overrides.fieldAt(path).map(Field::inFile).orElse(false);
    Node.Entry entry = new Node.Entry(path, span, inFile ? absolute(value) : value);
    return Overrides.apply(root, entry, found);
  }

  /** A file on the command line is found from where one works, not from where the spec lies. */
  private Node absolute(Node value) {
    if (value instanceof Node.Scalar scalar
        && scalar.value() instanceof String name
        && PlainPath.isPath(name)) {
      String path = PlainPath.of(folder.resolve(name)).toString();
      return new Node.Scalar(scalar.span(), path, path);
    }
    return value;
  }

  private static Diagnostic inFile(Diagnostic d, SourceFile file) {
    Span span = new Span(file, d.primary().start(), d.primary().end());
    return new Diagnostic(
        d.code(), d.severity(), d.message(), span, d.label(), List.of(), d.notes(), d.fixes());
  }

  /** Moves spans from the padded text to the one that was typed. */
  private record Relocated(SourceFile file, Span whole) {
    Node of(Node node) {
      if (node instanceof Node.Scalar scalar) {
        return new Node.Scalar(span(node), scalar.value(), scalar.text());
      } else if (node instanceof Node.Sequence sequence) {
        return new Node.Sequence(span(node), sequence.items().stream().map(this::of).toList());
      } else if (node instanceof Node.Mapping mapping) {
        return new Node.Mapping(span(node), mapping.entries().stream().map(this::entry).toList());
      } else if (node instanceof Node.Empty empty) {
        return new Node.Empty(whole, empty.said());
      }
      return new Node.Broken(span(node));
    }

    private Node.Entry entry(Node.Entry entry) {
      Span span = new Span(file, entry.keySpan().start(), entry.keySpan().end());
      return new Node.Entry(entry.key(), span, of(entry.value()));
    }

    private Span span(Node node) {
      return new Span(file, node.span().start(), node.span().end());
    }
  }
}

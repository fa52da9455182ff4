// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.SpecReader;
import org.plumbline.dsl.spec.tree.Tree;

/** Evaluates scripts as the caller wants it: not at all, once, or twice. */
final class ScriptUse {
  private ScriptUse() {}

  static Tree read(SourceFile file, SpecReader reader, Scripts scripts) {
    if (!scripts.allowed()) {
      return new Tree(
          null,
          List.of(
              Diagnostic.of(
                      Code.PLB0405,
                      Span.of(file),
                      "`" + file.name() + "` is a script, and scripts are refused here")
                  .note("a script is code with the rights of its user")
                  .help("write the spec in YAML: `plumb convert` makes one of a script")));
    }
    scripts.evaluating(file, reader.ready(file));
    Tree first = reader.read(file);
    if (!scripts.twice() || first.root() == null) {
      return first;
    }
    Tree second = reader.read(file);
    return difference(first.root(), second.root())
        .map(span -> notRepeatable(first, span))
        .orElse(first);
  }

  private static Tree notRepeatable(Tree tree, Span span) {
    List<Diagnostic> diagnostics = new ArrayList<>(tree.diagnostics());
    diagnostics.add(
        Diagnostic.of(
                Code.PLB0410, span, "the script said something else when it was evaluated again")
            .note("it was evaluated twice, to see whether it depends on the clock or on chance")
            .help("write down what is meant; randomness belongs in `seeds`"));
    return new Tree(tree.root(), diagnostics);
  }

  /** Where two trees of one text differ first. */
  private static Optional<Span> difference(Node first, @Nullable Node second) {
    if (first.equals(second)) {
      return Optional.empty();
    }
    if (first instanceof Node.Mapping one && second instanceof Node.Mapping other) {
      for (Node.Entry entry : one.entries()) {
        Optional<Node.Entry> same = other.entry(entry.key());
        if (same.isEmpty()) {
          return Optional.of(entry.keySpan());
        }
        Optional<Span> inner = difference(entry.value(), same.get().value());
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.of(first.span());
  }
}

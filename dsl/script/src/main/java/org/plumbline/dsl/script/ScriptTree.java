// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.script.blocks.Declarations;
import org.plumbline.dsl.script.blocks.Written;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.Tree;

/** Makes the located tree of what a script has written. */
public final class ScriptTree {
  private final ScriptText text;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private ScriptTree(SourceFile file) {
    this.text = new ScriptText(file);
  }

  /** The tree of the one experiment that a script declares. */
  public static Tree of(SourceFile file, List<Declarations.Declared> declared) {
    ScriptTree tree = new ScriptTree(file);
    if (declared.size() == 1) {
      return tree.experiment(declared.get(0));
    }
    Span place = declared.isEmpty() ? Span.of(file) : tree.keyOf(declared.get(1));
    String message =
        declared.isEmpty()
            ? "the script declares no experiment"
            : "the script declares " + declared.size() + " experiments";
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0403, place, message)
            .help("a script has one block `experiment(\"name\") { … }`");
    return new Tree(null, List.of(diagnostic));
  }

  private Span keyOf(Declarations.Declared declared) {
    return text.key(declared.keys().line(), "experiment");
  }

  private Tree experiment(Declarations.Declared declared) {
    Span head = keyOf(declared);
    List<Node.Entry> entries = new ArrayList<>();
    entries.add(new Node.Entry("plumb", head, new Node.Scalar(head, "v1", "v1")));
    Span name = text.value(head, declared.name());
    entries.add(
        new Node.Entry("name", head, new Node.Scalar(name, declared.name(), declared.name())));
    entries.addAll(mapping(head, declared.keys()).entries());
    return new Tree(new Node.Mapping(head, entries), diagnostics);
  }

  private Node.Mapping mapping(Span span, Written.Keys keys) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (Written.Key key : keys.keys()) {
      Span at = text.key(key.line(), key.name());
      Node.Entry first = entries.get(key.name());
      if (first == null) {
        entries.put(key.name(), new Node.Entry(key.name(), at, node(at, key.value())));
      } else {
        diagnostics.add(
            Diagnostic.of(Code.PLB0104, at, "key `" + key.name() + "` is given twice")
                .label("given again here")
                .related(first.keySpan(), "first given here")
                .help("keep one of them, or give this one another name"));
      }
    }
    return new Node.Mapping(span, List.copyOf(entries.values()));
  }

  private Node node(Span key, Written written) {
    if (written instanceof Written.Keys keys) {
      return mapping(key, keys);
    } else if (written instanceof Written.Items items) {
      return new Node.Sequence(key, items.items().stream().map(item -> node(key, item)).toList());
    }
    Object said = ((Written.Value) written).value();
    if (said == null) {
      return new Node.Empty(key, true);
    }
    Object value = plain(said);
    return new Node.Scalar(text.value(key, value), value, String.valueOf(value));
  }

  /** Whole numbers as long, others as double: what the reader of YAML gives. */
  private static Object plain(Object value) {
    if (value instanceof BigInteger big) {
      return big.bitLength() < 64 ? (Object) big.longValue() : big;
    } else if (value instanceof BigDecimal || value instanceof Double) {
      return ((Number) value).doubleValue();
    } else if (value instanceof Float real) {
      return Double.parseDouble(real.toString());
    } else if (value instanceof Number whole) {
      return whole.longValue();
    }
    return value;
  }
}

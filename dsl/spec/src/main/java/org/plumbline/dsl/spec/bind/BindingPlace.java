// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.tree.Node;

/**
 * A value while it is bound.
 *
 * @param path the keys that lead to it
 * @param key where its key stands
 * @param node the value
 */
record BindingPlace(List<String> path, Span key, Node node) {

  /** A value inside this one. */
  BindingPlace inside(Node.Entry entry) {
    return inside(entry.key(), entry.keySpan(), entry.value());
  }

  BindingPlace inside(String name, Span keySpan, Node value) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return new BindingPlace(List.copyOf(longer), keySpan, value);
  }

  /** The last key, as it is named in a message. */
  String name() {
    return path.isEmpty() ? "spec" : path.get(path.size() - 1);
  }

  /** Where a problem of the value is shown: at the value, or at the key if the value is long. */
  Span shown() {
    Span span = node.span();
    boolean oneLine = span.start().line() == span.end().line();
    return oneLine && !span.start().equals(span.end()) ? span : key;
  }
}

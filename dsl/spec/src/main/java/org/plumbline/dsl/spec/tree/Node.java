// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Span;

/** A value in a spec, with its place. */
public sealed interface Node {

  /** Where the value stands. */
  Span span();

  /**
   * A single value.
   *
   * @param value a {@code String}, {@code Long}, {@code BigInteger}, {@code Double} or {@code
   *     Boolean}
   * @param text the value as it was written, without quotes
   */
  record Scalar(Span span, Object value, String text) implements Node {}

  /**
   * A key without a value.
   *
   * @param said whether {@code null} is written there, not nothing
   */
  record Empty(Span span, boolean said) implements Node {}

  /** A value that the reader could not make sense of and has reported. */
  record Broken(Span span) implements Node {}

  /** A list. */
  record Sequence(Span span, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys with values; no key stands in it twice. */
  record Mapping(Span span, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The entry with this key. */
    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    /** The same with an entry in place of that with the same key, or added at the end. */
    public Mapping with(Entry changed) {
      List<Entry> all = new ArrayList<>(entries);
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).key().equals(changed.key())) {
          all.set(i, changed);
          return new Mapping(span, all);
        }
      }
      all.add(changed);
      return new Mapping(span, all);
    }

    /** The same without an entry of this key. */
    public Mapping without(String key) {
      return new Mapping(span, entries.stream().filter(e -> !e.key().equals(key)).toList());
    }
  }

  /** A key with its value. */
  record Entry(String key, Span keySpan, Node value) {}

  /** What kind of value this is, for messages. */
  default String noun() {
    if (this instanceof Scalar scalar) {
      if (scalar.value() instanceof String) {
        return "the text \"" + scalar.text() + "\"";
      }
      return scalar.value() instanceof Boolean ? scalar.text() : "the number " + scalar.text();
    } else if (this instanceof Sequence) {
      return "a list";
    } else if (this instanceof Mapping) {
      return "a block of keys";
    }
    return "empty";
  }
}

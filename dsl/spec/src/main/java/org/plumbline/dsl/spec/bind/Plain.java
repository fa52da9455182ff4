// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Unset;
import org.plumbline.dsl.spec.tree.Node;
import org.plumbline.dsl.spec.tree.Scalars;

/** Plain data without places: maps, lists, texts, numbers, truth values. */
public final class Plain {
  private Plain() {}

  /**
   * A located value without its places; {@link Unset} for {@code null}, and null if a part of it is
   * broken or empty.
   */
  public static @Nullable Object of(Node node) {
    return node instanceof Node.Empty empty && empty.said() ? Unset.UNSET : value(node);
  }

  /** In a block and in a list there is nothing that could be left out. */
  private static @Nullable Object value(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.value();
    } else if (node instanceof Node.Sequence sequence) {
      List<Object> items = new ArrayList<>();
      for (Node item : sequence.items()) {
        Object plain = value(item);
        if (plain == null) {
          return null;
        }
        items.add(plain);
      }
      return List.copyOf(items);
    } else if (node instanceof Node.Mapping mapping) {
      Map<String, Object> entries = new LinkedHashMap<>();
      for (Node.Entry entry : mapping.entries()) {
        Object plain = value(entry.value());
        if (plain == null) {
          return null;
        }
        entries.put(entry.key(), plain);
      }
      return java.util.Collections.unmodifiableMap(entries);
    }
    return null;
  }

  /** The first key or item in it that has no value. */
  static Optional<Node> emptyIn(Node node) {
    if (node instanceof Node.Empty) {
      return Optional.of(node);
    } else if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().flatMap(item -> emptyIn(item).stream()).findFirst();
    } else if (node instanceof Node.Mapping mapping) {
      return mapping.entries().stream()
          .flatMap(entry -> emptyIn(entry.value()).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  /** Plain data as a located value, all of it in one place. */
  public static Node toNode(@Nullable Object plain, Span span) {
    if (plain == null) {
      return new Node.Empty(span, true);
    } else if (plain instanceof Map<?, ?> map) {
      List<Node.Entry> entries = new ArrayList<>();
      map.forEach(
          (key, value) -> entries.add(new Node.Entry((String) key, span, toNode(value, span))));
      return new Node.Mapping(span, entries);
    } else if (plain instanceof List<?> list) {
      List<Node> items = new ArrayList<>();
      list.forEach(item -> items.add(toNode(item, span)));
      return new Node.Sequence(span, items);
    } else if (plain instanceof Integer number) {
      return new Node.Scalar(span, number.longValue(), plain.toString());
    }
    return new Node.Scalar(span, plain, plain.toString());
  }

  /** The default of a key as plain data; null if it has none. */
  public static @Nullable Object ofDefault(Field field) {
    String text = field.defaultText();
    return text == null ? null : of(fromDefault(text, Span.of(SourceFile.named("default"))));
  }

  /** The default of a key: a number, a word, a list of them, or an empty block. */
  static Node fromDefault(String text, Span span) {
    if (text.equals("{}")) {
      return new Node.Mapping(span, List.of());
    } else if (text.startsWith("[")) {
      List<Node> items = new ArrayList<>();
      for (String item : text.substring(1, text.length() - 1).split(",", -1)) {
        items.add(fromDefault(item.trim(), span));
      }
      return new Node.Sequence(span, items);
    }
    return new Node.Scalar(span, Scalars.resolve(text), text);
  }

  /** The settings alone, where the plain data also says of which kind they are. */
  public static Node withoutKind(Class<?> recordType, Node.Mapping mapping) {
    String kind = Shape.of(recordType).kind();
    boolean said =
        mapping.entries().size() == 1
            && mapping.entries().get(0).key().equals(kind)
            && Shape.of(recordType).field(kind).isEmpty();
    return said ? mapping.entries().get(0).value() : mapping;
  }
}

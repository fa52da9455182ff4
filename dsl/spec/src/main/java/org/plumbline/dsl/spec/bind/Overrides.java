// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.tree.Node;

/**
 * Puts a value in place at a path: {@code policies.ppo.ppo.regularizers.kl.coefficient}; {@code
 * null} takes away what is there.
 *
 * <p>A path follows the keys of the spec: a section, a name, the kind, keys. A key that the spec
 * leaves out may be set if the language has it; a name must exist unless it is the last part.
 */
public final class Overrides {
  private final List<String> path;
  private final String text;
  private final Span span;
  private final Node value;
  private final List<Diagnostic> diagnostics;

  private Overrides(String text, Span span, Node value, List<Diagnostic> diagnostics) {
    this.text = text;
    this.path = List.of(text.split("\\.", -1));
    this.span = span;
    this.value = value;
    this.diagnostics = diagnostics;
  }

  /**
   * A spec with one setting changed; the same spec, with a diagnostic, if there is no such path.
   *
   * @param path the path, where it is written, and the value
   */
  public static Node apply(Node root, Node.Entry path, List<Diagnostic> diagnostics) {
    Overrides one = new Overrides(path.key(), path.keySpan(), path.value(), diagnostics);
    Node changed = one.set(new Type.Block(Shape.of(Experiment.class)), root, 0);
    return changed == null ? root : changed;
  }

  /** The field at the end of a path; empty if the path does not exist. */
  public static Optional<Field> fieldAt(String path) {
    Type type = new Type.Block(Shape.of(Experiment.class));
    Field last = null;
    for (String part : path.split("\\.", -1)) {
      if (type instanceof Type.Block block) {
        last = block.shape().field(part).orElse(null);
        if (last == null) {
          return Optional.empty();
        }
        type = last.type();
      } else if (type instanceof Type.OneKind oneKind) {
        type = null;
        for (Shape shape : oneKind.kinds()) {
          type = shape.kind().equals(part) ? new Type.Block(shape) : type;
        }
        if (type == null) {
          return Optional.empty();
        }
      } else if (type instanceof Type.MapOf map) {
        type = map.value();
      } else {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(last);
  }

  private @Nullable Node set(Type type, @Nullable Node node, int depth) {
    if (depth == path.size()) {
      return value;
    } else if (node instanceof Node.Broken) {
      return null; // reported where it stands
    } else if (type instanceof Type.Block block) {
      return inBlock(block.shape(), node, depth);
    } else if (type instanceof Type.OneKind oneKind) {
      return inKind(oneKind, node, depth);
    } else if (type instanceof Type.MapOf map) {
      return inMap(map, node, depth);
    }
    report(depth, "`" + upTo(depth) + "` is " + Wording.of(type) + " and has no keys", List.of());
    return null;
  }

  private @Nullable Node inBlock(Shape shape, @Nullable Node node, int depth) {
    String part = path.get(depth);
    Optional<Field> field = shape.field(part);
    if (field.isEmpty()) {
      List<String> names = shape.fields().stream().map(Field::name).toList();
      String where = depth == 0 ? "a spec" : "`" + upTo(depth) + "`";
      List<String> whole = new ArrayList<>();
      if (path.size() == 1 && node != null) {
        collect(node, "", part, whole);
      }
      if (!whole.isEmpty()) {
        diagnostics.add(
            Diagnostic.of(Code.PLB0113, part(depth), where + " has no key `" + part + "`")
                .help("write the whole path: " + Suggest.few(whole)));
        return null;
      }
      Optional<String> below =
          Suggest.near(part, names).isPresent() ? Optional.empty() : KeyPlaces.below(shape, part);
      if (below.isPresent() && depth > 0) {
        diagnostics.add(
            Diagnostic.of(Code.PLB0113, part(depth), where + " has no key `" + part + "`")
                .help("write `%s.%s.%s`".formatted(upTo(depth), below.get(), rest(depth))));
        return null;
      }
      report(depth, where + " has no key `" + part + "`", names);
      return null;
    }
    Node.Mapping mapping = mapping(node, shape);
    if (depth == 0 && mapping.entry(part).isEmpty() && isMisspelled(mapping, shape, part)) {
      return null; // reported where it stands
    }
    if (field.get().named().equals("path")) {
      // The names in this map are paths themselves, dots included.
      String rest = String.join(".", path.subList(Math.min(depth + 1, path.size()), path.size()));
      Node paths =
          mapping.entry(part).map(Node.Entry::value).orElse(new Node.Mapping(span, List.of()));
      boolean whole = rest.isEmpty() || !(paths instanceof Node.Mapping);
      Node changed = whole ? value : ((Node.Mapping) paths).with(new Node.Entry(rest, span, value));
      return mapping.with(new Node.Entry(part, span, changed));
    }
    return replace(mapping, part, field.get().type(), depth);
  }

  /** A path that is written as blocks in blocks; empty if it is not. */
  static Optional<Diagnostic> nested(Node.Entry entry) {
    if (Shape.of(Experiment.class).field(entry.key()).isEmpty()
        || !(entry.value() instanceof Node.Mapping)) {
      return Optional.empty();
    }
    StringBuilder whole = new StringBuilder(entry.key());
    Node inner = entry.value();
    while (inner instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
      whole.append('.').append(mapping.entries().get(0).key());
      inner = mapping.entries().get(0).value();
    }
    return Optional.of(
        Diagnostic.of(
                Code.PLB0113, entry.keySpan(), "a path is one key, with points between its parts")
            .help("write `" + whole + ": …`"));
  }

  /** The paths to all keys of a name. */
  private static void collect(Node node, String prefix, String key, List<String> paths) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (entry.key().equals(key) && !prefix.startsWith("variants.")) {
          paths.add(prefix + key);
        }
        collect(entry.value(), prefix + entry.key() + ".", key, paths);
      }
    }
  }

  /** Whether a block has a key that is unknown, and looks like this one. */
  private static boolean isMisspelled(Node.Mapping mapping, Shape shape, String key) {
    return mapping.entries().stream()
        .map(Node.Entry::key)
        .filter(written -> shape.field(written).isEmpty())
        .anyMatch(written -> Suggest.near(written, List.of(key)).isPresent());
  }

  private @Nullable Node inKind(Type.OneKind type, @Nullable Node node, int depth) {
    String part = path.get(depth);
    List<String> kinds = type.kinds().stream().map(Shape::kind).toList();
    Node.Mapping mapping = node instanceof Node.Mapping m ? m : new Node.Mapping(span, List.of());
    Optional<Node.Entry> present =
        mapping.entries().stream().filter(e -> kinds.contains(e.key())).findFirst();
    if (present.isPresent() && !present.get().key().equals(part)) {
      String kind = present.get().key();
      Shape shape = shape(type, kind);
      boolean forgotten = shape.field(part).isPresent();
      String right = upTo(depth) + "." + kind + (forgotten ? "." + rest(depth) : "");
      diagnostics.add(
          Diagnostic.of(
                  Code.PLB0113,
                  part(depth),
                  "`" + upTo(depth) + "` is of kind `" + kind + "`, and has no `" + part + "`")
              .related(present.get().keySpan(), "its kind")
              .help("did you mean `" + right + "`?"));
      return null;
    } else if (!kinds.contains(part)) {
      report(depth, "`" + upTo(depth) + "` has no kind `" + part + "`", kinds);
      return null;
    }
    return replace(mapping, part, new Type.Block(shape(type, part)), depth);
  }

  private @Nullable Node inMap(Type.MapOf type, @Nullable Node node, int depth) {
    Node.Mapping mapping = node instanceof Node.Mapping m ? m : new Node.Mapping(span, List.of());
    int next = depth + dots(mapping, depth) + 1;
    String name = String.join(".", path.subList(depth, next));
    boolean adds = next == path.size() && !unsets();
    if (mapping.entry(name).isEmpty() && !adds) {
      List<String> names = mapping.entries().stream().map(Node.Entry::key).toList();
      report(depth, "`" + upTo(depth) + "` has no entry `" + name + "`", names);
      return null;
    }
    return replace(mapping, name, type.value(), depth, next);
  }

  /** How many dots the name has that the path goes on with: that of a recipe may have some. */
  private int dots(Node.Mapping mapping, int depth) {
    String rest = rest(depth) + ".";
    int dots = 0;
    for (Node.Entry entry : mapping.entries()) {
      if (rest.startsWith(entry.key() + ".")) {
        dots = Math.max(dots, entry.key().split("\\.", -1).length - 1);
      }
    }
    return dots;
  }

  private @Nullable Node replace(Node.Mapping mapping, String key, Type type, int depth) {
    return replace(mapping, key, type, depth, depth + 1);
  }

  private @Nullable Node replace(Node.Mapping mapping, String key, Type type, int depth, int next) {
    if (unsets() && next == path.size()) {
      return mapping.without(key);
    }
    Node before = mapping.entry(key).map(Node.Entry::value).orElse(null);
    Node after = set(type, before, next);
    if (after == null) {
      return null;
    }
    Span keySpan =
        mapping
            .entry(key)
            .map(Node.Entry::keySpan)
            .filter(known -> next < path.size())
            .orElse(part(depth));
    return mapping.with(new Node.Entry(key, keySpan, after));
  }

  private boolean unsets() {
    return value instanceof Node.Empty empty && empty.said();
  }

  private Node.Mapping mapping(@Nullable Node node, Shape shape) {
    if (node == null || node instanceof Node.Empty) {
      return new Node.Mapping(span, List.of());
    }
    return Binder.mapping(new BindingPlace(path, node.span(), node), shape)
        .orElse(new Node.Mapping(node.span(), List.of()));
  }

  private static Shape shape(Type.OneKind type, String kind) {
    return type.kinds().stream().filter(s -> s.kind().equals(kind)).findFirst().orElseThrow();
  }

  private String upTo(int depth) {
    return String.join(".", path.subList(0, depth));
  }

  private String rest(int depth) {
    return String.join(".", path.subList(depth, path.size()));
  }

  private void report(int depth, String message, Collection<String> candidates) {
    Diagnostic diagnostic = Diagnostic.of(Code.PLB0113, part(depth), message);
    String part = path.get(depth);
    Optional<String> meant =
        Suggest.near(part, candidates).or(() -> Suggest.alias(part, candidates));
    if (meant.isPresent()) {
      List<String> right = new ArrayList<>(path);
      right.set(depth, meant.get());
      diagnostic = diagnostic.help("did you mean `" + String.join(".", right) + "`?");
    } else if (!candidates.isEmpty()) {
      diagnostic = diagnostic.help("the keys there are: " + Suggest.few(candidates));
    }
    diagnostics.add(diagnostic);
  }

  /** Where one part of the path is written. */
  private Span part(int depth) {
    int width = span.end().column() - span.start().column();
    int quote = width == text.length() + 2 ? 1 : 0;
    boolean plain = span.start().line() == span.end().line() && width - 2 * quote == text.length();
    if (!plain) {
      return span;
    }
    int offset = depth == 0 ? 0 : upTo(depth).length() + 1;
    int column = span.start().column() + quote + offset;
    Position start = new Position(span.start().line(), column);
    Position end = new Position(start.line(), column + Math.max(1, path.get(depth).length()));
    return new Span(span.file(), start, end);
  }
}

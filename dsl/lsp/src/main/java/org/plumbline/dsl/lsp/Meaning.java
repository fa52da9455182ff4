// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;

/**
 * What the language says of the place that a path leads to.
 *
 * @param field the key that the path ends with; null if it ends with a kind or a name
 * @param type what the value there may be; of a list, what its items may be
 */
record Meaning(@Nullable Field field, Type type) {

  /** The meaning of a path of keys and names, as {@link Cursor#path} is one. */
  static Optional<Meaning> of(List<String> path) {
    Meaning at = new Meaning(null, Shape.typeOf(Experiment.class));
    for (String key : path) {
      Optional<Meaning> next = at.within(key);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<Meaning> within(String key) {
    if (type instanceof Type.Block block) {
      return block.shape().field(key).map(found -> new Meaning(found, item(found.type())));
    } else if (type instanceof Type.OneKind kinds) {
      return kind(kinds, key).map(shape -> new Meaning(null, new Type.Block(shape)));
    } else if (type instanceof Type.MapOf map) {
      return Optional.of(new Meaning(field, item(map.value())));
    }
    return Optional.empty();
  }

  private static Optional<Shape> kind(Type.OneKind kinds, String name) {
    return kinds.kinds().stream().filter(shape -> shape.kind().equals(name)).findFirst();
  }

  private static Type item(Type type) {
    return type instanceof Type.ListOf list ? item(list.item()) : type;
  }

  /** The meaning of what may be written here alone, in place of a block. */
  Meaning alone() {
    Optional<Field> main =
        type instanceof Type.Block block ? block.shape().main() : Optional.empty();
    return main.map(key -> new Meaning(key, item(key.type()))).orElse(this);
  }

  /** Whether keys stand here, and not a value. */
  boolean holdsKeys() {
    return type instanceof Type.Block || type instanceof Type.OneKind || type instanceof Type.MapOf;
  }

  /** The sections whose names may stand here. */
  List<String> sections() {
    if (field == null || field.refers() == null || !(type instanceof Type.Text)) {
      return List.of();
    }
    Section refers = field.refers();
    return switch (refers) {
      case RECIPES -> List.of("policies", "variants", "sweep", "rounds");
      case POLICIES_OR_MODELS -> List.of("policies", "models");
      default -> List.of(refers.key());
    };
  }

  /** The names that may stand here, of those that a spec declares. */
  List<DeclaredName> names(List<DeclaredName> declared) {
    List<DeclaredName> names = new ArrayList<>();
    for (DeclaredName entry : declared) {
      boolean right =
          field == null || field.kinds().isEmpty() || field.kinds().contains(entry.kind());
      if (sections().contains(entry.section()) && right) {
        names.add(entry);
      }
    }
    return names;
  }
}

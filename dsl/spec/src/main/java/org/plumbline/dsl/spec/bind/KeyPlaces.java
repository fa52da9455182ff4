// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.bind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;

/** Where in a spec a key may stand, for those who wrote it somewhere else. */
final class KeyPlaces {
  private static final Shape EXPERIMENT = Shape.of(Experiment.class);

  private KeyPlaces() {}

  private record Block(String path, Shape shape) {}

  /** The block nearest to the top that has a key: {@code models.NAME.huggingface.lora}. */
  static Optional<String> block(String key) {
    if (key.length() > Suggest.LONGEST) {
      return Optional.empty();
    }
    Deque<Block> next = new ArrayDeque<>(List.of(new Block("", EXPERIMENT)));
    Set<Shape> seen = new HashSet<>();
    while (!next.isEmpty()) {
      Block block = next.remove();
      if (!block.path.isEmpty() && field(block.shape, key).isPresent()) {
        return Optional.of(block.path);
      } else if (seen.add(block.shape)) {
        block.shape.fields().forEach(field -> next.addAll(below(block.path, field)));
      }
    }
    return Optional.empty();
  }

  /** The key of a block, or that at the end of a path of keys: {@code lora.rank}. */
  static Optional<Field> field(Shape shape, String path) {
    Shape at = shape;
    Optional<Field> field = Optional.empty();
    for (String part : path.split("\\.", -1)) {
      field = at.field(part);
      if (field.isEmpty()) {
        return field;
      } else if (field.get().type() instanceof Type.Block block) {
        at = block.shape();
      }
    }
    return field;
  }

  /** The path to the block within a block that has a key. */
  static Optional<String> below(Shape shape, String key) {
    return below(shape, key, "");
  }

  private static Optional<String> below(Shape shape, String key, String prefix) {
    for (Field field : shape.fields()) {
      if (field.type() instanceof Type.Block block) {
        String path = prefix + field.name();
        if (block.shape().field(key).isPresent()) {
          return Optional.of(path);
        }
        Optional<String> deeper = below(block.shape(), key, path + ".");
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    return Optional.empty();
  }

  /** The other kind that an entry of the same section may have, and that has the key. */
  static Optional<String> sibling(Shape shape, String key) {
    List<Shape> others = new ArrayList<>();
    for (Class<?> choice : shape.type().getInterfaces()) {
      if (choice.isSealed() && Shape.typeOf(choice) instanceof Type.OneKind siblings) {
        others.addAll(siblings.kinds());
      }
    }
    return others.stream()
        .filter(other -> other.field(key).isPresent())
        .map(Shape::kind)
        .findFirst();
  }

  private static List<Block> below(String path, Field field) {
    String here = path.isEmpty() ? field.name() : path + "." + field.name();
    Type type = field.type();
    if (type instanceof Type.MapOf map) {
      type = map.value();
      here += ".NAME";
    }
    List<Block> below = new ArrayList<>();
    if (type instanceof Type.Block block) {
      below.add(new Block(here, block.shape()));
    } else if (type instanceof Type.OneKind kinds) {
      for (Shape kind : kinds.kinds()) {
        below.add(new Block(here + "." + kind.kind(), kind));
      }
    }
    return below;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Copies of records in which some keys have other values. It knows no record type by name. */
public final class Rewriting {
  private Rewriting() {}

  /**
   * A copy that refers to other entries.
   *
   * @param rename the section that a key refers to, and the name in it, to the new name
   */
  public static <T> T names(T block, BiFunction<Section, String, String> rename) {
    return copy(block, (field, value) -> renamed(field, value, rename));
  }

  /**
   * A copy with another value of one key.
   *
   * @param path keys of blocks within blocks, {@code regularizers.kl.reference}; each block is
   *     there
   */
  public static <T> T with(T block, String path, @Nullable Object value) {
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    if (!has(block, key)) {
      throw new IllegalArgumentException(block.getClass() + " has no " + path);
    }
    return copy(
        block,
        (field, old) ->
            !field.name().equals(key)
                ? old
                : dot < 0 || old == null ? value : with(old, path.substring(dot + 1), value));
  }

  /** Whether a block has a key, which may lie in blocks within it. */
  public static boolean has(Object block, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return Shape.of(block.getClass()).field(path).isPresent();
    }
    Object inner = read(block, path.substring(0, dot));
    return inner instanceof Record && has(inner, path.substring(dot + 1));
  }

  /** The value of a key, which may lie in blocks within the block; null if there is none. */
  public static @Nullable Object read(Object block, String path) {
    Object value = block;
    for (String key : path.split("\\.", -1)) {
      if (!(value instanceof Record)) {
        return null;
      }
      Shape shape = Shape.of(value.getClass());
      Field field = shape.field(key).orElse(null);
      value = field == null ? null : shape.read(value, field);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // a shape builds records of its own type
  private static <T> T copy(T block, BiFunction<Field, @Nullable Object, @Nullable Object> change) {
    Shape shape = Shape.of(block.getClass());
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      Object value = change.apply(field, shape.read(block, field));
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return (T) shape.construct(values);
  }

  private static @Nullable Object renamed(
      Field field, @Nullable Object value, BiFunction<Section, String, String> rename) {
    Section refers = field.refers();
    if (value instanceof Record block) {
      return names(block, rename);
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
      map.forEach((key, item) -> changed.put(key, renamed(field, item, rename)));
      return changed;
    } else if (value instanceof List<?> list) {
      List<@Nullable Object> changed = new ArrayList<>();
      list.forEach(item -> changed.add(renamed(field, item, rename)));
      return changed;
    }
    return refers != null && value instanceof String name ? rename.apply(refers, name) : value;
  }
}

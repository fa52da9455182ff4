// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as plain data, with a spec's keys and all defaults filled in.
 *
 * <p>Plain data is {@code Map<String, Object>} (in the order of the fields), {@code List<Object>},
 * {@code String}, {@code Long}, {@code Double} or {@code Boolean}; null for a setting that a
 * variant leaves out. Absent keys are left out. Binding the result gives an equal record.
 */
public final class Canonical {
  private Canonical() {}

  /** The plain data of a record: {@code {kind: {…}}} if it is one of several kinds. */
  public static Map<String, Object> of(Object block) {
    Shape shape = Shape.of(block.getClass());
    Map<String, Object> keys = keys(block);
    return shape.kind().isEmpty() ? keys : Map.of(shape.kind(), keys);
  }

  /** The keys of a record, without the key that says of which kind it is. */
  public static Map<String, Object> keys(Object block) {
    Shape shape = Shape.of(block.getClass());
    Map<String, Object> plain = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      Object value = shape.read(block, field);
      if (value != null) {
        plain.put(field.name(), plain(value));
      }
    }
    return plain;
  }

  private static Object plain(Object value) {
    if (value instanceof Record block) {
      return of(block);
    } else if (value instanceof Enum<?> constant) {
      return Shape.word(constant);
    } else if (value instanceof Integer number) {
      return number.longValue();
    } else if (value instanceof List<?> list) {
      return list.stream().map(Canonical::plainItem).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put((String) key, plainItem(item)));
      return plain;
    }
    return value;
  }

  private static @Nullable Object plainItem(@Nullable Object item) {
    if (item == null) {
      throw new IllegalStateException("a spec holds no nulls");
    }
    return item == Unset.UNSET ? null : plain(item);
  }
}

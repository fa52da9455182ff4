// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plain data: maps, lists, texts, {@code Long}, {@code Double}, {@code Boolean}. */
final class PlainData {
  private PlainData() {}

  /**
   * A copy with the keys of all maps sorted, so that nobody who reads it can see (and come to
   * depend on) the order that an author happened to write, which is no part of a key.
   */
  static Map<String, Object> sorted(Map<String, Object> map) {
    Map<String, Object> sorted = new LinkedHashMap<>();
    new TreeMap<>(map).forEach((key, value) -> sorted.put(key, sortedValue(value)));
    return Collections.unmodifiableMap(sorted);
  }

  @SuppressWarnings("unchecked")
  private static Object sortedValue(Object value) {
    if (value instanceof Map<?, ?> map) {
      return sorted((Map<String, Object>) map);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(sortedValue(item)));
      return Collections.unmodifiableList(items);
    }
    return value;
  }

  /** The same data with every {@code Integer} as a {@code Long}: JSON readers make either. */
  static Map<String, Object> widened(Map<String, Object> map) {
    if (!holdsInteger(map)) {
      return map;
    }
    Map<String, Object> wide = new LinkedHashMap<>();
    map.forEach((key, value) -> wide.put(key, wide(value)));
    return Collections.unmodifiableMap(wide);
  }

  @SuppressWarnings("unchecked")
  private static Object wide(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    } else if (value instanceof Map<?, ?> map) {
      return widened((Map<String, Object>) map);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(wide(item)));
      return Collections.unmodifiableList(items);
    }
    return value;
  }

  private static boolean holdsInteger(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(PlainData::holdsInteger);
    } else if (value instanceof List<?> list) {
      return list.stream().anyMatch(PlainData::holdsInteger);
    }
    return value instanceof Integer;
  }

  /** Every leaf by its dotted path: {@code regularizers.kl.coefficient}. */
  static Map<String, Object> leaves(Map<String, Object> map) {
    Map<String, Object> leaves = new LinkedHashMap<>();
    collect("", map, leaves);
    return leaves;
  }

  private static void collect(String path, Object value, Map<String, Object> leaves) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      map.forEach((key, item) -> collect(prefix + key, item, leaves));
    } else if (!path.isEmpty()) {
      leaves.put(path, value);
    }
  }
}

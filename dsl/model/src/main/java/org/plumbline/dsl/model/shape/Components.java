// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record is built of and read by: its components, each of which is a key or inline. */
final class Components {
  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Part> partOf = new LinkedHashMap<>();
  private final List<Field> fields;

  /**
   * A component.
   *
   * @param inline the record whose keys it holds; null if it is a key itself
   * @param name the key, if it is one
   */
  private record Part(Method accessor, @Nullable Shape inline, String name) {}

  Components(Class<?> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    List<Field> found = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      found.addAll(keys(components[i]));
    }
    this.fields = List.copyOf(found);
    try {
      this.constructor = type.getDeclaredConstructor(types);
      this.constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  private List<Field> keys(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    Shape inline =
        component.isAnnotationPresent(Inline.class) ? Shape.of(component.getType()) : null;
    List<Field> keys = inline == null ? List.of(Shape.field(component)) : inline.fields();
    Part part = new Part(accessor, inline, inline == null ? keys.get(0).name() : "");
    parts.add(part);
    for (Field key : keys) {
      if (partOf.putIfAbsent(key.name(), part) != null) {
        throw new IllegalStateException(type + " has the key " + key.name() + " twice");
      }
    }
    return keys;
  }

  /** The keys, in the order of the components. */
  List<Field> fields() {
    return fields;
  }

  /** Builds the record of values by key; absent keys become null. */
  Object construct(Map<String, Object> values) {
    @Nullable Object[] inOrder = new @Nullable Object[parts.size()];
    for (int i = 0; i < inOrder.length; i++) {
      Part part = parts.get(i);
      Shape inline = part.inline();
      inOrder[i] = inline == null ? values.get(part.name()) : inline.construct(values);
    }
    try {
      return constructor.newInstance(inOrder);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot build " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + type.getName(), e);
    }
  }

  /** Reads the value of one key from a record. */
  @Nullable Object read(Object block, Field field) {
    Part part = partOf.get(field.name());
    if (part == null) {
      throw new IllegalStateException(type + " has no " + field.name());
    }
    Object value;
    try {
      value = part.accessor().invoke(block);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field.name() + " of " + type, e);
    }
    Shape inline = part.inline();
    return inline == null ? value : inline.read(value, field);
  }
}

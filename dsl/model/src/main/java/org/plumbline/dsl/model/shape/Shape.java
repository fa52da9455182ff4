// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys of a block, read from the components and annotations of the record it binds to. */
public final class Shape {
  private static final Map<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

  private final Class<?> type;
  private final String kind;
  private final String doc;
  private final String source;
  private final boolean declared;
  private final String operation;
  private final boolean perSeed;
  private final boolean later;
  private final Components components;
  private final List<String> exactlyOne;

  private Shape(Class<?> type) {
    this.type = type;
    Kind kindOf = type.getAnnotation(Kind.class);
    Doc docOf = type.getAnnotation(Doc.class);
    ExactlyOne oneOf = type.getAnnotation(ExactlyOne.class);
    this.kind = kindOf == null ? "" : kindOf.value();
    this.doc = docOf == null ? "" : docOf.value();
    this.source = docOf == null ? "" : docOf.source();
    Operation operationOf = type.getAnnotation(Operation.class);
    this.declared = type.isAnnotationPresent(Declared.class);
    this.later = type.isAnnotationPresent(Later.class);
    this.operation = operationOf == null ? kind : operationOf.value();
    this.perSeed = operationOf == null || operationOf.perSeed();
    this.exactlyOne = oneOf == null ? List.of() : List.of(oneOf.value());
    this.components = new Components(type);
  }

  /** The shape of a record type. */
  public static Shape of(Class<?> recordType) {
    if (!recordType.isRecord()) {
      throw new IllegalArgumentException(recordType + " is not a record");
    }
    // Not computeIfAbsent: shapes contain shapes, and the map must not be changed while it
    // computes.
    Shape known = KNOWN.get(recordType);
    if (known == null) {
      known = new Shape(recordType);
      KNOWN.put(recordType, known);
    }
    return known;
  }

  /** What a spec may say for a value of this Java type: a record, or a sealed choice of records. */
  public static Type typeOf(Class<?> javaType) {
    return type(javaType);
  }

  /** The record type that blocks of this shape bind to. */
  public Class<?> type() {
    return type;
  }

  /** The key by which a spec chooses this shape among its siblings; empty if it has none. */
  public String kind() {
    return kind;
  }

  /** What such a block is for, in one sentence. */
  public String doc() {
    return doc;
  }

  /** The paper or implementation behind it, or empty. */
  public String source() {
    return source;
  }

  /** Whether entries of this shape are not computed but carried by the nodes that refer to them. */
  public boolean declared() {
    return declared;
  }

  /** The operation that computes an entry of this shape; empty if none does. */
  public String operation() {
    return operation;
  }

  /** Whether that operation gives one result per seed. */
  public boolean perSeed() {
    return perSeed;
  }

  /** Whether no stage computes entries of this shape yet. */
  public boolean later() {
    return later;
  }

  /** The keys, in the order of the record's components; those of {@link Inline} records, too. */
  public List<Field> fields() {
    return components.fields();
  }

  /** Keys of which exactly one must be given; empty if there is no such rule. */
  public List<String> exactlyOne() {
    return exactlyOne;
  }

  /** The key with this name. */
  public Optional<Field> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The key whose value may stand for the whole block. */
  public Optional<Field> main() {
    return fields().stream().filter(Field::main).findFirst();
  }

  /** Builds the record of values of the right Java types by key; absent keys become null. */
  public Object construct(Map<String, Object> values) {
    return components.construct(values);
  }

  /** Reads the value of one key from a record of this shape. */
  public @Nullable Object read(Object block, Field field) {
    return components.read(block, field);
  }

  /** The key that a component is. */
  static Field field(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    Default byDefault = component.getAnnotation(Default.class);
    Range range = component.getAnnotation(Range.class);
    Refers refers = component.getAnnotation(Refers.class);
    Named named = component.getAnnotation(Named.class);
    OfKind kinds = component.getAnnotation(OfKind.class);
    InFile path = component.getAnnotation(InFile.class);
    return new Field(
        snake(component.getName()),
        component.getName(),
        type(component.getGenericType()),
        doc == null ? "" : doc.value(),
        doc == null ? "" : doc.unit(),
        doc == null ? "" : doc.source(),
        byDefault == null ? null : byDefault.value(),
        range == null ? null : NumberRange.parse(range.value()),
        refers == null ? null : refers.value(),
        named == null ? "" : named.value(),
        path == null ? null : path.value(),
        component.isAnnotationPresent(Shorthand.class),
        nullable(component),
        kinds == null ? List.of() : List.of(kinds.value()),
        component.isAnnotationPresent(Later.class),
        component.isAnnotationPresent(Telling.class));
  }

  private static boolean nullable(RecordComponent component) {
    AnnotatedElement typeUse = component.getAnnotatedType();
    return typeUse.isAnnotationPresent(Nullable.class);
  }

  private static Type type(java.lang.reflect.Type java) {
    if (java instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      java.lang.reflect.Type[] arguments = generic.getActualTypeArguments();
      return list ? new Type.ListOf(type(arguments[0])) : new Type.MapOf(type(arguments[1]));
    }
    Class<?> plain = (Class<?>) java;
    if (plain == String.class) {
      return new Type.Text();
    } else if (plain == int.class || plain == Integer.class) {
      return new Type.Whole(32);
    } else if (plain == long.class || plain == Long.class) {
      return new Type.Whole(64);
    } else if (plain == double.class || plain == Double.class) {
      return new Type.Real();
    } else if (plain == boolean.class || plain == Boolean.class) {
      return new Type.Flag();
    } else if (plain.isEnum()) {
      return choice(plain);
    } else if (plain.isRecord()) {
      return new Type.Block(of(plain));
    } else if (plain.isSealed()) {
      return kinds(plain);
    } else if (plain == Object.class) {
      return new Type.Anything();
    }
    throw new IllegalStateException("a spec cannot hold a " + plain.getName());
  }

  private static Type choice(Class<?> enumType) {
    Map<String, Enum<?>> constants = new LinkedHashMap<>();
    for (Object constant : enumType.getEnumConstants()) {
      constants.put(word((Enum<?>) constant), (Enum<?>) constant);
    }
    return new Type.Choice(constants);
  }

  private static Type kinds(Class<?> sealedType) {
    List<Shape> shapes = new ArrayList<>();
    collect(sealedType, shapes);
    return new Type.OneKind(List.copyOf(shapes));
  }

  /** A sealed type may be split into sealed types over several files. */
  private static void collect(Class<?> sealedType, List<Shape> shapes) {
    for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        collect(permitted, shapes);
      } else {
        shapes.add(of(permitted));
      }
    }
  }

  /** The word that stands for an enum constant in a spec. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What one of the words that a key can have means. */
  public static String docOf(Enum<?> constant) {
    try {
      Doc doc = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Doc.class);
      return doc == null ? "" : doc.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("no constant " + constant, e);
    }
  }

  private static String snake(String camel) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  @Override
  public String toString() {
    return kind.isEmpty() ? type.getSimpleName() : kind;
  }
}

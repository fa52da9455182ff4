// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.NumberRange;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.bind.Plain;
import org.plumbline.dsl.spec.bind.PlainJson;
import org.plumbline.dsl.spec.bind.Wording;

/**
 * The language as a JSON Schema (draft-07), which editors complete and check specs with.
 *
 * <p>The binder is the judge: a schema knows nothing of names that refer to each other.
 */
public final class JsonSchema {
  private static final String NAME = "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$";

  /** A recipe that is no policy may be called after a number. */
  private static final String RECIPE = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$";

  private static final Set<String> RECIPES = Set.of("variant", "sweep", "rounds");

  private JsonSchema() {}

  /** The schema as JSON. */
  public static String write() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Plumbline experiment, language v1");
    schema.putAll(block(Shape.of(Experiment.class)));
    return PlainJson.pretty(schema);
  }

  private static Map<String, Object> block(Shape shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    describe(schema, shape.doc() + later(shape.later()), "", shape.source());
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    List<String> required =
        shape.fields().stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!shape.exactlyOne().isEmpty()) {
      List<Object> choices = new ArrayList<>();
      shape.exactlyOne().forEach(key -> choices.add(Map.of("required", List.of(key))));
      schema.put("oneOf", choices);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      properties.put(field.name(), field(field));
    }
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> field(Field field) {
    Map<String, Object> schema = new LinkedHashMap<>();
    describe(schema, field.doc() + facts(field), "", field.source());
    type(field.type(), field).forEach(schema::putIfAbsent);
    Object byDefault = Plain.ofDefault(field);
    if (byDefault != null) {
      schema.put("default", byDefault);
    }
    return schema;
  }

  /** What hover shows of few editors unless the text says it. */
  private static String facts(Field field) {
    if (field.doc().isEmpty()) {
      return "";
    }
    StringBuilder facts =
        new StringBuilder(field.unit().isEmpty() ? "" : " [" + field.unit() + "]");
    if (field.defaultText() != null && !field.defaultText().equals("{}")) {
      facts.append("; default ").append(field.defaultText());
    }
    if (field.range() != null) {
      facts.append("; ").append(Wording.of(field.range()));
    }
    return facts + later(field.later());
  }

  private static String later(boolean later) {
    return later ? "; not available yet" : "";
  }

  private static void describe(Map<String, Object> schema, String doc, String unit, String source) {
    if (doc.isEmpty()) {
      return;
    }
    String text = doc + (unit.isEmpty() ? "" : " [" + unit + "]");
    schema.put("description", text);
    if (!source.isEmpty()) {
      schema.put("markdownDescription", text + "\n\n*" + source + "*");
    }
  }

  private static Map<String, Object> type(Type type, Field field) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type instanceof Type.Text) {
      schema.put("type", "string");
      schema.put("minLength", 1L);
    } else if (type instanceof Type.Whole) {
      schema.put("type", "integer");
      range(schema, field.range());
    } else if (type instanceof Type.Real) {
      schema.put("type", "number");
      range(schema, field.range());
    } else if (type instanceof Type.Flag) {
      schema.put("type", "boolean");
    } else if (type instanceof Type.Choice choice) {
      schema.put("enum", List.copyOf(choice.constants().keySet()));
    } else if (type instanceof Type.ListOf list) {
      schema.put("type", "array");
      schema.put("minItems", 1L);
      schema.put("items", type(list.item(), field));
    } else if (type instanceof Type.MapOf map) {
      schema.put("type", "object");
      if (!field.named().equals("path")) {
        boolean recipe = RECIPES.contains(field.named());
        schema.put("propertyNames", Map.of("pattern", recipe ? RECIPE : NAME));
      }
      schema.put("additionalProperties", type(map.value(), field));
    } else if (type instanceof Type.Block block) {
      schema.putAll(withMain(block.shape()));
    } else if (type instanceof Type.OneKind oneKind) {
      schema.putAll(kinds(oneKind));
    }
    return schema;
  }

  /**
   * One property per kind: editors cope better with that than with oneOf. That there may be but one
   * of them is left to the binder, for editors offer nothing more where one stands or is begun.
   */
  private static Map<String, Object> kinds(Type.OneKind type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("minProperties", 1L);
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape kind : type.kinds()) {
      properties.put(kind.kind(), withMain(kind));
    }
    schema.put("properties", properties);
    return schema;
  }

  private static Map<String, Object> withMain(Shape shape) {
    Map<String, Object> block = block(shape);
    if (shape.main().isEmpty()) {
      return block;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    describe(schema, shape.doc(), "", shape.source());
    schema.put("anyOf", List.of(field(shape.main().get()), block));
    return schema;
  }

  private static void range(
      Map<String, Object> schema, @org.jspecify.annotations.Nullable NumberRange range) {
    if (range == null) {
      return;
    }
    if (Double.isFinite(range.low())) {
      schema.put(range.lowIncluded() ? "minimum" : "exclusiveMinimum", number(range.low()));
    }
    if (Double.isFinite(range.high())) {
      schema.put(range.highIncluded() ? "maximum" : "exclusiveMaximum", number(range.high()));
    }
  }

  private static Object number(double value) {
    return value == Math.rint(value) ? (Object) (long) value : (Object) value;
  }
}

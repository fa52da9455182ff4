package org.plumbline.dsl.groovy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;

/** Writes the block classes of the script languages from the shapes of the model. */
final class BlockSource {
  private static final String PACKAGE = "org.plumbline.dsl.groovy.blocks";

  private final Map<String, String> files = new LinkedHashMap<>();

  /** The source of every block class, by file name; formatting is left to the formatter. */
  static Map<String, String> all() {
    BlockSource source = new BlockSource();
    source.block(Shape.of(Experiment.class));
    return source.files;
  }

  private void block(Shape shape) {
    String name = blockName(shape);
    if (files.containsKey(name)) {
      return;
    }
    files.put(name, "");
    StringBuilder body = new StringBuilder();
    for (Field field : shape.fields()) {
      boolean given = shape.type() == Experiment.class && isGiven(field.name());
      if (!given) {
        body.append(member(field));
      }
    }
    String doc = shape.doc().isEmpty() ? "Keys of " + shape : sentence(shape.doc());
    files.put(name, file(name, doc, body));
  }

  /** The version and the name come with {@code experiment("name")}. */
  private static boolean isGiven(String key) {
    return key.equals("plumb") || key.equals("name");
  }

  private String member(Field field) {
    Type type = field.type();
    if (type instanceof Type.Block nested) {
      block(nested.shape());
      return nested(field, field.component(), "put", "", blockName(nested.shape()));
    } else if (type instanceof Type.OneKind choice) {
      return choice(field, choice);
    } else if (type instanceof Type.MapOf map) {
      return map(field, map.value());
    }
    return property(field);
  }

  private String property(Field field) {
    String java = javaType(field.type());
    String bean =
        Character.toUpperCase(field.component().charAt(0)) + field.component().substring(1);
    String doc = sentence(field.doc());
    return """
          private @Nullable %1$s %2$s;

          /** %4$s */
          public @Nullable %1$s get%3$s() { return %2$s; }

          /** %4$s */
          public void set%3$s(@Nullable %1$s value) { %2$s = value; put("%5$s", value); }
        """
        .formatted(java, field.component(), bean, doc, field.name());
  }

  /** A key whose value is one of several kinds: {@code prefers { containsAny(…) }}. */
  private String choice(Field field, Type.OneKind choice) {
    String name = kindsName(field) + "ChoiceBlock";
    kinds(name, sentence(field.doc()), choice, false);
    return nested(field, field.component(), "put", "", name);
  }

  private String map(Field field, Type value) {
    if (value instanceof Type.OneKind choice) {
      String name = kindsName(field) + "Block";
      kinds(name, sentence(field.doc()), choice, true);
      return nested(field, field.component(), "open", "", name);
    } else if (value instanceof Type.Block nested) {
      block(nested.shape());
      return nested(field, entryName(field), "add", "name", blockName(nested.shape()));
    }
    String method = field.named().equals("path") ? field.component() : entryName(field);
    return """
          /** %s */
          public void %s(String name, @Nullable %s value) { add("%s", name, value); }
        """
        .formatted(sentence(field.doc()), method, javaType(value), field.name());
  }

  private void kinds(String name, String doc, Type.OneKind choice, boolean named) {
    StringBuilder body = new StringBuilder();
    for (Shape kind : choice.kinds()) {
      block(kind);
      String method = camel(kind.kind());
      String block = blockName(kind);
      String call =
          named
              ? "kind(name, \"%s\", ".formatted(kind.kind())
              : "put(\"%s\", ".formatted(kind.kind());
      String parameter = named ? "String name, " : "";
      body.append(
          bodies(sentence(kind.doc()), method, parameter, call + "new " + block + "(), ", block));
      kind.main()
          .ifPresent(
              main ->
                  body.append(
                      """
                        /** %s */
                        public void %s(%s@Nullable %s value) { %svalue); }
                      """
                          .formatted(
                              sentence(kind.doc()),
                              method,
                              parameter,
                              javaType(main.type()),
                              call)));
    }
    files.put(name, file(name, doc, body));
  }

  private String nested(Field field, String method, String how, String name, String block) {
    String parameter = name.isEmpty() ? "" : "String name, ";
    String argument = name.isEmpty() ? "" : "name, ";
    String call = "%s(\"%s\", %snew %s(), ".formatted(how, field.name(), argument, block);
    return bodies(sentence(field.doc()), method, parameter, call, block);
  }

  /** The two overloads of a block: a lambda with receiver for Kotlin, a closure for Groovy. */
  private static String bodies(
      String doc, String method, String parameter, String call, String block) {
    return """
          /** %1$s */
          public void %2$s(%3$sBody<? super %5$s> body) { %4$sbody); }

          /** %1$s */
          public void %2$s(%3$s
              @DelegatesTo(value = %5$s.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
            %4$sScriptBlock.<%5$s>body(body));
          }
        """
        .formatted(doc, method, parameter, call, block);
  }

  private static String file(String name, String doc, CharSequence body) {
    List<String> imports = new ArrayList<>();
    String text = body.toString();
    if (text.contains("Closure")) {
      imports.add("groovy.lang.Closure");
      imports.add("groovy.lang.DelegatesTo");
    }
    if (text.contains("List<")) {
      imports.add("java.util.List");
    }
    if (text.contains("@Nullable")) {
      imports.add("org.jspecify.annotations.Nullable");
    }
    StringBuilder source = new StringBuilder("package " + PACKAGE + ";\n\n");
    imports.forEach(used -> source.append("import ").append(used).append(";\n"));
    source.append("\n/** ").append(doc).append(" */\n@SpecDsl\npublic final class ");
    source.append(name).append(" extends ScriptBlock {\n").append(text).append("}\n");
    return source.toString();
  }

  private static String javaType(Type type) {
    if (type instanceof Type.Whole || type instanceof Type.Real) {
      return "Number";
    } else if (type instanceof Type.Flag) {
      return "Boolean";
    } else if (type instanceof Type.Anything) {
      return "Object";
    } else if (type instanceof Type.ListOf list) {
      String item = javaType(list.item());
      return switch (item) {
        case "Number" -> "List<? extends Number>";
        case "Object" -> "List<?>";
        default -> "List<" + item + ">";
      };
    }
    return "String";
  }

  /** {@code KlBlock}; the kinds of different sections may have the same name. */
  private static String blockName(Shape shape) {
    Class<?> outer = shape.type().getEnclosingClass();
    String simple = shape.type().getSimpleName();
    boolean ofSection = outer != null && outer.isSealed();
    String section = ofSection ? section(outer) : "";
    return simple.replace("Spec", "") + section + "Block";
  }

  /** {@code Policy}, also for a sealed type that holds only some of the policies. */
  private static String section(Class<?> sealed) {
    for (Class<?> wider : sealed.getInterfaces()) {
      if (wider.isSealed()) {
        return section(wider);
      }
    }
    return sealed.getSimpleName().replace("Spec", "");
  }

  private static String kindsName(Field field) {
    return Character.toUpperCase(field.component().charAt(0)) + field.component().substring(1);
  }

  /** What one entry of a map is called: {@code group} for {@code groups}. */
  private static String entryName(Field field) {
    boolean word = field.named().matches("[a-z]+");
    return word ? field.named() : field.component();
  }

  private static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    for (String part : snake.split("_")) {
      camel.append(
          camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return camel.toString();
  }

  private static String sentence(String doc) {
    String safe =
        doc.replace("*/", "* /")
            .replace("&", "and")
            .replaceAll("`([^`]*)`", "{@code $1}")
            .replace("<", "less than")
            .replace(">", "more than");
    return Character.toUpperCase(safe.charAt(0)) + safe.substring(1) + ".";
  }
}

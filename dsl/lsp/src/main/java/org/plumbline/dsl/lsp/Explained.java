// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.spec.bind.Wording;

/** What a person reads about a key, a kind or a word, as Markdown. */
final class Explained {
  private Explained() {}

  /** A key: its value, meaning, default, range and source. */
  static String key(Field field) {
    List<String> lines = new ArrayList<>();
    lines.add("**`" + field.name() + "`** — " + value(field));
    lines.add(sentence(field.doc()));
    StringJoiner facts = new StringJoiner("; ");
    if (field.required()) {
      facts.add("required");
    } else if (field.defaultText() == null) {
      facts.add("optional");
    } else if (!field.defaultText().equals("{}")) {
      facts.add("default `" + field.defaultText() + "`");
    }
    if (field.range() != null) {
      facts.add(Wording.of(field.range()));
    }
    if (!field.unit().isEmpty()) {
      facts.add("in " + field.unit());
    }
    lines.add(facts.toString());
    if (field.type() instanceof Type.Choice choice) {
      choice.constants().forEach((word, constant) -> lines.add(choice(word, constant)));
    }
    return text(lines, field.later(), field.source());
  }

  /** A kind of entry. */
  static String kind(Shape shape) {
    return text(
        List.of("**`" + shape.kind() + "`**", sentence(shape.doc())),
        shape.later(),
        shape.source());
  }

  /** One of a few words that a key may have. */
  static String choice(String word, Enum<?> constant) {
    String doc = Shape.docOf(constant);
    return "- `" + word + "`" + (doc.isEmpty() ? "" : ": " + doc);
  }

  /** What the value of a key may be, in a few words. */
  static String value(Field field) {
    if (field.refers() != null) {
      String name = "name of " + article(field.refers().noun());
      return field.type() instanceof Type.ListOf ? "list: " + name : name;
    } else if (field.path() != null) {
      return "path of " + field.path().noun();
    } else if (field.type() instanceof Type.ListOf list) {
      return "list: " + Wording.of(list.item());
    } else if (field.type() instanceof Type.MapOf) {
      return field.named().isEmpty() ? "names and values" : "by name of " + field.named();
    } else if (field.type() instanceof Type.Choice) {
      return "one of";
    } else if (field.type() instanceof Type.OneKind) {
      return "one of several kinds";
    }
    return Wording.of(field.type());
  }

  private static String text(List<String> lines, boolean later, String source) {
    List<String> all = new ArrayList<>(lines);
    if (later) {
      all.add("**not available yet**: it can be checked and planned, not run");
    }
    if (!source.isEmpty()) {
      all.add("*" + source + "*");
    }
    all.removeIf(String::isEmpty);
    return String.join("\n\n", all).replace("\n\n- ", "\n- ");
  }

  private static String article(String noun) {
    boolean plural = noun.endsWith("s") || noun.equals("feedback");
    return plural ? noun : ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  private static String sentence(String doc) {
    return doc.isEmpty() ? "" : Character.toUpperCase(doc.charAt(0)) + doc.substring(1) + ".";
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;

/**
 * The words that one block of a script may hold: the only place that knows how scripts in Groovy
 * and Kotlin spell what a spec says. What is generated for their compilers, what keeps the values,
 * and what explains a mistake are made from it.
 */
public final class Vocabulary {
  private static final Map<Shape, Vocabulary> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final String doc;
  private final Map<String, Word> words = new LinkedHashMap<>();

  private Vocabulary(String name, String doc, List<Word> words) {
    this.name = name;
    this.doc = doc;
    for (Word word : words) {
      this.words.put(word.word(), word);
    }
  }

  /** The words of the block {@code experiment("name") { … }}. */
  public static Vocabulary ofExperiment() {
    return of(Shape.of(Experiment.class));
  }

  /** The words of a block of known keys. */
  static Vocabulary of(Shape shape) {
    Vocabulary known = KNOWN.get(shape);
    if (known == null) {
      List<Word> words = new ArrayList<>();
      for (Field field : shape.fields()) {
        if (shape.type() != Experiment.class || !isGiven(field.name())) {
          words.add(word(field));
        }
      }
      String doc = shape.doc().isEmpty() ? "keys of " + shape : shape.doc();
      known = new Vocabulary(blockName(shape), doc, words);
      KNOWN.put(shape, known);
    }
    return known;
  }

  /** The words of a block that holds kinds. */
  static Vocabulary of(Word holder, Type.OneKind kinds) {
    boolean section = holder.form() == Word.Form.SECTION;
    Word.Form form = section ? Word.Form.KIND : Word.Form.CHOICE;
    List<Word> words = new ArrayList<>();
    for (Shape kind : kinds.kinds()) {
      Type type = new Type.Block(kind);
      words.add(new Word(camel(kind.kind()), kind.kind(), form, kind.doc(), type, false));
    }
    String name = upper(holder.word()) + (section ? "Block" : "ChoiceBlock");
    return new Vocabulary(name, holder.doc(), words);
  }

  /** The name of the type that scripts are compiled against: {@code DpoPolicyBlock}. */
  public String name() {
    return name;
  }

  /** What the block is for, in one sentence. */
  public String doc() {
    return doc;
  }

  /** The words, in the order of the model. */
  public List<Word> words() {
    return List.copyOf(words.values());
  }

  /** Whether the words are kinds to choose from, in place of keys. */
  public boolean holdsKinds() {
    return words.values().stream()
        .anyMatch(word -> word.form() == Word.Form.KIND || word.form() == Word.Form.CHOICE);
  }

  /** The word that is written like this. */
  public Optional<Word> word(String word) {
    return Optional.ofNullable(words.get(word));
  }

  /** How scripts spell a key or a kind: {@code learningRate}. */
  public static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < snake.length(); i++) {
      char c = snake.charAt(i);
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }

  /** The version and the name come with {@code experiment("name")}. */
  private static boolean isGiven(String key) {
    return key.equals("plumb") || key.equals("name");
  }

  private static Word word(Field field) {
    Type type = field.type();
    String word = field.component();
    Word.Form form = Word.Form.PROPERTY;
    if (type instanceof Type.Block || type instanceof Type.OneKind) {
      form = Word.Form.BLOCK;
    } else if (type instanceof Type.MapOf map) {
      type = map.value();
      boolean kinds = type instanceof Type.OneKind;
      form = kinds ? Word.Form.SECTION : Word.Form.ENTRY;
      word = kinds ? word : entry(field);
    }
    return new Word(word, field.name(), form, field.doc(), type, isPath(field));
  }

  /** What one entry of a map is called: {@code group} for {@code groups}. */
  private static String entry(Field field) {
    boolean word = field.named().matches("[a-z]+");
    return word && !isPath(field) ? field.named() : field.component();
  }

  private static boolean isPath(Field field) {
    return field.named().equals("path");
  }

  /** {@code KlBlock}; the kinds of different sections may have the same name. */
  private static String blockName(Shape shape) {
    Class<?> outer = shape.type().getEnclosingClass();
    boolean ofSection = outer != null && outer.isSealed();
    String section = ofSection ? section(outer) : "";
    return shape.type().getSimpleName().replace("Spec", "") + section + "Block";
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

  private static String upper(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}

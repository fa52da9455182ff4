// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/** Says of statements that change nothing what their author probably meant. */
public final class IdleStatements {
  private static final Pattern BLOCK_LABEL = Pattern.compile("\\s*(\\w+):\\s*\\{");

  /** Functions of both languages that run their body for what it does. */
  private static final Set<String> LOOPS =
      Set.of(
          "each",
          "eachWithIndex",
          "times",
          "upto",
          "downto",
          "step",
          "forEach",
          "forEachIndexed",
          "repeat",
          "apply",
          "also",
          "onEach");

  /** Functions of both languages that only give a value. */
  private static final Set<String> VALUES =
      Set.of("listOf", "mapOf", "setOf", "arrayOf", "doubleArrayOf", "intArrayOf", "Pair");

  /** All words of the language, and those of them that open a block. */
  private static final Set<String> WORDS = new HashSet<>(Set.of("experiment"));

  private static final Set<String> BLOCKS = new HashSet<>(Set.of("experiment"));

  /** Those that hold entries, and nothing if they are empty: {@code policies}. */
  private static final Set<String> SECTIONS = new HashSet<>();

  static {
    collect(Vocabulary.ofExperiment(), new HashSet<>());
  }

  private final ScriptText text;

  private IdleStatements(SourceFile file) {
    this.text = new ScriptText(file);
  }

  /** Whether a function runs what is in its braces in the block that it stands in. */
  public static boolean isLoop(String function) {
    return LOOPS.contains(function);
  }

  /** Whether this is a word of the language, in some block. */
  public static boolean isWord(String function) {
    return WORDS.contains(function);
  }

  /** Whether this is a word that does nothing with empty braces. */
  public static boolean isSection(String word) {
    return SECTIONS.contains(word);
  }

  /** Whether the last statement in the braces after this word is one like the others. */
  public static boolean opensBody(String word) {
    return BLOCKS.contains(word) || LOOPS.contains(word);
  }

  /** Whether a call of this function only gives a value. */
  public static boolean givesValue(String function) {
    return VALUES.contains(function) || function.matches("(get|is)[A-Z]\\w*");
  }

  /** One diagnostic for each of them. */
  static List<Diagnostic> of(SourceFile file, List<IdleStatement> statements) {
    IdleStatements found = new IdleStatements(file);
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (IdleStatement statement : statements) {
      Span span =
          found.text.between(
              statement.line(), statement.column(), statement.endLine(), statement.endColumn());
      boolean key = found.isKey(span, statement.name());
      boolean told =
          switch (statement.kind()) {
            case HIDING -> key;
            case COMPOUND -> key;
            case LIST -> found.isText(span, statement.name());
            case NUMBER -> found.text.words(span).matches("0\\d+[lLgGiI]?");
            default -> true;
          };
      if (told) {
        diagnostics.add(found.explain(statement, span, key));
      }
    }
    return diagnostics;
  }

  /** Says that a key was written with a colon. */
  static Diagnostic label(ScriptText text, int line, String written) {
    Matcher outer = BLOCK_LABEL.matcher(text.text(line));
    String name = outer.lookingAt() ? outer.group(1) : written;
    Span word = text.key(line, name);
    Span span = text.through(word, ':');
    String right = Vocabulary.camel(name);
    boolean block =
        ScriptWords.vocabulary(text.around(span.start()))
            .flatMap(around -> around.word(right))
            .filter(one -> one.form() == Word.Form.BLOCK)
            .isPresent();
    return block
        ? Diagnostic.of(Code.PLB0365, span, "`" + name + ":` sets nothing: a block has no colon")
            .replace("write `" + right + " { … }`, with `=` behind its keys", right)
        : Diagnostic.of(
                Code.PLB0365,
                span,
                "`" + name + ":` sets nothing: in a script, keys are set with `=`")
            .replace("write `" + right + " =`", right + " =");
  }

  private Diagnostic explain(IdleStatement statement, Span span, boolean key) {
    String name = statement.name();
    return switch (statement.kind()) {
      case LABEL -> label(text, span.start().line(), name);
      case COMPARISON -> comparison(span, name, key);
      case VARIABLE -> variable(span, name, key);
      case HIDING ->
          idle(span, "this sets the variable `" + name + "`, and not the key of that name")
              .help("give the variable another name");
      case NO_VALUE ->
          Diagnostic.of(Code.PLB0109, span, "`" + name + "` has no value")
              .help("give one, or leave the key out");
      case CAPITAL ->
          Diagnostic.of(Code.PLB0102, span, "unknown key `" + name + "`")
              .replace("did you mean `" + small(name) + "`?", small(name));
      case COMPOUND ->
          idle(span, "a key is set once, with `=`, and not with `" + text.words(span) + "`")
              .replace("write `=`", "=");
      case EMPTY ->
          idle(span, "there is nothing in these braces, so this does nothing")
              .help("write what belongs there, or leave it out");
      case NEVER -> idle(span, "what is in these braces never happens").help("leave it out");
      case ALWAYS ->
          idle(span, "this condition always holds")
              .help("leave it out, and keep what stands under it");
      case RETURN ->
          idle(span, "a block has nothing to return, and what is behind this never happens")
              .help("leave it out");
      case LIST ->
          Diagnostic.of(Code.PLB0302, span, "`" + name + "` must be text, but is a list")
              .help("write one text: `" + name + " = \"…\"`");
      case NUMBER -> octal(span, text.words(span));
      case VALUE ->
          key
              ? idle(span, "`" + name + "` alone sets nothing")
                  .help("give it a value: `" + name + " = …`")
              : idle(span, "this has no effect: nothing is made of the value")
                  .help(
                      ScriptWords.main(text.around(span.start()))
                          .filter(main -> text.words(span).matches("[-+\\d.eE]+"))
                          .map(main -> "write `" + main + " = " + text.words(span) + "`")
                          .orElse("set a key to it, or leave it out"));
    };
  }

  private static String small(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Diagnostic octal(Span span, String written) {
    String plain = written.replaceFirst("^0+(?=\\d)", "");
    return Diagnostic.of(
            Code.PLB0367, span, "`" + written + "` starts with a zero, as octal numbers do")
        .replace("write `" + plain + "`", plain);
  }

  private static Diagnostic comparison(Span span, String name, boolean key) {
    return key
        ? idle(span, "this compares `" + name + "` with a value, and sets nothing")
            .replace("write `" + name + " = …`", "=")
        : idle(span, "this compares two values, and nothing is made of the result")
            .help("leave it out");
  }

  private Diagnostic variable(Span span, String name, boolean key) {
    String written = text.words(span);
    return key
        ? idle(span, "this makes a variable `" + name + "`, and does not set the key of that name")
            .replace("write `" + name + "` instead of `" + written + "`", name)
        : idle(span, "nothing uses the variable `" + name + "`")
            .help(
                text.text(span.start().line()).matches(".*= *\\w+\\(\".*\\{.*")
                    ? "a block is called by its name, and not by a variable: leave `"
                        + text.words(span)
                        + " =` out"
                    : "use it, or leave it out");
  }

  private static Diagnostic idle(Span span, String message) {
    return Diagnostic.of(Code.PLB0365, span, message);
  }

  private boolean isText(Span span, String name) {
    return ScriptWords.vocabulary(text.around(span.start()))
        .flatMap(block -> block.word(name))
        .filter(word -> word.form() == Word.Form.PROPERTY)
        .map(Word::type)
        .filter(type -> type instanceof Type.Text || type instanceof Type.Choice)
        .isPresent();
  }

  private boolean isKey(Span span, String name) {
    return ScriptWords.vocabulary(text.around(span.start()))
        .flatMap(block -> block.word(name))
        .filter(word -> word.form() == Word.Form.PROPERTY)
        .isPresent();
  }

  private static void collect(Vocabulary block, Set<String> seen) {
    if (seen.add(block.name())) {
      for (Word word : block.words()) {
        WORDS.add(word.word());
        if (word.form() == Word.Form.SECTION) {
          SECTIONS.add(word.word());
        }
        word.block().ifPresent(inner -> BLOCKS.add(word.word()));
        word.block().ifPresent(inner -> collect(inner, seen));
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Field;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.dsl.model.words.Vocabulary;
import org.plumbline.dsl.model.words.Word;

/**
 * The blocks of a script, in Groovy or Kotlin, found from its brackets and the words of the
 * language alone: nothing is compiled or evaluated, and what is half written does no harm.
 */
final class ScriptBlocks {
  private static final Set<String> LISTS = Set.of("listOf", "mutableListOf", "setOf");

  /**
   * A bracket that is open. Of a block, what may stand in it; loops and the like change nothing.
   */
  private record Open(
      String bracket,
      int index,
      List<String> path,
      @Nullable Vocabulary words,
      Set<String> given) {}

  private final List<ScriptToken> tokens;
  private final List<Open> open = new ArrayList<>();
  private final List<DeclaredName> declared = new ArrayList<>();

  private ScriptBlocks(String script) {
    this.tokens = ScriptToken.of(script);
    for (int i = 0; i < tokens.size(); i++) {
      step(i);
    }
  }

  /** The names that a script declares, as far as they stand in it and are not computed. */
  static List<DeclaredName> declared(String script) {
    return List.copyOf(new ScriptBlocks(script).declared);
  }

  /**
   * What is being written after a text.
   *
   * @param before the text before the word, without an opening quote
   */
  static Optional<Cursor> after(String before) {
    ScriptBlocks blocks = new ScriptBlocks(before);
    int last = blocks.tokens.size() - 1;
    if (blocks.open.isEmpty()) {
      return Optional.empty();
    }
    Open top = blocks.open.get(blocks.open.size() - 1);
    if (top.bracket.equals("{") && !blocks.tokens.get(last).is("=")) {
      boolean begins = blocks.begins(last, before);
      return begins && top.words != null
          ? Optional.of(new Cursor(top.path, false, top.given, top.words))
          : Optional.empty();
    }
    return blocks
        .value(blocks.open.size() - 1, last)
        .map(path -> new Cursor(path, true, Set.of(), null));
  }

  /** Whether a statement begins after a token. */
  private boolean begins(int last, String before) {
    ScriptToken token = tokens.get(last);
    return token.is("{")
        || token.is("}")
        || token.is(";")
        || before.indexOf('\n', token.end()) >= 0;
  }

  private void step(int i) {
    ScriptToken token = tokens.get(i);
    if (token.kind() == ScriptToken.Kind.WORD) {
      word(i);
    } else if (token.is("{")) {
      open.add(block(i));
    } else if (token.is("(") || token.is("[")) {
      open.add(new Open(token.text(), i, List.of(), null, Set.of()));
    } else if (!open.isEmpty() && closes(token)) {
      open.remove(open.size() - 1);
    }
  }

  private boolean closes(ScriptToken token) {
    return switch (open.get(open.size() - 1).bracket) {
      case "{" -> token.is("}");
      case "(" -> token.is(")");
      default -> token.is("]");
    };
  }

  /** Takes note of a key that is set and of an entry that is named. */
  private void word(int i) {
    Open block = around(open.size() - 1);
    Optional<Word> word = known(block, i);
    if (block == null || word.isEmpty()) {
      return;
    }
    block.given.add(word.get().key());
    Optional<ScriptToken> name = is(i + 1, "(") ? text(i + 2) : Optional.empty();
    if (named(word.get()) && name.isPresent() && !name.get().text().contains("$")) {
      List<String> path = new ArrayList<>(block.path);
      String kind = word.get().key();
      if (word.get().form() == Word.Form.ENTRY) {
        path.add(kind);
        kind = "";
      }
      path.add(name.get().text());
      int from = name.get().start() + 1;
      declared.add(new DeclaredName(path, kind, from, from + name.get().text().length()));
    }
  }

  private static boolean named(Word word) {
    return word.form() == Word.Form.ENTRY || word.form() == Word.Form.KIND;
  }

  /** The block that a brace opens: the word before it says which, behind its arguments. */
  private Open block(int brace) {
    Open outer = around(open.size() - 1);
    int head = brace - 1;
    String name = "";
    if (is(head, ")")) {
      int bracket = opening(head);
      name = text(bracket + 1).map(ScriptToken::text).orElse("");
      head = bracket - 1;
    }
    Optional<Word> word = known(outer, head);
    if (outer == null || word.isEmpty()) {
      boolean whole = head >= 0 && tokens.get(head).text().equals("experiment");
      Vocabulary words = outer == null ? null : outer.words;
      return new Open(
          "{",
          brace,
          outer == null ? List.of() : outer.path,
          outer == null && whole ? Vocabulary.ofExperiment() : words,
          outer == null ? new HashSet<>() : outer.given);
    }
    List<String> path = within(outer.path, word.get(), name);
    return new Open("{", brace, path, word.get().block().orElse(null), new HashSet<>());
  }

  private static List<String> within(List<String> outer, Word word, String name) {
    List<String> path = new ArrayList<>(outer);
    switch (word.form()) {
      case ENTRY -> path.addAll(List.of(word.key(), name));
      case KIND -> path.addAll(List.of(name, word.key()));
      default -> path.add(word.key());
    }
    return path;
  }

  /**
   * What a value that begins after a token is for.
   *
   * @param level the bracket that it stands in, as an index of {@link #open}
   */
  private Optional<List<String>> value(int level, int last) {
    if (level < 0) {
      return Optional.empty();
    }
    Open bracket = open.get(level);
    if (bracket.bracket.equals("{")) {
      Optional<Word> word = is(last, "=") ? known(bracket, last - 1) : Optional.empty();
      return word.map(key -> within(bracket.path, key, ""));
    }
    int head = bracket.index - 1;
    boolean list = bracket.bracket.equals("[");
    if (list || (head >= 0 && LISTS.contains(tokens.get(head).text()))) {
      return value(level - 1, list ? head : head - 1);
    }
    Open block = around(level);
    Optional<Word> word = known(block, head);
    return block == null || word.isEmpty()
        ? Optional.empty()
        : argument(block, word.get(), bracket.index, last);
  }

  private Optional<List<String>> argument(Open block, Word word, int bracket, int last) {
    int argument = 0;
    int depth = 0;
    for (int i = bracket + 1; i <= last; i++) {
      ScriptToken token = tokens.get(i);
      depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
      argument += depth == 0 && token.is(",") ? 1 : 0;
    }
    if (argument != (named(word) ? 1 : 0)) {
      return Optional.empty(); // a name, which its author chooses
    }
    String name = text(bracket + 1).map(ScriptToken::text).orElse("");
    List<String> path = within(block.path, word, name);
    if (word.type() instanceof Type.Block shape) {
      Optional<Field> main = shape.shape().main();
      main.ifPresent(field -> path.add(field.name()));
      return main.map(field -> path);
    }
    return Optional.of(path);
  }

  /** The innermost block at a bracket and outside of it. */
  private @Nullable Open around(int level) {
    for (int i = level; i >= 0; i--) {
      if (open.get(i).bracket.equals("{")) {
        return open.get(i);
      }
    }
    return null;
  }

  private Optional<Word> known(@Nullable Open block, int index) {
    boolean word = index >= 0 && tokens.get(index).kind() == ScriptToken.Kind.WORD;
    return !word || block == null || block.words == null
        ? Optional.empty()
        : block.words.word(tokens.get(index).text());
  }

  private boolean is(int index, String sign) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(sign);
  }

  private Optional<ScriptToken> text(int index) {
    return index >= 0 && index < tokens.size() && tokens.get(index).kind() == ScriptToken.Kind.TEXT
        ? Optional.of(tokens.get(index))
        : Optional.empty();
  }

  /** The bracket that a closing one belongs to. */
  private int opening(int closing) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      depth += tokens.get(i).is(")") ? 1 : tokens.get(i).is("(") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return 0;
  }
}

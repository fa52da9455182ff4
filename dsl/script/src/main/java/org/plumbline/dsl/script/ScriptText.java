// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.words.Vocabulary;

/** The text of a script: finds words in its lines, and the blocks around a place. */
final class ScriptText {
  private static final Pattern WORD = Pattern.compile("(\\w+)\\s*$");
  private static final Pattern VALUE = Pattern.compile("[-+]?\\w[\\w.]*(?:[eE][-+]?\\d+)?");
  private static final Set<String> CONTROL =
      Set.of("for", "if", "while", "else", "do", "try", "catch", "finally", "switch", "when");
  private static final Pattern FIRST_WORD = Pattern.compile("^\\w+");
  private static final Pattern NAME = Pattern.compile("^\\s*[\"']([^\"']*)[\"']");

  private final SourceFile file;

  ScriptText(SourceFile file) {
    this.file = file;
  }

  /**
   * A block that is open at some place.
   *
   * @param word the word before its brace: {@code ppo}
   * @param name the text in its brackets, or empty
   * @param line where its brace is
   */
  record Opened(String word, String name, int line) {}

  SourceFile file() {
    return file;
  }

  /** The whole of a line, without the space around it. */
  Span line(int number) {
    String text = text(number);
    int start = text.length() - text.stripLeading().length();
    return span(number, start, Math.max(start, text.stripTrailing().length()));
  }

  /** Where a key stands in its line, as a word or in quotes; else the line. */
  Span key(int line, String snake) {
    String text = text(line);
    for (String word : List.of(Vocabulary.camel(snake), snake)) {
      int start = word(text, word);
      if (start >= 0) {
        return span(line, start, start + word.length());
      }
    }
    int quote = quoted(text, snake, 0);
    return quote < 0 ? line(line) : span(line, quote, quote + snake.length() + 2);
  }

  /** Where a word stands in its line, first of all at a column or behind it; else the line. */
  Span keyAt(int line, int column, String word) {
    String text = text(line);
    int from = Math.max(0, Math.min(column - 1, text.length()));
    int start = word(text.substring(from), word);
    return start < 0 ? key(line, word) : span(line, from + start, from + start + word.length());
  }

  /** The word that begins at a place; empty if none does. */
  String wordAt(Span span) {
    Matcher word = FIRST_WORD.matcher(words(text(span)));
    return word.find() ? word.group() : "";
  }

  /** The word, number or sign that begins at a place; empty at the end of the line. */
  String tokenAt(Span span) {
    String word = wordAt(span);
    String rest = words(text(span));
    return !word.isEmpty() || rest.isEmpty() ? word : rest.substring(0, 1);
  }

  /** What its line has from a place on. */
  private Span text(Span span) {
    int line = span.start().line();
    return new Span(file, span.start(), new Position(line, text(line).length() + 1));
  }

  /** Where the first of some words that a line has stands; else the line. */
  Span firstOf(int line, List<String> words) {
    for (String word : words) {
      int start = word(text(line), word);
      if (start >= 0) {
        return span(line, start, start + word.length());
      }
    }
    return line(line);
  }

  /** A stretch with all up to the next such character in its line. */
  Span through(Span span, char last) {
    String text = text(span.start().line());
    int from = Math.min(text.length(), text.offsetByCodePoints(0, span.end().column() - 1));
    int at = text.indexOf(last, from);
    int start = text.offsetByCodePoints(0, span.start().column() - 1);
    return at < 0 ? span : span(span.start().line(), start, at + 1);
  }

  /** Where a value stands: its own text after the key, else the key. */
  Span value(Span key, Object value) {
    int line = key.start().line();
    String text = text(line);
    int from = Math.min(text.length(), text.offsetByCodePoints(0, key.end().column() - 1));
    if (value instanceof String written) {
      int quote = quoted(text, written, from);
      return quote < 0 ? key : span(line, quote, quote + written.length() + 2);
    }
    Matcher found = VALUE.matcher(text);
    return found.find(from) ? span(line, found.start(), found.end()) : key;
  }

  /** A stretch between places that a compiler gives, both counted from 1. */
  Span between(int line, int column, int endLine, int endColumn) {
    Position start = new Position(Math.max(1, line), Math.max(1, column));
    Position end = new Position(Math.max(1, endLine), Math.max(1, endColumn));
    return new Span(file, start, end.compareTo(start) < 0 ? start : end);
  }

  /** The words of a span within one line. */
  String words(Span span) {
    String text = text(span.start().line());
    int start = Math.min(text.length(), span.start().column() - 1);
    boolean oneLine = span.end().line() == span.start().line();
    int end = oneLine ? Math.min(text.length(), span.end().column() - 1) : text.length();
    return text.substring(start, Math.max(start, end));
  }

  /** The blocks that are open at a place, outermost first; loops and conditions are left out. */
  List<Opened> around(Position place) {
    Deque<Opened> open = new ArrayDeque<>();
    StringBuilder before = new StringBuilder();
    char quote = 0;
    for (int line = 1; line <= place.line(); line++) {
      String text = text(line);
      int end = line == place.line() ? Math.min(text.length(), place.column() - 1) : text.length();
      for (int i = 0; i < end; i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          boolean escaped = i > 0 && text.charAt(i - 1) == '\\';
          quote = c == quote && !escaped ? 0 : quote;
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (c == '/' && text.startsWith("//", i)) {
          break;
        } else if (c == '{') {
          open.push(opened(before.toString(), line));
          before.setLength(0);
          continue;
        } else if (c == '}' && !open.isEmpty()) {
          open.pop();
          before.setLength(0);
          continue;
        }
        before.append(c);
      }
      before.append('\n');
    }
    List<Opened> blocks = new ArrayList<>(open);
    java.util.Collections.reverse(blocks);
    blocks.removeIf(block -> block.word().isEmpty());
    return blocks;
  }

  /** The word before a brace, and the first text in the brackets between them. */
  private static Opened opened(String before, int line) {
    // `regularizers = { … }` and `dpo("dpo"): { … }` open the same block, if by mistake.
    String head = before.stripTrailing().replaceFirst("\\s*(?:[:=]|[-=]>)$", "");
    String arguments = "";
    if (head.endsWith(")")) {
      int open = opening(head);
      arguments = head.substring(open + 1);
      head = head.substring(0, Math.max(0, open));
    }
    if (head.endsWith("\"") || head.endsWith("'")) {
      return new Opened("\"", "", line); // a text in place of a word: nothing is known in it
    }
    Matcher word = WORD.matcher(head);
    if (!word.find() || CONTROL.contains(word.group(1)) || IdleStatements.isLoop(word.group(1))) {
      return new Opened("", "", line);
    }
    Matcher name = NAME.matcher(arguments);
    return new Opened(word.group(1), name.find() ? name.group(1) : "", line);
  }

  /** Where the bracket opens that the text ends with. */
  private static int opening(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      depth += c == ')' ? 1 : c == '(' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where a word stands by itself and out of quotes; negative if nowhere. */
  private static int word(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      char before = at == 0 ? ' ' : text.charAt(at - 1);
      int end = at + word.length();
      boolean ends = end == text.length() || !isWord(text.charAt(end));
      if (ends && !isWord(before) && before != '"' && before != '\'') {
        return at;
      }
    }
    return -1;
  }

  /** Where a text stands in quotes; negative if nowhere. */
  private static int quoted(String text, String inside, int from) {
    int at = text.indexOf(inside, from + 1);
    while (at >= 0 && at < text.length()) {
      int end = at + inside.length();
      if (isQuote(text, at - 1) && isQuote(text, end)) {
        return at - 1;
      }
      at = text.indexOf(inside, at + 1);
    }
    return -1;
  }

  private static boolean isQuote(String text, int at) {
    return at >= 0 && at < text.length() && "\"'".indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isWord(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  /** How many lines there are. */
  int lines() {
    return (int) file.text().lines().count();
  }

  /** How far a line is indented. */
  int indent(int line) {
    return text(line).length() - text(line).stripLeading().length();
  }

  /** A line; empty beyond the last. */
  String text(int line) {
    return file.line(line).orElse("");
  }

  /** A stretch of a line, by the indices of its characters. */
  Span span(int line, int start, int end) {
    String text = text(line);
    int from = 1 + text.codePointCount(0, start);
    int to = 1 + text.codePointCount(0, end);
    return new Span(
        file, new Position(Math.max(1, line), from), new Position(Math.max(1, line), to));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression of a tokenizer as Oniguruma reads it, as far as its cost goes.
 *
 * <p>What has a cost that cannot be told is refused: recursion, conditions, callouts, absence, and
 * the extended form with blanks. No tokenizer is known that has any of them.
 */
final class PatternParser {

  private static final String FLAGS = "imsadu-";
  private static final String PLACES = "bBAZzGyYK";
  private static final String UNSUPPORTED_ESCAPES = "gcCM";
  private static final int END = -1;

  /** Oniguruma's own limit. */
  private static final int MOST_TIMES = 100_000;

  private final String text;
  private int at;
  private int depth;

  private PatternParser(String text) {
    this.text = text;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is not well formed, or not supported
   */
  static PatternNode parse(String pattern) {
    if (pattern.length() > ModelLimits.PATTERN) {
      throw new IllegalArgumentException(
          "it has %d characters, more than %d".formatted(pattern.length(), ModelLimits.PATTERN));
    }
    PatternParser parser = new PatternParser(pattern);
    PatternNode node = parser.choice();
    if (parser.at < pattern.length()) {
      throw new IllegalArgumentException("a `)` has no `(`");
    }
    return node;
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean skip(String wanted) {
    boolean there = text.startsWith(wanted, at);
    at += there ? wanted.length() : 0;
    return there;
  }

  private PatternNode choice() {
    if (++depth > ModelLimits.PATTERN_NESTING) {
      throw new IllegalArgumentException(
          "it nests more than " + ModelLimits.PATTERN_NESTING + " deep");
    }
    List<PatternNode> branches = new ArrayList<>();
    do {
      branches.add(sequence());
    } while (skip("|"));
    depth--;
    return branches.size() == 1 ? branches.get(0) : new PatternNode.Choice(branches);
  }

  private PatternNode sequence() {
    List<PatternNode> parts = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      parts.add(repeats(part()));
    }
    return parts.size() == 1 ? parts.get(0) : new PatternNode.Sequence(parts);
  }

  // ---- repeats ----

  private PatternNode repeats(PatternNode part) {
    PatternNode node = part;
    int around = 0;
    while (true) {
      PatternNode repeated = repeat(node);
      if (repeated.equals(node) || ++around > ModelLimits.PATTERN_NESTING) {
        break;
      }
      node = repeated;
    }
    if (around > ModelLimits.PATTERN_NESTING) {
      throw new IllegalArgumentException("a part is repeated again and again");
    }
    return node;
  }

  /** Returns the same node if no repeat stands here. */
  private PatternNode repeat(PatternNode node) {
    int fewest = skip("*") || skip("?") ? 0 : skip("+") ? 1 : -1;
    if (fewest < 0) {
      return interval(node);
    }
    int most = text.charAt(at - 1) == '?' ? 1 : -1;
    PatternNode repeated = new PatternNode.Repeat(node, fewest, most);
    if (skip("+")) {
      return new PatternNode.Closed(repeated, repeated.least());
    }
    skip("?"); // it costs the same to take as few as possible
    return repeated;
  }

  private PatternNode interval(PatternNode node) {
    int from = at;
    if (!skip("{")) {
      return node;
    }
    int fewest = number();
    int most = skip(",") ? number() : fewest;
    boolean comma = text.charAt(at - 1) == ',';
    if ((fewest < 0 && most < 0) || !skip("}")) {
      at = from; // a brace like any other character
      return node;
    }
    int low = Math.max(0, fewest);
    int high = comma ? -1 : most;
    PatternNode repeated =
        high >= 0 && high < low
            ? new PatternNode.Repeat(node, high, low)
            : new PatternNode.Repeat(node, low, high);
    if (skip("?")) { // as few as possible; but after `{n}` it may be left out
      return fewest == most ? new PatternNode.Repeat(repeated, 0, 1) : repeated;
    }
    return repeated;
  }

  private int number() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      return -1;
    }
    if (at - from > 6 || Integer.parseInt(text.substring(from, at)) > MOST_TIMES) {
      throw new IllegalArgumentException("a part is repeated more than " + MOST_TIMES + " times");
    }
    return Integer.parseInt(text.substring(from, at));
  }

  // ---- what is repeated ----

  private PatternNode part() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return switch (c) {
      case '(' -> group();
      case '[' -> set();
      case '\\' -> escape();
      case '^', '$' -> new PatternNode.Single(0);
      case '*', '+', '?' ->
          throw new IllegalArgumentException(
              "there is nothing before a `" + Character.toString(c) + "`");
      default -> {
        braceIsOne(c);
        yield new PatternNode.Single(1);
      }
    };
  }

  /** A brace that could begin a repeat of nothing. */
  private void braceIsOne(int c) {
    if (c == '{') {
      at--;
      PatternNode nothing = PatternNode.EMPTY;
      if (!interval(nothing).equals(nothing)) {
        throw new IllegalArgumentException("there is nothing before a `{`");
      }
      at++;
    }
  }

  private PatternNode escape() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("it ends in a backslash");
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    if (UNSUPPORTED_ESCAPES.indexOf(c) >= 0) {
      throw unsupported("\\" + Character.toString(c));
    }
    if ((c == 'p' || c == 'P' || c == 'x' || c == 'o') && peek() == '{') {
      upTo('}');
      return new PatternNode.Single(1);
    }
    if (c == 'k' && (peek() == '<' || peek() == '\'')) {
      char end = peek() == '<' ? '>' : '\'';
      at++;
      upTo(end);
      return new PatternNode.Single(0);
    }
    if (c >= '1' && c <= '9') {
      while (peek() >= '0' && peek() <= '9') {
        at++;
      }
      return new PatternNode.Single(0);
    }
    return new PatternNode.Single(PLACES.indexOf(c) >= 0 ? 0 : 1);
  }

  private void upTo(char end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw new IllegalArgumentException("a `" + end + "` is missing");
    }
    at = found + 1;
  }

  /** Skips a set of characters, with sets in it. */
  private PatternNode set() {
    int open = 1;
    beginSet();
    while (open > 0) {
      if (at >= text.length()) {
        throw new IllegalArgumentException("a `[` is not closed");
      }
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        if (++open > ModelLimits.PATTERN_NESTING) {
          throw new IllegalArgumentException(
              "its sets nest more than " + ModelLimits.PATTERN_NESTING + " deep");
        }
        beginSet();
      } else if (c == ']') {
        open--;
      }
    }
    return new PatternNode.Single(1);
  }

  /** A bracket that closes at once stands for itself. */
  private void beginSet() {
    skip("^");
    skip("]");
  }

  private PatternNode group() {
    if (peek() == '*') {
      throw unsupported("(*");
    }
    if (skip("?#")) {
      upTo(')');
      return PatternNode.EMPTY;
    }
    if (skip("?:")) {
      return closed(choice());
    }
    if (skip("?=") || skip("?!") || skip("?<=") || skip("?<!")) {
      return new PatternNode.Closed(closed(choice()), 0);
    }
    if (skip("?>")) {
      PatternNode body = closed(choice());
      return new PatternNode.Closed(body, body.least());
    }
    if (skip("?<")) {
      upTo('>');
    } else if (skip("?'")) {
      upTo('\'');
    } else if (skip("?")) {
      return flags();
    }
    return closed(choice());
  }

  /** Flags hold for the group, or for all that follows in the one around, choices included. */
  private PatternNode flags() {
    int from = at;
    while (peek() != END && FLAGS.indexOf(peek()) >= 0) {
      at++;
    }
    if (at == from || !(peek() == ':' || peek() == ')')) {
      throw unsupported("(?" + (peek() == END ? "" : Character.toString(peek())));
    }
    boolean whole = peek() == ':';
    at++;
    return whole ? closed(choice()) : choice();
  }

  private PatternNode closed(PatternNode body) {
    if (!skip(")")) {
      throw new IllegalArgumentException("a `(` is not closed");
    }
    return body;
  }

  private static IllegalArgumentException unsupported(String what) {
    return new IllegalArgumentException("`" + what + "` is not supported in it");
  }
}

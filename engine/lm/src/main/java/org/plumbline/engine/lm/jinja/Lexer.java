// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with white space treated as by Jinja's {@code trim_blocks} (the line
 * break after a block goes) and {@code lstrip_blocks} (the indentation before a block goes).
 */
final class Lexer {

  /** Python's white space; a subset of it is what Java's {@code \s} matches. */
  static final String SPACE =
      "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

  private static final Pattern OPENING =
      Pattern.compile(
          "\\{%(?<raw>[-+]?)"
              + SPACE
              + "*raw"
              + SPACE
              + "*(?:-%\\}"
              + SPACE
              + "*|%\\})|(?<kind>\\{[{%#])(?<sign>[-+]?)");
  private static final Pattern RAW_END =
      Pattern.compile("\\{%(?<sign>[-+]?)" + SPACE + "*endraw" + SPACE + "*" + blockEnd("%"));
  private static final Pattern COMMENT_END = Pattern.compile(blockEnd("#"));
  private static final Pattern BLOCK_END = Pattern.compile(blockEnd("%"));
  private static final Pattern VARIABLE_END = Pattern.compile("-\\}\\}" + SPACE + "*|\\}\\}");
  private static final Pattern SPACES = Pattern.compile(SPACE + "+");
  private static final Pattern LEADING_SPACES = Pattern.compile(SPACE + "*");
  private static final Pattern FLOAT =
      Pattern.compile("[0-9][0-9_]*(?:\\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)");
  private static final Pattern INTEGER = Pattern.compile("[0-9][0-9_]*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,]");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private Lexer(String source) {
    this.source = source;
  }

  private static String blockEnd(String mark) {
    return "(?:\\+" + mark + "\\}|-" + mark + "\\}" + SPACE + "*|" + mark + "\\}\\n?)";
  }

  static List<Token> tokens(String template) {
    String lines = template.replace("\r\n", "\n").replace('\r', '\n');
    String source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < source.length()) {
      Matcher opening = OPENING.matcher(source);
      if (!opening.find(at)) {
        add(Token.Kind.DATA, source.substring(at));
        break;
      }
      boolean raw = opening.group("raw") != null;
      boolean variable = !raw && opening.group("kind").equals("{{");
      data(opening.start(), opening.group(raw ? "raw" : "sign"), variable);
      moveTo(opening.end());
      if (raw) {
        raw();
      } else if (variable) {
        tag(Token.Kind.VARIABLE_BEGIN, Token.Kind.VARIABLE_END, VARIABLE_END);
      } else if (opening.group("kind").equals("{%")) {
        tag(Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, BLOCK_END);
      } else {
        moveTo(closing(COMMENT_END, "a comment").end());
      }
    }
    add(Token.Kind.END, "");
  }

  private void add(Token.Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void moveTo(int end) {
    for (; at < end; at++) {
      if (source.charAt(at) == '\n') {
        line++;
      }
    }
  }

  private Matcher closing(Pattern end, String what) {
    Matcher matcher = end.matcher(source);
    if (!matcher.find(at)) {
      throw new TemplateException(line, what + " has no end");
    }
    return matcher;
  }

  private void raw() {
    Matcher end = closing(RAW_END, "`raw`");
    data(end.start(), end.group("sign"), false);
    moveTo(end.end());
  }

  /** Takes the text before a tag. */
  private void data(int end, String sign, boolean variable) {
    String text = source.substring(at, end);
    if (sign.equals("-")) {
      text = Text.stripped(text, TemplateValues.None.NONE, false, true);
    } else if (!sign.equals("+") && !variable) {
      int start = text.lastIndexOf('\n') + 1;
      boolean lineStarts = start > 0 || at == 0 || source.charAt(at - 1) == '\n';
      if (lineStarts && SPACES.matcher(text.substring(start)).matches()) {
        text = text.substring(0, start);
      }
    }
    if (!text.isEmpty()) {
      add(Token.Kind.DATA, text);
    }
    moveTo(end);
  }

  private void tag(Token.Kind begin, Token.Kind end, Pattern closing) {
    add(begin, "");
    Deque<Character> open = new ArrayDeque<>();
    while (true) {
      moveTo(matched(LEADING_SPACES));
      int closed = open.isEmpty() ? matched(closing) : -1;
      if (closed >= 0) {
        add(end, "");
        moveTo(closed);
        return;
      }
      token(open);
    }
  }

  /** Returns the end of what a pattern matches here, or -1. */
  private int matched(Pattern pattern) {
    Matcher matcher = pattern.matcher(source).region(at, source.length());
    return matcher.lookingAt() ? matcher.end() : -1;
  }

  private void token(Deque<Character> open) {
    char first = at < source.length() ? source.charAt(at) : 0;
    if (first == '\'' || first == '"') {
      int end = stringEnd(first);
      add(Token.Kind.STRING, StringLiteral.value(source.substring(at + 1, end), line));
      moveTo(end + 1);
    } else if (!taken(FLOAT, Token.Kind.FLOAT)
        && !taken(INTEGER, Token.Kind.INTEGER)
        && !taken(NAME, Token.Kind.NAME)) {
      int end = matched(OPERATOR);
      if (end < 0) {
        throw new TemplateException(
            line, first == 0 ? "a tag has no end" : "`" + first + "` is not expected here");
      }
      balance(first, open);
      add(Token.Kind.OPERATOR, source.substring(at, end));
      moveTo(end);
    }
  }

  private int stringEnd(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new TemplateException(line, "a string has no end");
    }
    return end;
  }

  private boolean taken(Pattern pattern, Token.Kind kind) {
    int end = matched(pattern);
    if (end >= 0) {
      add(kind, source.substring(at, end));
      moveTo(end);
    }
    return end >= 0;
  }

  /** Brackets nest, so that the two braces that end two dictionaries do not end the tag. */
  private void balance(char bracket, Deque<Character> open) {
    int opens = "([{".indexOf(bracket);
    if (opens >= 0) {
      open.push(")]}".charAt(opens));
    } else if (")]}".indexOf(bracket) >= 0) {
      Character wanted = open.poll();
      if (wanted == null || wanted != bracket) {
        throw new TemplateException(line, "`" + bracket + "` closes nothing");
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.bind.MeantNumber;
import org.plumbline.dsl.spec.tree.OddCharacters;

/**
 * Looks through a script that a compiler could not read for what people get wrong: brackets and
 * texts that are not closed, commas and comments of other languages, pasted characters. A compiler
 * names the place at which it gave up, and the mistake mostly stands before that.
 */
final class ScriptSyntax {
  /** {@code seeds = 1, 2} and {@code seeds = { 1, 2 }}. */
  private static final Pattern LIST =
      Pattern.compile("=\\s*(\\{[^={}]*,[^={}]*\\}|[^={}(\\[;,]+(?:,[^={}(\\[;,]+)+)\\s*$");

  private final ScriptText text;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Deque<Bracket> open = new ArrayDeque<>();
  private @Nullable Bracket misplaced;
  private @Nullable Bracket closer;
  private boolean broken;

  private ScriptSyntax(ScriptText text) {
    this.text = text;
  }

  /**
   * What was found.
   *
   * @param broken whether nothing that a compiler says after this can be relied upon
   */
  record Found(List<Diagnostic> diagnostics, boolean broken) {}

  /** A bracket, and how far its line is indented. */
  private record Bracket(char sign, int line, int at, int indent, boolean template) {}

  static Found in(ScriptText text) {
    ScriptSyntax syntax = new ScriptSyntax(text);
    syntax.scan();
    return new Found(List.copyOf(syntax.found), syntax.broken);
  }

  /** Where the scan is: in code, or in the text that some quote opened. */
  private void scan() {
    Deque<String> quotes = new ArrayDeque<>();
    boolean comment = false;
    Span opened = text.line(1);
    for (int line = 1; line <= text.lines() && !isMismatched(); line++) {
      String code = text.text(line);
      int start = 0;
      for (int i = 0; i < code.length() && !isMismatched(); i++) {
        String rest = code.substring(i);
        if (comment) {
          comment = !rest.startsWith("*/");
        } else if (!quotes.isEmpty() && !quotes.element().isEmpty()) {
          i += inText(quotes, rest, line, i);
        } else if (rest.startsWith("//")) {
          break;
        } else if (rest.startsWith("/*")) {
          comment = true;
          opened = text.span(line, i, i + 2);
        } else if (rest.startsWith("\"\"\"") || rest.startsWith("'''")) {
          quotes.push(rest.substring(0, 3));
          i += 2;
        } else if (code.charAt(i) == '"' || code.charAt(i) == '\'') {
          quotes.push(code.substring(i, i + 1));
          start = i;
        } else if (!inCode(quotes, code, line, i)) {
          break;
        }
      }
      if (!quotes.isEmpty() && quotes.element().length() == 1) {
        String quote = quotes.pop();
        broken = true;
        found.add(
            error(text.span(line, start, start + 1), "this text is not closed")
                .help("put `" + quote + "` at its end"));
      }
    }
    if (comment) {
      broken = true;
      found.add(error(opened, "this comment is not closed").help("put `*/` at its end"));
    } else if (!isMismatched()) {
      ends();
    }
  }

  private boolean isMismatched() {
    return broken && found.size() > 10;
  }

  /** How many characters to pass over besides this one. */
  private int inText(Deque<String> quotes, String rest, int line, int at) {
    String quote = quotes.element();
    if (rest.startsWith("\\")) {
      return 1;
    } else if (rest.startsWith(quote)) {
      quotes.pop();
      return quote.length() - 1;
    } else if (rest.startsWith("${") && !quote.startsWith("'")) {
      open.push(new Bracket('{', line, at + 1, text.indent(line), true));
      quotes.push("");
      return 1;
    }
    return 0;
  }

  /** Looks at a character of code; whether the line goes on. */
  private boolean inCode(Deque<String> quotes, String code, int line, int at) {
    char c = code.charAt(at);
    if ("{[(".indexOf(c) >= 0) {
      open.push(new Bracket(c, line, at, text.indent(line), false));
    } else if ("}])".indexOf(c) >= 0) {
      close(quotes, c, line, at);
    } else if (c == ',' && !open.isEmpty() && open.element().sign() == '{') {
      comma(code, line, at);
    } else if (c == '#') {
      found.add(
          error(text.span(line, at, at + 1), "a comment does not start with `#` in a script")
              .replace("write `//`", "//"));
      return false;
    } else if (OddCharacters.isOdd(c)) {
      broken = true;
      Span span = text.span(line, at, at + 1);
      OddCharacters.find(String.valueOf(c), span).ifPresent(found::add);
    }
    return true;
  }

  private void close(Deque<String> quotes, char c, int line, int at) {
    Bracket bracket = new Bracket(c, line, at, text.indent(line), false);
    if (open.isEmpty()) {
      tooMany(bracket);
      return;
    }
    Bracket opened = open.pop();
    if ("{[(".indexOf(opened.sign()) != "}])".indexOf(c)) {
      broken = true;
      found.add(
          error(span(opened), "this `" + opened.sign() + "` is not closed")
              .related(span(bracket), "something else ends here")
              .help("put `" + "}])".charAt("{[(".indexOf(opened.sign())) + "` where it ends"));
      while (!open.isEmpty() && "{[(".indexOf(open.element().sign()) != "}])".indexOf(c)) {
        open.pop();
      }
      open.poll();
    } else if (opened.template()) {
      quotes.pop();
    } else if (misplaced == null
        && line != opened.line()
        && at == bracket.indent()
        && bracket.indent() != opened.indent()) {
      misplaced = opened;
      closer = bracket;
    }
  }

  private void tooMany(Bracket last) {
    broken = true;
    Optional<Diagnostic> early = closedTooEarly().or(this::neverOpened);
    if (early.isPresent() && last.sign() == '}') {
      found.add(early.get());
      return;
    }
    Bracket extra = closer != null ? closer : last;
    if (found.stream().noneMatch(one -> one.message().startsWith("there is one"))) {
      found.add(
          error(span(extra), "there is one `" + extra.sign() + "` too many")
              .replace("remove it", ""));
    }
  }

  /** A brace alone in its line, before a line that is indented as if it were still in the block. */
  private Optional<Diagnostic> closedTooEarly() {
    for (int line = 1; line < text.lines(); line++) {
      int next = line + 1;
      while (next < text.lines() && text.text(next).isBlank()) {
        next++;
      }
      if (text.text(line).strip().equals("}") && text.indent(next) > text.indent(line)) {
        Span brace = text.span(line, text.indent(line), text.indent(line) + 1);
        return Optional.of(
            error(brace, "this `}` closes its block too early")
                .related(text.line(next), "this is indented as if it were in the block")
                .replace("remove it", ""));
      }
    }
    return Optional.empty();
  }

  /**
   * A word with its name and no brace, before lines that are indented as if they were its block.
   */
  private Optional<Diagnostic> neverOpened() {
    for (int line = 1; line < text.lines(); line++) {
      String code = text.text(line).stripTrailing();
      if (code.matches("\\s*\\w+(?:\\([^()]*\\))?") && text.indent(line + 1) > text.indent(line)) {
        Span end = text.span(line, text.indent(line), code.length());
        return Optional.of(
            error(end, "a `{` is missing behind `" + code.strip() + "`")
                .related(text.line(line + 1), "this is indented as if it were in its block")
                .replace("write `" + code.strip() + " {`", code.strip() + " {"));
      }
    }
    return Optional.empty();
  }

  private void ends() {
    Bracket left = open.peek();
    if (left == null || broken) {
      return;
    }
    broken = true;
    Bracket blamed = misplaced != null ? misplaced : left;
    Diagnostic diagnostic = error(span(blamed), "this `" + blamed.sign() + "` is not closed");
    if (closer != null) {
      diagnostic = diagnostic.related(span(closer), "by its indentation, this closes another one");
    }
    char end = "}])".charAt("{[(".indexOf(blamed.sign()));
    found.add(diagnostic.help("put `" + end + "` where it ends"));
  }

  /** A comma between keys, or in a number. */
  private void comma(String code, int line, int at) {
    boolean parameters = code.contains("->") || code.strip().startsWith("def ");
    if (parameters) {
      return;
    }
    int start = at;
    while (start > 0 && Character.isDigit(code.charAt(start - 1))) {
      start--;
    }
    int end = at + 1;
    while (end < code.length() && (Character.isLetterOrDigit(code.charAt(end)))) {
      end++;
    }
    String number = code.substring(start, end);
    if (start < at && end > at + 1 && MeantNumber.of(number, false).isPresent()) {
      String meant = MeantNumber.of(number, false).orElseThrow();
      found.add(
          error(text.span(line, start, end), "a number has a point and no comma")
              .replace("write `" + meant + "`", meant));
      return;
    }
    Matcher list = LIST.matcher(code);
    if (list.find()) {
      String meant = "listOf(" + list.group(1).replaceAll("[{}]", "").strip() + ")";
      found.add(
          error(text.span(line, list.start(1), list.end(1)), "a list is not written like this")
              .replace("write `" + meant + "`", meant));
      return;
    }
    boolean last = code.substring(at + 1).isBlank();
    Diagnostic diagnostic =
        error(text.span(line, at, at + 1), "no comma stands between the keys of a block");
    found.add(last ? diagnostic.replace("remove it", "") : diagnostic.replace("write `;`", ";"));
  }

  private Span span(Bracket bracket) {
    return text.span(bracket.line(), bracket.at(), bracket.at() + 1);
  }

  private static Diagnostic error(Span span, String message) {
    return Diagnostic.of(Code.PLB0400, span, message);
  }
}

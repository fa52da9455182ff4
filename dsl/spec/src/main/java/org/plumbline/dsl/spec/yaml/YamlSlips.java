// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;

/**
 * Slips that are seen from the lines about which the parser complains: it names the place at which
 * it cannot go on, and the mistake mostly stands before that.
 */
final class YamlSlips {
  /** {@code beta:0.1}. */
  static final Pattern NO_SPACE = Pattern.compile("([A-Za-z_][\\w-]*):(\\S.*)");

  private static final Pattern EQUALS = Pattern.compile("([A-Za-z_][\\w-]*) ?= ?(.*?),?");
  private static final Pattern TWO_KEYS =
      Pattern.compile("\\s*(?:- +)?([\\w-]+): +([\\w-]+):( .*|$)");
  private static final Pattern NO_BRACES = Pattern.compile(".*?([\\w-]+): ([^\\s,:{}\\[\\]]+)");
  private static final int LONGEST_PATH = 200;
  private static final Pattern NO_COMMA = Pattern.compile(".*[^\\s,{\\[:](\\s+)([\\w-]+)\\s*");

  private final SourceFile file;

  private YamlSlips(SourceFile file) {
    this.file = file;
  }

  /**
   * The slip that explains an error.
   *
   * @param problem the parser's words
   * @param at where it could not go on
   * @param from where that began of which it is a part; null if it says nothing of it
   */
  static Optional<Diagnostic> find(
      SourceFile file, String problem, Position at, @Nullable Position from) {
    YamlSlips slips = new YamlSlips(file);
    if (slips.isApostrophe(at)) {
      return Optional.of(
          slips
              .syntax(slips.before(at), "the text ends here, at its apostrophe")
              .help("write `''` for an apostrophe, or put the text in double quotes"));
    } else if (problem.contains("could not find expected ':'") && from != null) {
      return Optional.of(slips.withoutColon(from.line()));
    } else if (problem.contains("mapping values are not allowed")) {
      return slips.secondKey(at).or(() -> slips.deeper(at));
    } else if (problem.contains("unexpected end of stream") && from != null) {
      return Optional.of(
          slips
              .syntax(slips.point(from), "this text is not closed")
              .help("put `" + slips.at(from) + "` at its end"));
    } else if (slips.isVariable(at)) {
      return Optional.of(
          slips
              .syntax(
                  new Span(file, new Position(at.line(), at.column() - 1), slips.next(at)),
                  "a spec has no variables, and `${` begins one of another language")
              .help(
                  "write the value; one that changes from run to run can be given with"
                      + " `-D PATH=VALUE`, and a script computes"));
    } else if (problem.contains("expected ',' or") && from != null) {
      return from.line() == at.line()
          ? slips.withoutComma(at)
          : Optional.of(slips.notClosed(from, at));
    } else if (problem.contains("expected <block end>") && slips.at(at).matches("[}\\]]")) {
      return Optional.of(
          slips
              .syntax(slips.point(at), "there is one `" + slips.at(at) + "` too many")
              .replace("remove it", ""));
    } else if (problem.contains("expected <block end>")) {
      return slips.behind(at).or(() -> slips.unaligned(at, from));
    }
    return Optional.empty();
  }

  /** {@code ${lr}}. */
  private boolean isVariable(Position at) {
    return at.column() > 1
        && at(at).equals("{")
        && at(new Position(at.line(), at.column() - 1)).equals("$");
  }

  private Position next(Position at) {
    return new Position(at.line(), at.column() + 1);
  }

  /** Something behind a value: a comment as in other languages, or a second value. */
  private Optional<Diagnostic> behind(Position at) {
    String line = line(at.line());
    int index = line.offsetByCodePoints(0, Math.min(at.column() - 1, length(line)));
    if (line.substring(0, index).isBlank()) {
      return Optional.empty();
    }
    String rest = line.substring(index).strip();
    Span span = new Span(file, at, new Position(at.line(), 1 + length(line.stripTrailing())));
    if (rest.startsWith("//") || rest.startsWith("--") || rest.startsWith("/*")) {
      String right = "# " + rest.replaceAll("^(//+|--+|/\\*+)\\s*|\\s*\\*/$", "");
      return Optional.of(
          syntax(span, "a comment starts with `#` in YAML")
              .replace("write `" + right + "`", right));
    }
    return Optional.of(
        syntax(span, "the value has ended, and `" + rest + "` stands behind it")
            .help("remove it, put it on a line of its own, or quote the whole value"));
  }

  /** A line between two depths. */
  private Optional<Diagnostic> unaligned(Position at, @Nullable Position from) {
    int before = at.line() - 1;
    while (before > 0 && (line(before).isBlank() || line(before).strip().startsWith("#"))) {
      before--;
    }
    int deep = indent(at.line());
    if (from == null || before == 0 || deep <= from.column() - 1 || indent(before) <= deep) {
      return Optional.empty();
    }
    return Optional.of(
        syntax(whole(at.line()), "this line is indented by " + deep + ", between two blocks")
            .help(
                "indent it by %d, as the line before, or by %d, as the block around that"
                    .formatted(indent(before), from.column() - 1)));
  }

  private Diagnostic withoutColon(int line) {
    Span whole = whole(line);
    String text = line(line).strip();
    if (text.equals("...") || text.equals("\u2026")) {
      return syntax(whole, "`" + text + "` stands in the place of what was left out")
          .help("write that, or remove the line");
    }
    Matcher noSpace = NO_SPACE.matcher(text);
    Matcher equals = EQUALS.matcher(text);
    if (noSpace.matches()) {
      String right = noSpace.group(1) + ": " + noSpace.group(2);
      return syntax(whole, "a space is missing after the colon")
          .replace("write `" + right + "`", right);
    } else if (equals.matches()) {
      String right = equals.group(1) + ": " + equals.group(2);
      return syntax(whole, "in YAML, a key and its value stand with a colon between them")
          .replace("write `" + right + "`", right);
    }
    String key = text.matches("[\\w-]+") ? text : "key";
    return syntax(whole, "a key without `:`").help("write `" + key + ": …`");
  }

  /** {@code groups: careful: { … }}, and {@code corpus: see: below}. */
  private Optional<Diagnostic> secondKey(Position at) {
    Matcher two = TWO_KEYS.matcher(line(at.line()));
    if (!two.matches()) {
      return Optional.empty();
    }
    String line = line(at.line());
    int start = 1 + line.codePointCount(0, two.start(2));
    Position end = new Position(at.line(), 1 + length(line.stripTrailing()));
    Span second = new Span(file, new Position(at.line(), start), end);
    String inside = two.group(2) + ":" + two.group(3);
    Diagnostic found =
        syntax(second, "a key and its value stand where the value of `" + two.group(1) + "` does");
    String ownLine = "put `" + two.group(2) + ":` on a line of its own, indented further";
    return Optional.of(
        inside.contains("{") || inside.contains("[") || two.group(3).isBlank()
            ? found.help(ownLine)
            : found
                .help(ownLine)
                .replace("if it is text, write `\"" + inside + "\"`", "\"" + inside + "\""));
  }

  /** Whether a text in single quotes ends before a letter. */
  private boolean isApostrophe(Position at) {
    Position before = new Position(at.line(), Math.max(1, at.column() - 1));
    return at.column() > 1
        && at(before).equals("'")
        && !at(at).isEmpty()
        && Character.isLetter(at(at).codePointAt(0));
  }

  private Span before(Position at) {
    return new Span(file, new Position(at.line(), at.column() - 1), at);
  }

  /** A line that is indented as if it belonged to the one before, which has its value already. */
  private Optional<Diagnostic> deeper(Position at) {
    int before = at.line() - 1;
    while (before > 0 && (line(before).isBlank() || line(before).strip().startsWith("#"))) {
      before--;
    }
    if (before == 0 || indent(before) >= indent(at.line())) {
      return Optional.empty();
    }
    return Optional.of(
        syntax(whole(at.line()), "this line is indented deeper than the one before it")
            .related(whole(before), "this has a value already, and holds no keys")
            .help("indent keys of one block alike"));
  }

  private Optional<Diagnostic> withoutComma(Position at) {
    String line = line(at.line());
    int end = line.offsetByCodePoints(0, Math.min(at.column() - 1, length(line)));
    int near = Math.max(0, end - LONGEST_PATH);
    Matcher braces = NO_BRACES.matcher(line.substring(near, end));
    if (at(at).equals(":") && braces.matches()) {
      int inside = 1 + line.codePointCount(0, near + braces.start(2));
      return Optional.of(
          syntax(
                  new Span(file, new Position(at.line(), inside), at),
                  "a key stands where the value of `" + braces.group(1) + "` does")
              .help(
                  "put braces around the inner block: `%s: { %s: … }`"
                      .formatted(braces.group(1), braces.group(2))));
    }
    Matcher match = NO_COMMA.matcher(line.substring(0, end));
    if (!match.matches()) {
      return Optional.empty();
    }
    int start = 1 + line.codePointCount(0, match.start(1));
    Position gap = new Position(at.line(), start);
    Span span = new Span(file, gap, new Position(at.line(), start + match.group(1).length()));
    return Optional.of(
        syntax(span, "a comma is missing before `" + match.group(2) + "`")
            .replace("put `,` between them", ", "));
  }

  private Diagnostic notClosed(Position from, Position at) {
    String open = at(from);
    String close = open.equals("[") ? "]" : "}";
    return syntax(point(from), "this `" + open + "` is not closed")
        .related(point(at), "something else goes on here")
        .help("put `" + close + "` at its end");
  }

  private Diagnostic syntax(Span span, String message) {
    return Diagnostic.of(Code.PLB0001, span, message)
        .note("only the first error of syntax in a file can be reported");
  }

  private String line(int number) {
    return file.line(number).orElse("");
  }

  private int indent(int number) {
    return line(number).length() - line(number).stripLeading().length();
  }

  private static int length(String line) {
    return line.codePointCount(0, line.length());
  }

  /** The character at a place; empty behind the end of its line. */
  private String at(Position position) {
    String line = line(position.line());
    if (position.column() > length(line)) {
      return "";
    }
    int index = line.offsetByCodePoints(0, position.column() - 1);
    return Character.toString(line.codePointAt(index));
  }

  private Span point(Position at) {
    int end = at(at).isEmpty() ? at.column() : at.column() + 1;
    return new Span(file, at, new Position(at.line(), end));
  }

  private Span whole(int line) {
    int end = 1 + length(line(line).stripTrailing());
    int start = Math.min(end, 1 + indent(line));
    return new Span(file, new Position(line, start), new Position(line, end));
  }
}

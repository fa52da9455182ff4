// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.diagnostic.SpanLabel;
import org.plumbline.dsl.model.endpoint.EndpointAddress;

/** The lines of one file that a diagnostic is about, with marks below them. */
final class Window {
  /** Longer lines are cut around the mark. */
  private static final int WIDEST = 100;

  /** What these are about is not shown: it may be a password or a key. */
  private static final Pattern KEPT_SECRET =
      Pattern.compile(
          "(?i)(\\b(?:api_?key|access_?token|secret|password)[\"']?\\s*[:=]\\s*[\"']?)([^\\s,\"'}\\]]+)");

  private static final Set<Code> SECRET = Set.of(Code.PLB0324, Code.PLB0336, Code.PLB0338);

  private final SourceFile file;
  private final List<Mark> marks = new ArrayList<>();
  private final int gutter;
  private final Colour colour;
  private final @Nullable Span secret;

  private record Mark(Span span, String text, boolean primary) {}

  Window(SourceFile file, Diagnostic diagnostic, int gutter, Colour colour) {
    this.file = file;
    this.gutter = gutter;
    this.colour = colour;
    this.secret = SECRET.contains(diagnostic.code()) ? diagnostic.primary() : null;
    if (diagnostic.primary().file().equals(file)) {
      marks.add(new Mark(diagnostic.primary(), diagnostic.label(), true));
    }
    for (SpanLabel label : diagnostic.related()) {
      if (label.span().file().equals(file)) {
        marks.add(new Mark(label.span(), label.text(), false));
      }
    }
    marks.sort(Comparator.comparing((Mark mark) -> mark.span().start()));
  }

  /** The digits of the largest line number in a diagnostic. */
  static int gutter(Diagnostic diagnostic) {
    int line = diagnostic.primary().start().line();
    for (SpanLabel label : diagnostic.related()) {
      line = Math.max(line, label.span().start().line());
    }
    return Math.max(2, Integer.toString(line).length());
  }

  /** Writes the window; nothing if the text of the file is not known. */
  void write(StringBuilder out) {
    List<Mark> shown = marks.stream().filter(mark -> line(mark).isPresent()).toList();
    if (shown.isEmpty()) {
      return;
    }
    out.append(bar("")).append('\n');
    int previous = -1;
    int from = 0;
    for (Mark mark : shown) {
      int number = mark.span().start().line();
      if (previous >= 0 && number > previous + 1) {
        out.append(" ".repeat(gutter)).append(colour.blue(" …")).append('\n');
      }
      String line = line(mark).orElseThrow();
      Cut cut = cut(line, mark.span());
      // A long line is shown again where another part of it is meant.
      if (number != previous || cut.from() != from) {
        out.append(bar(Integer.toString(number))).append(' ').append(cut.text()).append('\n');
      }
      underline(mark, cut, out);
      previous = number;
      from = cut.from();
    }
  }

  private Optional<String> line(Mark mark) {
    if (mark.span().wholeFile()) {
      return Optional.empty();
    }
    int number = mark.span().start().line();
    Optional<String> line =
        file.line(number).map(EndpointAddress::hideSecrets).map(Window::hideKeys);
    return secret != null && secret.start().line() == number ? line.map(this::hidden) : line;
  }

  /** The line with asterisks in place of the values of keys that other tools keep secrets in. */
  private static String hideKeys(String line) {
    return KEPT_SECRET
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) + "*".repeat(found.group(2).length())));
  }

  /** The line with asterisks in place of what is, or may be, a secret. */
  private String hidden(String line) {
    Span span = Objects.requireNonNull(secret);
    int[] points = line.codePoints().toArray();
    int from = Math.min(span.start().column() - 1, points.length);
    boolean oneLine = span.end().line() == span.start().line();
    int to = oneLine ? Math.min(span.end().column() - 1, points.length) : points.length;
    Arrays.fill(points, from, Math.max(from, to), '*');
    return new String(points, 0, points.length);
  }

  private void underline(Mark mark, Cut cut, StringBuilder out) {
    String sign = (mark.primary() ? "^" : "-").repeat(Math.max(1, cut.width()));
    String text = mark.text().isEmpty() ? sign : sign + " " + Shown.of(mark.text());
    String painted = mark.primary() ? colour.red(text) : colour.blue(text);
    out.append(bar("")).append(' ').append(" ".repeat(cut.indent())).append(painted).append('\n');
  }

  private String bar(String number) {
    return colour.blue(" ".repeat(gutter - number.length()) + number + " |");
  }

  /** A line, from some column on, with the columns that the mark covers in it. */
  private record Cut(String text, int from, int indent, int width) {}

  private static Cut cut(String line, Span span) {
    int[] all = line.codePoints().toArray();
    int start = Math.min(span.start().column() - 1, all.length);
    boolean oneLine = span.start().line() == span.end().line();
    int end = oneLine ? Math.min(span.end().column() - 1, all.length) : contentEnd(all);
    end = Math.max(start, end);
    int from = 0;
    int to = all.length;
    if (all.length > WIDEST) {
      from = Math.max(0, Math.min(start - WIDEST / 3, all.length - WIDEST));
      to = Math.min(all.length, from + WIDEST);
      end = Math.min(end, to);
    }
    String before = text(all, from, start);
    String marked = text(all, start, Math.max(start, end));
    String after = text(all, Math.max(start, end), to);
    String head = from > 0 ? "…" : "";
    String tail = to < all.length ? "…" : "";
    int indent = Shown.width(before) + head.length();
    return new Cut(head + before + marked + after + tail, from, indent, Shown.width(marked));
  }

  private static int contentEnd(int[] line) {
    int end = line.length;
    while (end > 0 && Character.isWhitespace(line[end - 1])) {
      end--;
    }
    return end;
  }

  private static String text(int[] points, int from, int to) {
    return to <= from ? "" : Shown.of(new String(points, from, to - from));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.plumbline.dsl.model.diagnostic.Span;

/**
 * Places in a text as the three that talk about it count them: editors from 0 in units of UTF-16,
 * diagnostics from 1 in code points, and Java by offset.
 */
final class Lines {
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  Lines(String text) {
    this.text = text;
    starts.add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !half) {
        starts.add(i + 1);
      }
    }
  }

  String text() {
    return text;
  }

  /** The offset of an editor's position; beyond the end of a line it is that end. */
  int offset(Position position) {
    if (position.getLine() >= starts.size()) {
      return text.length();
    }
    int line = Math.max(0, position.getLine());
    return Math.min(starts.get(line) + Math.max(0, position.getCharacter()), end(line));
  }

  /** The editor's position of an offset. */
  Position position(int offset) {
    int line = 0;
    while (line + 1 < starts.size() && starts.get(line + 1) <= offset) {
      line++;
    }
    return new Position(line, offset - starts.get(line));
  }

  Range range(int from, int to) {
    return new Range(position(from), position(to));
  }

  /** The editor's range of a span; the first line for a span that stands for the whole file. */
  Range range(Span span) {
    if (span.wholeFile()) {
      return range(0, end(0));
    }
    int from = offset(span.start());
    return range(from, Math.max(from, offset(span.end())));
  }

  /** Where the line of an offset begins. */
  int lineStart(int offset) {
    return starts.get(position(offset).getLine());
  }

  /** The line of an offset, without its end. */
  String line(int offset) {
    int line = position(offset).getLine();
    return text.substring(starts.get(line), end(line));
  }

  private int offset(org.plumbline.dsl.model.diagnostic.Position place) {
    return offset(place.line() - 1, place.column() - 1);
  }

  /** The offset of a place of which both are counted from 0, the column in code points. */
  int offset(int line, int column) {
    if (line >= starts.size()) {
      return text.length();
    }
    int start = starts.get(line);
    String written = text.substring(start, end(line));
    int points = Math.min(column, written.codePointCount(0, written.length()));
    return start + written.offsetByCodePoints(0, points);
  }

  /** Where a line ends, before its line break. */
  private int end(int line) {
    int end = line + 1 < starts.size() ? starts.get(line + 1) : text.length();
    while (end > starts.get(line) && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

/**
 * A stretch of a text.
 *
 * @param start its first place
 * @param end the place after its last; equal to {@code start} for a point
 */
public record Span(SourceFile file, Position start, Position end) {

  /** A file as a whole, for problems that have no line. */
  public static Span of(SourceFile file) {
    return new Span(file, Position.START, Position.START);
  }

  /** The start of a line. */
  public static Span ofLine(SourceFile file, int line) {
    Position start = new Position(line, 1);
    int length = file.line(line).map(text -> text.codePointCount(0, text.length())).orElse(0);
    return new Span(file, start, new Position(line, 1 + length));
  }

  /** Whether this stands for the file as a whole. */
  public boolean wholeFile() {
    return start.equals(Position.START) && end.equals(Position.START);
  }

  /** How it is named in a sentence: {@code my.plumb.yaml:4:1}. */
  @Override
  public String toString() {
    return wholeFile() ? file.name() : file.name() + ":" + start.line() + ":" + start.column();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import java.util.Optional;

/**
 * A text that diagnostics point into: a spec, a setting on the command line, a data file.
 *
 * @param name how it is shown: {@code my.plumb.yaml}, {@code command line -D #1}
 * @param text what is known of it; empty if nothing is
 * @param firstLine the line number of the text's first line, which is more than 1 for an excerpt
 */
public record SourceFile(String name, String text, int firstLine) {

  /** A whole text. */
  public static SourceFile of(String name, String text) {
    return new SourceFile(name, text, 1);
  }

  /** A file whose text is not at hand. */
  public static SourceFile named(String name) {
    return new SourceFile(name, "", 1);
  }

  /** Some lines out of a long file. */
  public static SourceFile excerpt(String name, int firstLine, String lines) {
    return new SourceFile(name, lines, firstLine);
  }

  /** The text of a line, without its end; empty if it is not known. */
  public Optional<String> line(int number) {
    if (text.isEmpty() || number < firstLine) {
      return Optional.empty();
    }
    int start = 0;
    for (int line = firstLine; line < number; line++) {
      start = afterLine(start);
      if (start < 0) {
        return Optional.empty();
      }
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return Optional.of(text.substring(start, end));
  }

  private int afterLine(int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        return i + 2;
      } else if (c == '\n' || c == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return name;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

/**
 * The word at a place of a text: a key, a name, a number, a path.
 *
 * @param from where it begins, behind a quote
 * @param to the place after its last character
 * @param quoted whether a quote stands before it
 */
record WordAt(int from, int to, boolean quoted) {

  static WordAt at(Lines lines, int offset) {
    String text = lines.text();
    int from = offset;
    while (from > lines.lineStart(offset) && belongs(text.charAt(from - 1))) {
      from--;
    }
    int to = offset;
    while (to < text.length() && belongs(text.charAt(to))) {
      to++;
    }
    boolean quoted = from > 0 && "\"'".indexOf(text.charAt(from - 1)) >= 0;
    return new WordAt(from, to, quoted);
  }

  private static boolean belongs(char c) {
    return Character.isLetterOrDigit(c) || "_-./~".indexOf(c) >= 0;
  }

  String in(Lines lines) {
    return lines.text().substring(from, to);
  }
}

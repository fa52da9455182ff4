// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

/**
 * Cuts what a diagnostic quotes: a name of a million signs is no help to whoever reads that it is
 * wrong.
 */
final class Brief {
  /** Longer than the paths that people have; what is cut keeps its beginning and its end. */
  private static final int LONGEST_WORD = 300;

  private static final int BEGIN = 100;
  private static final int END = 40;

  /** No text that was written for a reader comes near it. */
  private static final int LONGEST_TEXT = 8000;

  private Brief() {}

  /** The text with every quoted value and every word cut to what one can take in. */
  static String of(String text) {
    if (text.length() <= LONGEST_WORD) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < text.length() && out.length() < LONGEST_TEXT) {
      boolean quoted = text.charAt(from) == '`' && text.indexOf('`', from + 1) > 0;
      int to = from + 1;
      while (to < text.length() && !(quoted ? text.charAt(to) == '`' : ends(text.charAt(to)))) {
        to++;
      }
      out.append(text.charAt(from));
      cut(text.substring(from + 1, to), out);
      if (quoted) {
        out.append('`');
        to++;
      }
      from = to;
    }
    return from < text.length() ? out.append(" …").toString() : out.toString();
  }

  private static boolean ends(char c) {
    return c == '`' || Character.isWhitespace(c);
  }

  private static void cut(String word, StringBuilder out) {
    if (word.length() <= LONGEST_WORD) {
      out.append(word);
      return;
    }
    // never between the halves of a character
    int begin = Character.isHighSurrogate(word.charAt(BEGIN - 1)) ? BEGIN - 1 : BEGIN;
    int end = word.length() - END;
    end += Character.isLowSurrogate(word.charAt(end)) ? 1 : 0;
    out.append(word, 0, begin).append('…').append(word, end, word.length());
  }
}

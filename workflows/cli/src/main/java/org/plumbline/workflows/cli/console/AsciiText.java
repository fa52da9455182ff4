// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.util.Map;

/** Writes signs that a reader without Unicode cannot show as ones that it can. */
final class AsciiText {

  private static final Map<Character, String> SIGNS =
      Map.ofEntries(
          Map.entry('✔', "ok"),
          Map.entry('↺', "="),
          Map.entry('▸', ">"),
          Map.entry('·', "."),
          Map.entry('✖', "x"),
          Map.entry('█', "#"),
          Map.entry('░', "-"),
          Map.entry('−', "-"),
          Map.entry('–', "-"),
          Map.entry('—', "-"),
          Map.entry('×', "x"),
          Map.entry('≤', "<="),
          Map.entry('≥', ">="),
          Map.entry('→', "->"),
          Map.entry('…', "..."),
          Map.entry('“', "\""),
          Map.entry('”', "\""),
          Map.entry('‘', "'"),
          Map.entry('’', "'"),
          Map.entry('±', "+-"),
          Map.entry('\u00a0', " "),
          Map.entry('\u202f', " "),
          Map.entry('\u2009', " "));

  private AsciiText() {}

  static String ascii(String text) {
    if (text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c < 128 ? String.valueOf(c) : SIGNS.getOrDefault(c, "?"));
    }
    return plain.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plumbline.dsl.model.values.CountedText;

/**
 * Whether a regular expression goes through some short texts so often that longer ones would take
 * for ever: it has parts that repeat within parts that repeat, as {@code ((a+)+)+}, or side by
 * side, and tries all ways to divide a text among them.
 *
 * <p>It is tried, on texts made of its own letters, and not proved: what is found is costly, and
 * what is costly is not always found. Reads are counted and not time, so all machines say the same.
 */
final class RegexCost {
  private static final int LENGTH = 32;

  /** What is cubic in the length stays below this, and what doubles with it does not. */
  private static final long MOST = 400_000;

  private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]{1,8}");
  private static final Pattern PREFIX = Pattern.compile("^[\\p{L}\\p{N} ]+");

  private RegexCost() {}

  static boolean costly(Pattern pattern) {
    String text = pattern.pattern();
    for (String piece : pieces(text)) {
      String repeated = piece.repeat(LENGTH / piece.length());
      for (String before : beginnings(text)) {
        if (costly(pattern, before + repeated)) {
          return true;
        }
      }
    }
    return false;
  }

  /** What may have to stand before; the last letter may be what a quantifier repeats. */
  private static Set<String> beginnings(String pattern) {
    Matcher prefix = PREFIX.matcher(pattern);
    String whole = prefix.find() ? prefix.group() : "";
    String less = whole.isEmpty() ? "" : whole.substring(0, whole.length() - 1);
    return Stream.of("", less, whole).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> pieces(String pattern) {
    Set<String> pieces = new LinkedHashSet<>(List.of("a", "A", "0", " ", ".", "a "));
    Matcher words = WORDS.matcher(pattern);
    while (words.find()) {
      pieces.add(words.group());
      words.group().chars().forEach(letter -> pieces.add(Character.toString(letter)));
    }
    return pieces;
  }

  private static boolean costly(Pattern pattern, String repeated) {
    try {
      // The end fits nothing, so that all is tried before it is given up.
      pattern.matcher(new CountedText(repeated + "\u0001", MOST)).find();
      return false;
    } catch (CountedText.TooMuch e) {
      return true;
    }
  }
}

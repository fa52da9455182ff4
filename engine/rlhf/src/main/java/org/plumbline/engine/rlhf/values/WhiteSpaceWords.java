// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words are what white space separates. */
public final class WhiteSpaceWords {
  private static final Pattern WORD = Pattern.compile("\\S+");

  private WhiteSpaceWords() {}

  /** The words of a text, in order. */
  public static List<String> of(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }

  /**
   * Where each word of a text ends, in order; the last one's end is that of the text, so that white
   * space after it belongs to it.
   */
  public static List<Integer> ends(String text) {
    List<Integer> ends = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      ends.add(word.end());
    }
    if (!ends.isEmpty()) {
      ends.set(ends.size() - 1, text.length());
    }
    return ends;
  }

  /** The number of words of a text. */
  public static int count(String text) {
    return of(text).size();
  }

  /**
   * Whether a text contains a word or phrase as a whole ({@code buy} is not in {@code buyer}); the
   * case of letters is ignored.
   */
  static boolean contain(String text, String phrase) {
    String in = text.toLowerCase(Locale.ROOT);
    String sought = phrase.toLowerCase(Locale.ROOT);
    int at = in.indexOf(sought);
    while (at >= 0) {
      if (isEdge(in, at - 1, at) && isEdge(in, at + sought.length() - 1, at + sought.length())) {
        return true;
      }
      at = at + 1 > in.length() ? -1 : in.indexOf(sought, at + 1);
    }
    return false;
  }

  /** A word without the punctuation around it, in small letters. */
  static String bare(String word) {
    int from = 0;
    int to = word.length();
    while (from < to && !Character.isLetterOrDigit(word.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(word.charAt(to - 1))) {
      to--;
    }
    return word.substring(from, to).toLowerCase(Locale.ROOT);
  }

  /** Whether no word goes on from one place to the next. */
  private static boolean isEdge(String text, int left, int right) {
    return left < 0
        || right >= text.length()
        || !Character.isLetterOrDigit(text.charAt(left))
        || !Character.isLetterOrDigit(text.charAt(right));
  }
}

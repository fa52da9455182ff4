// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks the words of an answer that the reference's answer does not have, and those it lacks. All
 * space of the answer stays as it is. The script of the page does the same for samples that are
 * shown on demand ({@code words.js}); a test holds the two together.
 */
final class WordMarks {

  /** Beyond this many words the table of the comparison grows too large to be worth it. */
  private static final int MOST = 600;

  /** Scripts without spaces are compared character by character. */
  private static final String DENSE =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}";

  private static final Pattern WORD =
      Pattern.compile("[" + DENSE + "]|[^ \\t\\n\\x0B\\f\\r" + DENSE + "]+");

  /** ASCII, as {@code \p{Punct}} is. */
  private static final Pattern ENDS = Pattern.compile("^\\p{Punct}+|\\p{Punct}+$");

  private final String answer;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder run = new StringBuilder();
  private String element = "";
  private int copied;

  private WordMarks(String answer) {
    this.answer = answer;
  }

  /** A word: what it is compared by, and where in the text it stands. */
  private record Word(String text, String plain, int from, int to) {}

  static Html of(String reference, String answer) {
    List<Word> a = words(reference);
    List<Word> b = words(answer);
    if (a.size() > MOST || b.size() > MOST) {
      return Html.text(answer);
    }
    return new WordMarks(answer).mark(a, b);
  }

  private static List<Word> words(String text) {
    List<Word> out = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      out.add(new Word(word.group(), plain(word.group()), word.start(), word.end()));
    }
    return out;
  }

  /** Walks along a longest common subsequence of words; removed words stand before new ones. */
  private Html mark(List<Word> a, List<Word> b) {
    int[][] common = common(a, b);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).plain.equals(b.get(j).plain)) {
        keep("", b.get(j++));
        i++;
      } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
        remove(a.get(i++));
      } else {
        keep("ins", b.get(j++));
      }
    }
    turn("");
    out.append(Html.text(answer.substring(copied)).markup());
    return new Html(out.toString());
  }

  private static int[][] common(List<Word> a, List<Word> b) {
    int[][] table = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        table[i][j] =
            a.get(i).plain.equals(b.get(j).plain)
                ? table[i + 1][j + 1] + 1
                : Math.max(table[i + 1][j], table[i][j + 1]);
      }
    }
    return table;
  }

  /** Without case and the punctuation at its ends. */
  private static String plain(String word) {
    String bare = ENDS.matcher(word).replaceAll("");
    return (bare.isEmpty() ? word : bare).toLowerCase(Locale.ROOT);
  }

  /** A word of the answer, with the space before it. */
  private void keep(String tag, Word word) {
    String space = answer.substring(copied, word.from);
    if (tag.equals(element)) {
      run.append(space);
    } else {
      turn(tag);
      out.append(space);
    }
    run.append(word.text);
    copied = word.to;
  }

  /** A word of the reference, with a space before it that is not there when it is not shown. */
  private void remove(Word word) {
    if (!element.equals("del")) {
      turn("del");
    }
    run.append(' ').append(word.text);
  }

  /** Ends one element and begins another. */
  private void turn(String tag) {
    if (!run.isEmpty()) {
      Html text = Html.text(run.toString());
      Html name = new Html(element);
      out.append(
          element.isEmpty() ? text.markup() : Html.of("<{}>{}</{}>", name, text, name).markup());
      run.setLength(0);
    }
    element = tag;
  }
}

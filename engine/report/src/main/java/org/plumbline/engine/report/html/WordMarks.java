package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Marks the words of an answer that the reference's answer does not have, and those it lacks. */
final class WordMarks {

  /** Beyond this many words the table of the comparison grows too large to be worth it. */
  private static final int MOST = 1500;

  private final List<Html> out = new ArrayList<>();
  private final List<String> run = new ArrayList<>();
  private String element = "";

  private WordMarks() {}

  static Html of(String reference, String answer) {
    List<String> a = words(reference);
    List<String> b = words(answer);
    if (a.size() > MOST || b.size() > MOST) {
      return Html.text(answer);
    }
    return new WordMarks().mark(a, b);
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** Walks along a longest common subsequence of words; removed words stand before new ones. */
  private Html mark(List<String> a, List<String> b) {
    int[][] common = common(a, b);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && same(a.get(i), b.get(j))) {
        add("", b.get(j++));
        i++;
      } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
        add("del", a.get(i++));
      } else {
        add("ins", b.get(j++));
      }
    }
    flush();
    return Html.join(" ", out);
  }

  private static int[][] common(List<String> a, List<String> b) {
    int[][] table = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        table[i][j] =
            same(a.get(i), b.get(j))
                ? table[i + 1][j + 1] + 1
                : Math.max(table[i + 1][j], table[i][j + 1]);
      }
    }
    return table;
  }

  private static boolean same(String a, String b) {
    return plain(a).equals(plain(b));
  }

  /** Without case and the punctuation at its ends. */
  private static String plain(String word) {
    String bare = word.replaceAll("^\\p{Punct}+|\\p{Punct}+$", "");
    return (bare.isEmpty() ? word : bare).toLowerCase(Locale.ROOT);
  }

  private void add(String tag, String word) {
    if (!tag.equals(element)) {
      flush();
      element = tag;
    }
    run.add(word);
  }

  private void flush() {
    if (!run.isEmpty()) {
      Html text = Html.text(String.join(" ", run));
      Html tag = new Html(element);
      out.add(element.isEmpty() ? text : Html.of("<{}>{}</{}>", tag, text, tag));
      run.clear();
    }
  }
}

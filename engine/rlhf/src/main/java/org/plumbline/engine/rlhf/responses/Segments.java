// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;

/** Takes answers apart: into steps, sentences, clauses or words. */
public final class Segments {
  private static final Pattern SENTENCE = Pattern.compile("[.!?…]+[\"'”’)\\]]*(?=\\s|$)|\\n+");
  private static final Pattern CLAUSE = Pattern.compile("[.!?…,;:]+[\"'”’)\\]]*(?=\\s|$)|\\n+");
  private static final Pattern WORD = Pattern.compile("\\S(?=\\s|$)");

  private Segments() {}

  /**
   * A part of a text.
   *
   * @param start its first character
   * @param end after its last
   */
  public record Segment(int start, int end) {}

  /**
   * Where the steps of an answer end. A step ends with the separator where white space or nothing
   * follows (in {@code 3.14} none ends) or the separator itself ends in white space; what is left
   * is a step, too, unless it is blank.
   */
  public static List<Integer> steps(String answer, String separator) {
    List<Integer> ends = new ArrayList<>();
    boolean itself = separator.isEmpty() || !separator.stripTrailing().equals(separator);
    int from = 0;
    for (int at = next(answer, separator, 0); at >= 0; at = next(answer, separator, at)) {
      at += separator.length();
      boolean over = itself || at == answer.length() || Character.isWhitespace(answer.charAt(at));
      if (over && !answer.substring(from, at).isBlank()) {
        ends.add(at);
        from = at;
      }
    }
    if (!answer.substring(from).isBlank()) {
      ends.add(answer.length());
    }
    return ends;
  }

  private static int next(String answer, String separator, int from) {
    return separator.isEmpty() ? -1 : answer.indexOf(separator, from);
  }

  /** The parts of an answer that can be marked, without the white space around them. */
  public static List<Segment> of(String answer, SpanUnit unit) {
    Matcher ends =
        (switch (unit) {
              case SENTENCE -> SENTENCE;
              case CLAUSE -> CLAUSE;
              case WORD -> WORD;
            })
            .matcher(answer);
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    while (ends.find()) {
      add(segments, answer, from, ends.end());
      from = ends.end();
    }
    add(segments, answer, from, answer.length());
    return segments;
  }

  private static void add(List<Segment> segments, String answer, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(answer.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(answer.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      segments.add(new Segment(start, end));
    }
  }
}

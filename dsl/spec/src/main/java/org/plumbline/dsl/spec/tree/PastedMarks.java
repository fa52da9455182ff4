// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;

/**
 * Finds what comes along with a text that is pasted from elsewhere: marks of a merge or of a diff,
 * numbers of lines, fences of Markdown. To be asked once a spec could not be read.
 */
public final class PastedMarks {
  private static final Mark CONFLICT =
      new Mark(
          "^(<{7}|={7}|>{7})(?: .*)?$",
          "a mark of a merge conflict stands here",
          "keep one of the two versions, and remove the lines that start with `<<<<<<<`, `=======`"
              + " and `>>>>>>>`");
  private static final Mark FENCE =
      new Mark(
          "^\\s*(```|~~~)\\s*\\w*\\s*$",
          "a fence of Markdown stands here",
          "remove the line: the spec is what is between the fences");
  private static final Mark DIFF =
      new Mark(
          "^(@@ |\\+\\+\\+ |--- |diff --git |[+-](?=\\s{2,}\\S)|\\+(?=\\s?[\\w\"}]))",
          "this is a line of a diff, and not of a spec",
          "remove the lines that start with `-`, and the `+` from the others");
  private static final Mark NUMBERS =
      new Mark(
          "^ {0,4}(\\d+)(?: *\\|| )\\s*[\\w\"}].*",
          "the number of a line stands before it",
          "remove it, here and before the other lines");

  private PastedMarks() {}

  private record Mark(Pattern pattern, String message, String help) {
    Mark(String pattern, String message, String help) {
      this(Pattern.compile(pattern), message, help);
    }
  }

  /** The first of such marks, with the place of the next; empty if there are none. */
  public static Optional<Diagnostic> find(SourceFile file) {
    List<String> lines = file.text().lines().toList();
    for (Mark mark : List.of(CONFLICT, FENCE, DIFF, NUMBERS)) {
      List<Span> places = places(file, lines, mark);
      if (!places.isEmpty()) {
        Diagnostic found =
            Diagnostic.of(Code.PLB0371, places.get(0), mark.message()).help(mark.help());
        return Optional.of(
            places.size() == 1 ? found : found.related(places.get(1), "here is another"));
      }
    }
    return Optional.empty();
  }

  private static List<Span> places(SourceFile file, List<String> lines, Mark mark) {
    List<Span> places = new ArrayList<>();
    for (int i = 0; i < lines.size() && places.size() < 2; i++) {
      Matcher match = mark.pattern().matcher(lines.get(i));
      if (match.find()) {
        int start = match.start(1) + 1;
        int end = match.end(1) + 1;
        places.add(new Span(file, new Position(i + 1, start), new Position(i + 1, end)));
      }
    }
    return places;
  }
}

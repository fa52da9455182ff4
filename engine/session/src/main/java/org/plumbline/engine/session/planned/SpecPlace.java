// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.spec.SpecResult;

/** Finds places in a spec for problems that show later than when it is read. */
final class SpecPlace {

  private SpecPlace() {}

  /**
   * Where a value stands first, outside of comments, if possible as a word of its own and no key;
   * the file as a whole if it does not.
   */
  static Span of(SpecResult spec, String text) {
    String quoted = Pattern.quote(text);
    return find(spec, Pattern.compile("(?<![\\w./~-])" + quoted + "(?![\\w./~-]| *:)"))
        .or(() -> find(spec, Pattern.compile(quoted)))
        .orElse(Span.of(spec.file()));
  }

  private static Optional<Span> find(SpecResult spec, Pattern text) {
    SourceFile file = spec.file();
    int lines = (int) file.text().lines().count();
    for (int number = 1; number <= lines; number++) {
      String line = file.line(number).orElse("");
      Matcher found = text.matcher(line);
      if (!line.stripLeading().startsWith("#") && found.find()) {
        Position start = new Position(number, found.start() + 1);
        return Optional.of(new Span(file, start, new Position(number, found.end() + 1)));
      }
    }
    return Optional.empty();
  }
}

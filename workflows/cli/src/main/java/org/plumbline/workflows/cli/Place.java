package org.plumbline.workflows.cli;

import java.util.Optional;
import org.plumbline.dsl.model.Position;
import org.plumbline.dsl.model.SourceFile;
import org.plumbline.dsl.model.Span;
import org.plumbline.dsl.spec.SpecResult;

/** Finds places in a spec for problems that show later than when it is read. */
final class Place {

  private Place() {}

  /** Where a text stands first, outside of comments; the file as a whole if it does not. */
  static Span of(SpecResult spec, String text) {
    SourceFile file = spec.file();
    int lines = (int) file.text().lines().count();
    for (int number = 1; number <= lines; number++) {
      Optional<String> line = file.line(number);
      int at = line.map(l -> l.indexOf(text)).orElse(-1);
      if (at >= 0 && !line.orElse("").stripLeading().startsWith("#")) {
        Position start = new Position(number, at + 1);
        return new Span(file, start, new Position(number, at + 1 + text.length()));
      }
    }
    return Span.of(file);
  }
}

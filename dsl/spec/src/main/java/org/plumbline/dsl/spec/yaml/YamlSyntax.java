// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.yaml;

import java.util.Optional;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in an author's words what the YAML parser stumbled over. */
final class YamlSyntax {
  private YamlSyntax() {}

  static Diagnostic explain(SourceFile file, MarkedYamlEngineException e) {
    String problem = Optional.ofNullable(e.getProblem()).orElse("");
    String context = Optional.ofNullable(e.getContext()).orElse("");
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    Span span = mark == null ? Span.ofLine(file, 1) : at(file, mark);
    if (context.contains("expected a single document")) {
      return Diagnostic.of(Code.PLB0007, span, "a second document starts here")
          .help("one experiment per file: remove the `---` line, or move the rest to another file");
    } else if (problem.contains("TAB")) {
      return Diagnostic.of(Code.PLB0003, span, "a tab cannot indent or separate in YAML")
          .help("use spaces");
    } else if (problem.contains("undefined alias") || context.contains("undefined alias")) {
      return Diagnostic.of(Code.PLB0001, span, "this alias has no anchor before it")
          .help("quote the text if the `*` belongs to it")
          .help("to repeat a value as `*name`, put `&name` before it where it first stands");
    } else if (context.contains("scanning an alias")) {
      Mark star = e.getContextMark().orElseThrow();
      return Diagnostic.of(Code.PLB0001, at(file, star), "a text that begins with `*` is an alias")
          .help("quote the text, as in `\"*\"` or `\"*-0.1\"`");
    } else if (context.contains("scanning a tag") || problem.contains("expected URI")) {
      Mark sign = e.getContextMark().orElse(mark);
      return Diagnostic.of(
              Code.PLB0004,
              sign == null ? span : at(file, sign),
              "a spec has no tags, but a value starts with `!`")
          .help("quote the text, as in `\"!!\"`");
    } else if (problem.contains("undefined tag handle")) {
      return Diagnostic.of(Code.PLB0004, span, "a spec has no tags, but a value starts with `!`")
          .help("quote the text if the `!` belongs to it");
    }
    Mark start = e.getContextMark().orElse(null);
    Optional<Diagnostic> slip =
        YamlSlips.find(
            file, problem, span.start(), start == null ? null : YamlReader.position(start));
    if (slip.isPresent()) {
      return slip.get();
    }
    Diagnostic diagnostic =
        Diagnostic.of(Code.PLB0001, span, message(problem, file, span))
            .note("only the first error of syntax in a file can be reported");
    String help = help(problem, context);
    if (!help.isEmpty()) {
      diagnostic = diagnostic.help(help);
    }
    if (start == null || start.getIndex() == (mark == null ? -1 : mark.getIndex())) {
      return diagnostic;
    }
    return diagnostic.related(at(file, start), context(context));
  }

  private static String message(String problem, SourceFile file, Span span) {
    if (problem.contains("mapping values are not allowed")) {
      return "a `:` cannot stand here";
    } else if (problem.contains("found unexpected end of stream")) {
      return "the file ends inside a quoted text";
    } else if (problem.contains("could not find expected ':'")) {
      return "a key without `:`";
    } else if (problem.contains("expected ',' or ']'")) {
      return "expected `,` or `]`" + found(file, span);
    } else if (problem.contains("expected ',' or '}'")) {
      return "expected `,` or `}`" + found(file, span);
    } else if (problem.contains("expected <block end>")) {
      return "this line is indented differently from its neighbours, or something stands after a"
          + " value";
    } else if (problem.contains("cannot start any token")) {
      return "a value cannot start with this character";
    } else if (problem.contains("expected the node content")) {
      return "a value is missing here";
    } else if (problem.contains("unknown escape character")) {
      return "there is no such escape in a text in double quotes";
    } else if (problem.contains("block sequence entries are not allowed")) {
      return "a `-` cannot stand here";
    } else if (problem.contains("expected <document start>")) {
      return "something stands after the end of the spec";
    }
    return "this is not YAML: " + problem.replace('\'', '`').replace("\n", " ").trim();
  }

  private static String found(SourceFile file, Span span) {
    String line = file.line(span.start().line()).orElse("");
    int column = span.start().column();
    if (column > line.codePointCount(0, line.length())) {
      return "";
    }
    int index = line.offsetByCodePoints(0, column - 1);
    return ", but found `" + Character.toString(line.codePointAt(index)) + "`";
  }

  private static String help(String problem, String context) {
    if (problem.contains("mapping values are not allowed")) {
      return "indent keys of one block alike, and quote a text that contains `: `";
    } else if (problem.contains("cannot start any token")) {
      return "quote the text";
    } else if (problem.contains("unknown escape character")) {
      return "write `\\\\` for a backslash, `/` in a path, or put the text in single quotes";
    } else if (problem.contains("could not find expected ':'")) {
      return "write `key: value`";
    } else if (context.contains("flow")) {
      return "close every `[` and `{`, and put `,` between what is in them";
    }
    return "";
  }

  private static String context(String context) {
    if (context.contains("flow sequence")) {
      return "the list starts here";
    } else if (context.contains("flow mapping")) {
      return "the block starts here";
    } else if (context.contains("block mapping")) {
      return "the block starts here";
    } else if (context.contains("quoted scalar")) {
      return "the text starts here";
    }
    return "it began here";
  }

  private static Span at(SourceFile file, Mark mark) {
    Position start = YamlReader.position(mark);
    String line = file.line(start.line()).orElse("");
    boolean beyond = start.column() > line.codePointCount(0, line.length());
    Position end = beyond ? start : new Position(start.line(), start.column() + 1);
    return new Span(file, start, end);
  }
}

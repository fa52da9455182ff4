// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Fix;
import org.plumbline.dsl.model.diagnostic.Severity;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.diagnostic.SpanLabel;

/** Writes diagnostics in one of the formats; their order is kept. */
public final class Renderer {
  private static final int MOST_SHOWN = 20;

  private Renderer() {}

  /**
   * The diagnostics as a text that ends with a line break; empty if there are none, but for JSON.
   */
  public static String render(
      List<Diagnostic> diagnostics, DiagnosticFormat format, Colour colour) {
    return switch (format) {
      case HUMAN -> human(diagnostics, colour);
      case SHORT -> lines(diagnostics);
      case JSON -> json(diagnostics);
      case GITHUB -> github(diagnostics);
    };
  }

  /** One diagnostic for people, with its source text. */
  public static String human(Diagnostic diagnostic, Colour colour) {
    StringBuilder out = new StringBuilder();
    String word = diagnostic.severity().word() + "[" + diagnostic.code().name() + "]";
    String head =
        switch (diagnostic.severity()) {
          case ERROR -> colour.red(word);
          case WARNING -> colour.yellow(word);
          case NOTE -> colour.blue(word);
        };
    out.append(head).append(colour.bold(": " + Shown.of(diagnostic.message()))).append('\n');
    int gutter = Window.gutter(diagnostic);
    out.append(" ".repeat(gutter)).append(colour.blue("--> "));
    out.append(Shown.of(diagnostic.primary().toString())).append('\n');
    SourceFile file = diagnostic.primary().file();
    new Window(file, diagnostic, gutter, colour).write(out);
    others(diagnostic, gutter, colour, out);
    for (String note : diagnostic.notes()) {
      remark(out, gutter, colour.blue("note"), note, colour);
    }
    for (Fix fix : diagnostic.fixes()) {
      remark(out, gutter, colour.green("help"), fix.help(), colour);
    }
    return out.toString();
  }

  private static void remark(
      StringBuilder out, int gutter, String word, String text, Colour colour) {
    out.append(" ".repeat(gutter)).append(colour.blue(" = ")).append(word).append(": ");
    out.append(Shown.of(text)).append('\n');
  }

  /** Related places in other files. */
  private static void others(Diagnostic diagnostic, int gutter, Colour colour, StringBuilder out) {
    Set<SourceFile> files = new LinkedHashSet<>();
    diagnostic.related().forEach(label -> files.add(label.span().file()));
    files.remove(diagnostic.primary().file());
    for (SourceFile file : files) {
      Span first =
          diagnostic.related().stream()
              .map(SpanLabel::span)
              .filter(span -> span.file().equals(file))
              .findFirst()
              .orElseThrow();
      out.append(" ".repeat(gutter)).append(colour.blue("::: "));
      out.append(Shown.of(first.toString())).append('\n');
      new Window(file, diagnostic, gutter, colour).write(out);
    }
  }

  private static String human(List<Diagnostic> diagnostics, Colour colour) {
    if (diagnostics.isEmpty()) {
      return "";
    }
    List<Diagnostic> shown = shown(diagnostics);
    StringBuilder out = new StringBuilder();
    shown.forEach(diagnostic -> out.append(human(diagnostic, colour)).append('\n'));
    int more = diagnostics.size() - shown.size();
    if (more > 0) {
      out.append("and ").append(more).append(" more\n");
    }
    return out.append(summary(diagnostics)).append('\n').toString();
  }

  /** How many there are: {@code quickstart.plumb.yaml: 4 errors, 0 warnings}. */
  public static String summary(List<Diagnostic> diagnostics) {
    Set<String> files =
        diagnostics.stream()
            .map(diagnostic -> Shown.of(diagnostic.primary().file().name()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long warnings = diagnostics.stream().filter(d -> d.severity() == Severity.WARNING).count();
    return (files.size() == 1 ? files.iterator().next() + ": " : "")
        + Shown.count(errors, "error")
        + ", "
        + Shown.count(warnings, "warning");
  }

  /** The first of them; where there are too many, warnings give way to errors. */
  private static List<Diagnostic> shown(List<Diagnostic> diagnostics) {
    if (diagnostics.size() <= MOST_SHOWN) {
      return diagnostics;
    }
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long room = Math.max(0, MOST_SHOWN - errors);
    List<Diagnostic> shown = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      boolean fits = diagnostic.isError() || room-- > 0;
      if (fits && shown.size() < MOST_SHOWN) {
        shown.add(diagnostic);
      }
    }
    return shown;
  }

  private static String lines(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      Span span = diagnostic.primary();
      out.append(Shown.of(span.file().name()));
      out.append(':').append(span.start().line()).append(':').append(span.start().column());
      out.append(": ").append(diagnostic.severity().word());
      out.append('[').append(diagnostic.code().name()).append("]: ");
      out.append(Shown.of(diagnostic.message())).append('\n');
    }
    return out.toString();
  }

  private static String github(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      Span span = diagnostic.primary();
      String command =
          switch (diagnostic.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "notice";
          };
      out.append("::").append(command).append(" file=").append(property(span.file().name()));
      out.append(",line=").append(span.start().line());
      out.append(",col=").append(span.start().column());
      out.append(",title=").append(diagnostic.code().name()).append("::");
      String help = help(diagnostic);
      out.append(data(diagnostic.message() + (help.isEmpty() ? "" : "\nhelp: " + help)));
      out.append('\n');
    }
    return out.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String help(Diagnostic diagnostic) {
    return diagnostic.fixes().stream().map(Fix::help).collect(Collectors.joining("; "));
  }

  private static String json(List<Diagnostic> diagnostics) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      // Not the line break of the machine: the same text everywhere.
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
      json.writeStartObject();
      json.writeArrayFieldStart("diagnostics");
      for (Diagnostic diagnostic : diagnostics) {
        write(diagnostic, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append("\n").toString();
  }

  /** Writes one diagnostic as an object, for commands that put more into one document. */
  public static void write(Diagnostic diagnostic, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", diagnostic.code().name());
    json.writeStringField("name", diagnostic.code().slug());
    json.writeStringField("severity", diagnostic.severity().word());
    json.writeStringField("message", diagnostic.message());
    place(diagnostic.primary(), json);
    String help = help(diagnostic);
    if (help.isEmpty()) {
      json.writeNullField("help");
    } else {
      json.writeStringField("help", help);
    }
    json.writeArrayFieldStart("notes");
    for (String note : diagnostic.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("related");
    for (SpanLabel label : diagnostic.related()) {
      json.writeStartObject();
      json.writeStringField("message", label.text());
      place(label.span(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void place(Span span, JsonGenerator json) throws IOException {
    json.writeStringField("file", span.file().name());
    json.writeNumberField("line", span.start().line());
    json.writeNumberField("column", span.start().column());
    json.writeNumberField("endLine", span.end().line());
    json.writeNumberField("endColumn", span.end().column());
  }
}

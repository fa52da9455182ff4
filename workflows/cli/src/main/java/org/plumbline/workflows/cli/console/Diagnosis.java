// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/** Shows diagnostics in the form that was asked for. */
public final class Diagnosis {

  private Diagnosis() {}

  /** As the result of a command, on stdout. */
  public static void result(Console console, List<Diagnostic> diagnostics) {
    String text = Renderer.render(diagnostics, format(console), colour(console.colourOut()));
    if (format(console) == DiagnosticFormat.JSON) {
      console.json(text.stripTrailing());
    } else if (!text.isEmpty()) {
      boolean colours = format(console) == DiagnosticFormat.HUMAN && console.colourOut();
      console.result(shown(text, colours));
    }
  }

  /** Beside the result of a command, on stderr. */
  public static void complain(Console console, List<Diagnostic> diagnostics) {
    DiagnosticFormat format =
        format(console) == DiagnosticFormat.JSON ? DiagnosticFormat.HUMAN : format(console);
    String text = Renderer.render(diagnostics, format, colour(console.colourErr()));
    if (!text.isEmpty()) {
      console.complain(shown(text, format == DiagnosticFormat.HUMAN && console.colourErr()));
    }
  }

  /**
   * As a command tells them whose JSON is one object a line: there each is an event, elsewhere they
   * stand beside the result.
   */
  public static void tell(Console console, List<Diagnostic> diagnostics) {
    if (format(console) != DiagnosticFormat.JSON) {
      complain(console, diagnostics);
      return;
    }
    for (Diagnostic diagnostic : diagnostics) {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
        json.writeStartObject();
        json.writeStringField("event", "diagnostic");
        json.writeFieldName("diagnostic");
        Renderer.write(diagnostic, json);
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      console.json(line.toString());
    }
  }

  /** The form for people has colours, and has escaped itself what it quotes. */
  private static Painted shown(String text, boolean colours) {
    String all = text.stripTrailing();
    return colours ? Painted.escaped(all) : Painted.plain(all);
  }

  private static Colour colour(boolean on) {
    return on ? Colour.ON : Colour.OFF;
  }

  private static DiagnosticFormat format(Console console) {
    return switch (console.format()) {
      case HUMAN -> DiagnosticFormat.HUMAN;
      case SHORT -> DiagnosticFormat.SHORT;
      case JSON -> DiagnosticFormat.JSON;
      case GITHUB -> DiagnosticFormat.GITHUB;
    };
  }
}

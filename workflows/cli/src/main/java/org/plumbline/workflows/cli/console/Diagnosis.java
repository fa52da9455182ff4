// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

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

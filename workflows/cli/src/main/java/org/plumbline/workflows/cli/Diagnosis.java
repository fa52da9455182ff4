package org.plumbline.workflows.cli;

import java.util.List;
import org.plumbline.dsl.model.Diagnostic;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.Format;
import org.plumbline.dsl.spec.render.Renderer;
import org.plumbline.workflows.cli.console.Console;

/** Shows diagnostics in the form that was asked for. */
final class Diagnosis {

  private Diagnosis() {}

  /** As the result of a command, on stdout. */
  static void result(Console console, List<Diagnostic> diagnostics) {
    String text = Renderer.render(diagnostics, format(console), colour(console.colourOut()));
    if (format(console) == Format.JSON) {
      console.json(text.stripTrailing());
    } else if (!text.isEmpty()) {
      console.result(text.stripTrailing());
    }
  }

  /** Beside the result of a command, on stderr. */
  static void complain(Console console, List<Diagnostic> diagnostics) {
    Format format = format(console) == Format.JSON ? Format.HUMAN : format(console);
    String text = Renderer.render(diagnostics, format, colour(console.colourErr()));
    if (!text.isEmpty()) {
      console.complain(text.stripTrailing());
    }
  }

  private static Colour colour(boolean on) {
    return on ? Colour.ON : Colour.OFF;
  }

  private static Format format(Console console) {
    return switch (console.format()) {
      case HUMAN -> Format.HUMAN;
      case SHORT -> Format.SHORT;
      case JSON -> Format.JSON;
      case GITHUB -> Format.GITHUB;
    };
  }
}

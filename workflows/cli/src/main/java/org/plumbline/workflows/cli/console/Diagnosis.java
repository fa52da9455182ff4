package org.plumbline.workflows.cli.console;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.Format;
import org.plumbline.dsl.spec.render.Renderer;

/** Shows diagnostics in the form that was asked for. */
public final class Diagnosis {

  private Diagnosis() {}

  /** As the result of a command, on stdout. */
  public static void result(Console console, List<Diagnostic> diagnostics) {
    String text = Renderer.render(diagnostics, format(console), colour(console.colourOut()));
    if (format(console) == Format.JSON) {
      console.json(text.stripTrailing());
    } else if (!text.isEmpty()) {
      boolean colours = format(console) == Format.HUMAN && console.colourOut();
      console.result(shown(text, colours));
    }
  }

  /** Beside the result of a command, on stderr. */
  public static void complain(Console console, List<Diagnostic> diagnostics) {
    Format format = format(console) == Format.JSON ? Format.HUMAN : format(console);
    String text = Renderer.render(diagnostics, format, colour(console.colourErr()));
    if (!text.isEmpty()) {
      console.complain(shown(text, format == Format.HUMAN && console.colourErr()));
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

  private static Format format(Console console) {
    return switch (console.format()) {
      case HUMAN -> Format.HUMAN;
      case SHORT -> Format.SHORT;
      case JSON -> Format.JSON;
      case GITHUB -> Format.GITHUB;
    };
  }
}

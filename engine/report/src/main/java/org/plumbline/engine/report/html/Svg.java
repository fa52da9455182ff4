// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

/** A drawing in the making. All text is escaped; classes and coordinates are the program's own. */
final class Svg {

  private final StringBuilder out = new StringBuilder();

  /** Where a text stands with respect to its point. */
  enum Anchor {
    START(""),
    MIDDLE(" text-anchor=\"middle\""),
    END(" text-anchor=\"end\"");

    private final String attribute;

    Anchor(String attribute) {
      this.attribute = attribute;
    }
  }

  Svg path(String cls, String data) {
    out.append("<path class=\"").append(cls).append("\" d=\"").append(data).append("\"/>");
    return this;
  }

  Svg across(String cls, double from, double to, double y) {
    return path(cls, "M" + Path.at(from) + " " + Path.at(y) + "H" + Path.at(to));
  }

  Svg upright(String cls, double x, double from, double to) {
    return path(cls, "M" + Path.at(x) + " " + Path.at(from) + "V" + Path.at(to));
  }

  Svg dot(String cls, double x, double y, double radius) {
    out.append("<circle class=\"").append(cls).append("\" cx=\"").append(Path.at(x));
    out.append("\" cy=\"").append(Path.at(y)).append("\" r=\"").append(Path.at(radius));
    out.append("\"/>");
    return this;
  }

  /** A rectangle {@code x, y, width, height}. */
  Svg box(String cls, double... at) {
    out.append("<rect class=\"").append(cls).append("\" x=\"").append(Path.at(at[0]));
    out.append("\" y=\"").append(Path.at(at[1])).append("\" width=\"").append(Path.at(at[2]));
    out.append("\" height=\"").append(Path.at(at[3])).append("\"/>");
    return this;
  }

  Svg text(String cls, double x, double y, String text) {
    return text(cls, x, y, text, Anchor.START);
  }

  Svg text(String cls, double x, double y, String text, Anchor anchor) {
    out.append("<text class=\"").append(cls).append("\" x=\"").append(Path.at(x));
    out.append("\" y=\"").append(Path.at(y)).append('"').append(anchor.attribute).append('>');
    out.append(Html.text(text).markup()).append("</text>");
    return this;
  }

  /** A title, and after it what is less important. */
  Svg heading(double x, double y, String title, String aside) {
    return add(
        Html.of(
            "<text class=\"title\" x=\"{}\" y=\"{}\">{} <tspan class=\"faint\">{}</tspan></text>",
            Path.at(x),
            Path.at(y),
            title,
            aside));
  }

  /** The mark of a recipe, its middle at the point. */
  Svg mark(Look look, double x, double y, double size) {
    out.append("<use href=\"#").append(look.symbol()).append("\" class=\"").append(look.css());
    out.append("\" x=\"").append(Path.at(x - size / 2)).append("\" y=\"");
    out.append(Path.at(y - size / 2)).append("\" width=\"").append(Path.at(size));
    out.append("\" height=\"").append(Path.at(size)).append("\"/>");
    return this;
  }

  Svg group(String cls) {
    out.append("<g class=\"").append(cls).append("\">");
    return this;
  }

  /** A group of one recipe, with a text that shows when one points at it. */
  Svg group(Look look, String title) {
    group(look.css() + " hl");
    out.append("<title>").append(Html.text(title).markup()).append("</title>");
    return this;
  }

  Svg end() {
    out.append("</g>");
    return this;
  }

  Svg add(Html markup) {
    out.append(markup.markup());
    return this;
  }

  Html markup() {
    return new Html(out.toString());
  }

  /** Lines and numbers for the ticks of a vertical axis. */
  Svg yAxis(Scale y, double left, double right, boolean signed) {
    for (double tick : y.ticks()) {
      across("grid", left, right, y.at(tick));
      String number =
          signed ? TextFormat.signed(tick, y.decimals()) : TextFormat.number(tick, y.decimals());
      text("tick", left - 6, y.at(tick) + 3.6, number, Anchor.END);
    }
    return this;
  }

  /** Strokes and numbers for the ticks of a horizontal axis at {@code bottom}. */
  Svg xAxis(Scale x, double bottom) {
    double last = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      double at = x.at(tick);
      upright("stroke", at, bottom, bottom + 4);
      String number =
          TextFormat.number(tick, tick == 0 ? 0 : x.root() ? rootDigits(tick) : x.decimals());
      if (at - last > 6.5 * number.length() + 4) {
        text("tick", at, bottom + 16, number, Anchor.MIDDLE);
        last = at;
      }
    }
    return this;
  }

  private static int rootDigits(double tick) {
    if (tick == Math.rint(tick)) {
      return 0;
    }
    return tick >= 1 ? 1 : 2;
  }

  /** The finished picture: shrinks with the page, does not grow beyond its width. */
  Html picture(int width, int height, String cls, String label) {
    return picture(width, height, cls, label, Html.NONE);
  }

  Html picture(int width, int height, String cls, String label, Html attributes) {
    return Html.of(
        "<svg class=\"chart {}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\""
            + " style=\"max-width:{}px\"{}>{}</svg>",
        cls,
        width,
        height,
        label,
        width,
        attributes,
        markup());
  }

  /** A small picture beside numbers, which it only repeats: not read aloud. */
  Html ornament(int width, int height, String cls) {
    return Html.of(
        "<svg class=\"{}\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>",
        cls,
        width,
        height,
        markup());
  }
}

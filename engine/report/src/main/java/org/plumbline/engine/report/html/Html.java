// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.Collection;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Printable;

/**
 * A piece of markup. Whatever is put into it is escaped, unless it is markup already: there is no
 * other way from text to markup.
 */
record Html(String markup) {

  static final Html NONE = new Html("");
  private static final String SLOT = "{}";

  /**
   * Fill the slots {@code {}} of a template in order: with markup as it is, with collections of
   * markup one after another, with everything else as escaped text.
   */
  static Html of(String template, Object... parts) {
    StringBuilder out = new StringBuilder(template.length() + 16 * parts.length);
    int from = 0;
    for (Object part : parts) {
      int slot = template.indexOf(SLOT, from);
      if (slot < 0) {
        throw new IllegalStateException("more parts than slots: " + template);
      }
      out.append(template, from, slot);
      append(out, part);
      from = slot + SLOT.length();
    }
    if (template.indexOf(SLOT, from) >= 0) {
      throw new IllegalStateException("more slots than parts: " + template);
    }
    return new Html(out.append(template, from, template.length()).toString());
  }

  private static void append(StringBuilder out, Object part) {
    if (part instanceof Html html) {
      out.append(html.markup);
    } else if (part instanceof Collection<?> parts) {
      parts.forEach(p -> append(out, p));
    } else {
      escape(out, part.toString());
    }
  }

  /** Text, escaped for element content and quoted attributes. */
  static Html text(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    escape(out, text);
    return new Html(out.toString());
  }

  /** Pieces one after another, with {@code between} between them. */
  static Html join(String between, List<Html> pieces) {
    return new Html(String.join(between, pieces.stream().map(Html::markup).toList()));
  }

  /** This, then that. */
  Html plus(Html next) {
    return new Html(markup + next.markup);
  }

  boolean isEmpty() {
    return markup.isEmpty();
  }

  private static void escape(StringBuilder out, String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    out.append(text, 0, plain); // most text is, to its end
    if (plain < text.length()) {
      Printable.text(text.substring(plain)).codePoints().forEach(c -> escape(out, c));
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
  }

  /** What XML 1.0 forbids (section 2.2) is spelled out by now, with all else that acts. */
  private static void escape(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(c);
    }
  }
}

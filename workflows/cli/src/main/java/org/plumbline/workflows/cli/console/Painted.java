// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import org.plumbline.dsl.model.diagnostic.Printable;

/**
 * A text with the console's own colours in it, and with no other control sequences: whatever else
 * is put in is escaped, unless whoever made it has done that.
 */
public final class Painted {
  private final String text;

  private Painted(String text) {
    this.text = text;
  }

  /** A text in a style, or as it is without colour. */
  public static Painted of(Style style, String text, boolean colour) {
    return new Painted(style.of(Printable.text(text), colour));
  }

  /** A text without colours. */
  public static Painted plain(String text) {
    return new Painted(Printable.text(text));
  }

  /** A text whose control sequences are its maker's own: foreign text in it is escaped already. */
  public static Painted escaped(String text) {
    return new Painted(text);
  }

  /** This, then a text without colours. */
  public Painted plus(String more) {
    return new Painted(text + Printable.text(more));
  }

  /** This, then that. */
  public Painted plus(Painted more) {
    return new Painted(text + more.text);
  }

  String text() {
    return text;
  }
}

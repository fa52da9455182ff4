// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

/** Colours, which only repeat what a word or a sign already says. */
public enum Style {
  /** As it is. */
  PLAIN(""),
  /** Stands back. */
  FAINT("2"),
  /** Stands out. */
  BOLD("1"),
  /** Went well. */
  GOOD("32"),
  /** Needs a look. */
  WARNING("33"),
  /** Went wrong. */
  BAD("31"),
  /** Is going on. */
  BUSY("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style, or as it is without colour. */
  public String of(String text, boolean colour) {
    return !colour || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

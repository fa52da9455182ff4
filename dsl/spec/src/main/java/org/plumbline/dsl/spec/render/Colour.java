// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.render;

/** Whether a text is coloured. Colour only repeats what a word says already. */
public enum Colour {
  /** With ANSI escape sequences, for a terminal. */
  ON,
  /** Plain text. */
  OFF;

  private static final String RESET = "\u001b[0m";

  String red(String text) {
    return paint("\u001b[1;31m", text);
  }

  String yellow(String text) {
    return paint("\u001b[1;33m", text);
  }

  String blue(String text) {
    return paint("\u001b[1;34m", text);
  }

  String green(String text) {
    return paint("\u001b[1;32m", text);
  }

  String bold(String text) {
    return paint("\u001b[1m", text);
  }

  private String paint(String code, String text) {
    return this == ON && !text.isEmpty() ? code + text + RESET : text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

/** Which characters a terminal can show. */
public enum Signs {
  UNICODE,
  ASCII;

  /** The text with the characters that the terminal can show, no-break spaces made plain. */
  String of(String text) {
    String plain = text.replace('\u00a0', ' ');
    if (this == UNICODE) {
      return plain;
    }
    return plain
        .replace("−", "-")
        .replace("–", "-")
        .replace("×", "x")
        .replace("≤", "<=")
        .replace("“", "\"")
        .replace("”", "\"")
        .replace("’", "'")
        .replace("…", "...")
        .replace("½", "1/2");
  }
}

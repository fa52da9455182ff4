// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

/**
 * A piece of a template.
 *
 * @param text the data, name, operator or string; numbers as they stand
 * @param line where it begins
 */
record Token(Kind kind, String text, int line) {

  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }

  String described() {
    return switch (kind) {
      case DATA -> "text";
      case VARIABLE_BEGIN -> "`{{`";
      case VARIABLE_END -> "`}}`";
      case BLOCK_BEGIN -> "`{%`";
      case BLOCK_END -> "`%}`";
      case STRING -> "'" + text + "'";
      case NAME, INTEGER, FLOAT, OPERATOR -> "`" + text + "`";
      case END -> "the end of the template";
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

/**
 * What stands in a script and does not mean what it seems to: a statement that declares nothing, a
 * key without a value, a number of another base.
 *
 * @param kind what the author has written instead of setting a key
 * @param name the word that is or looks like a key; empty if there is none
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 * @param endLine from 1
 * @param endColumn the place after its last character
 */
public record IdleStatement(
    Kind kind, String name, int line, int column, int endLine, int endColumn) {

  /** What such statements are. */
  public enum Kind {
    /** {@code beta: 0.5}; the place is anywhere in its line. */
    LABEL,
    /** {@code beta == 0.5}; the place is that of the operator. */
    COMPARISON,
    /** {@code def beta = 0.5} that nothing reads; the place ends with the name. */
    VARIABLE,
    /** {@code beta = 0.5} where a variable has the name; the place is that of the name. */
    HIDING,
    /** {@code beta =} before another key; the place is that of the name. */
    NO_VALUE,
    /** {@code Beta = 0.5}, which Groovy takes for {@code beta}. */
    CAPITAL,
    /** {@code beta += 0.5}; the place is that of the operator. */
    COMPOUND,
    /** Braces with nothing in them: {@code if (wide) { }}. */
    EMPTY,
    /** {@code if (false) { … }}, {@code repeat(0) { … }}, {@code [].each { … }}. */
    NEVER,
    /** {@code if (true) { … }}; the place is that of the condition. */
    ALWAYS,
    /** {@code return} among the statements of a block. */
    RETURN,
    /** {@code from = listOf("sft")}; the place is that of the name. */
    LIST,
    /** A number, which is told if it is written as octal numbers are. */
    NUMBER,
    /** {@code beta}, {@code 0.5}, and every other value of which nothing is made. */
    VALUE
  }
}

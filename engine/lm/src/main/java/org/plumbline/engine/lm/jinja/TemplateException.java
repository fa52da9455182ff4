// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

/** A template cannot be read, or fails on what it was given. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String problem;

  TemplateException(int line, String problem) {
    super(line > 0 ? "line " + line + ": " + problem : problem);
    this.line = line;
    this.problem = problem;
  }

  /** A failure whose line is not known yet. */
  TemplateException(String problem) {
    this(0, problem);
  }

  /** Returns this with a line, unless it has one. */
  TemplateException at(int where) {
    return line > 0 ? this : new TemplateException(where, problem);
  }

  /** Returns the line of the template, counted from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** Returns what is wrong, without the line. */
  public String problem() {
    return problem;
  }
}

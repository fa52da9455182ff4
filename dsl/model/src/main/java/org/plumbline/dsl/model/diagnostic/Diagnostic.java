// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import java.util.ArrayList;
import java.util.List;

/**
 * One problem in a spec or a file, at a place, said once.
 *
 * <p>Texts are lower case without a full stop, with names in back-ticks: the message says what is
 * wrong and stands alone, a fix says what to do, a note gives context. Values that they quote are
 * cut if nobody could take them in.
 *
 * @param label what is at the primary span, if the message does not say it; else empty
 */
public record Diagnostic(
    Code code,
    Severity severity,
    String message,
    Span primary,
    String label,
    List<SpanLabel> related,
    List<String> notes,
    List<Fix> fixes) {

  public Diagnostic {
    message = Brief.of(message);
    label = Brief.of(label);
    related = List.copyOf(related);
    notes = notes.stream().map(Brief::of).toList();
    fixes = List.copyOf(fixes);
  }

  /** A diagnostic with nothing but its message. */
  public static Diagnostic of(Code code, Span primary, String message) {
    return new Diagnostic(
        code, code.severity(), message, primary, "", List.of(), List.of(), List.of());
  }

  /** The same with words under the primary span. */
  public Diagnostic label(String text) {
    return new Diagnostic(code, severity, message, primary, text, related, notes, fixes);
  }

  /** The same with another place. */
  public Diagnostic related(Span span, String text) {
    List<SpanLabel> more = plus(related, new SpanLabel(span, text));
    return new Diagnostic(code, severity, message, primary, label, more, notes, fixes);
  }

  /** The same with a note. */
  public Diagnostic note(String text) {
    return new Diagnostic(
        code, severity, message, primary, label, related, plus(notes, text), fixes);
  }

  /** The same with advice. */
  public Diagnostic help(String text) {
    List<Fix> more = plus(fixes, new Fix(text, null));
    return new Diagnostic(code, severity, message, primary, label, related, notes, more);
  }

  /** The same with advice that is carried out by replacing the primary span. */
  public Diagnostic replace(String help, String replacement) {
    List<Fix> more = plus(fixes, new Fix(help, replacement));
    return new Diagnostic(code, severity, message, primary, label, related, notes, more);
  }

  /** The same, as bad as this. */
  public Diagnostic as(Severity other) {
    return new Diagnostic(code, other, message, primary, label, related, notes, fixes);
  }

  /** Whether this keeps the experiment from running. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  private static <T> List<T> plus(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }
}

package org.plumbline.dsl.model.diagnostic;
/**
 * Another place that a diagnostic is about.
 *
 * @param span the place
 * @param text what is there: {@code first given here}
 */
public record Label(Span span, String text) {

  public Label {
    text = Brief.of(text);
  }
}

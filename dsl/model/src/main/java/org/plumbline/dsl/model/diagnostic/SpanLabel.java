// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

/**
 * Another place that a diagnostic is about.
 *
 * @param span the place
 * @param text what is there: {@code first given here}
 */
public record SpanLabel(Span span, String text) {

  public SpanLabel {
    text = Brief.of(text);
  }
}
